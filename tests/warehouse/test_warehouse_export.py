"""Exports: what a spreadsheet or another program reads back is what the release holds, and nothing in it runs."""

import csv
from datetime import UTC, datetime
from decimal import Decimal

import polars as pl
import pytest
from board_samples import FIRST, HOSTILE
from python_calamine import CalamineWorkbook

from warehouse.connection import open_reader
from warehouse.errors import UsageError
from warehouse.publication.export import Column, Exportable, Source, chosen, export, exportables
from warehouse.publication.spreadsheet import write_frame
from warehouse.registry import TABLES
from warehouse.views import views

pytestmark = pytest.mark.pipeline

RUNNING = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "=cmd|' /C calc'!A0"]


@pytest.fixture(scope="module")
def source(release):
    with open_reader(release.database) as connection:
        yield Source(connection, release.release_id, datetime(2026, 11, 22, 4, tzinfo=UTC), is_synthetic=True)


@pytest.fixture(scope="module")
def known(source):
    return exportables(source.connection)


def written(source, known, names, form, folder):
    return {each.path.name: each.rows for each in export(source, chosen(known, names), form, folder)}


def read_csv(path):
    text = path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(text.splitlines(keepends=True)))


def test_everything_of_core_and_mart_is_exported_by_default(source, known, tmp_path):
    files = written(source, known, [], "parquet", tmp_path)
    expected = {table.qualified_name for table in TABLES if table.schema == "core"} | {
        v.qualified_name for v in views()
    }
    assert set(files) == {f"{name}.parquet" for name in expected} | {"说明.csv"}
    for name in expected:
        assert pl.read_parquet(tmp_path / f"{name}.parquet").height == files[f"{name}.parquet"]
    amounts = pl.read_parquet(tmp_path / "core.fact_project_spending.parquet")["budget_yuan"]
    assert amounts.dtype == pl.Decimal(18, 2)


def test_csv_has_chinese_headings_exact_amounts_and_whole_keys(source, known, tmp_path):
    written(source, known, ["project_execution"], "csv", tmp_path)
    head, *rows = read_csv(tmp_path / "mart.project_execution.csv")
    assert "预算金额（元）" in head
    assert len(set(head)) == len(head)
    by_key = {row[head.index("报送版本键")]: row for row in rows}
    row = by_key[f"'{FIRST.key}"]
    assert row[head.index("预算金额（元）")] == "12345678.91"
    assert row[head.index("项目名称（原文）")] == HOSTILE


def test_views_under_chinese_names_export_like_the_others(source, known, tmp_path):
    written(source, known, ["报表.项目预算执行情况"], "csv", tmp_path)
    head, *rows = read_csv(tmp_path / "报表.项目预算执行情况.csv")
    assert f"'{FIRST.key}" in [row[head.index("报送版本键")] for row in rows]


def test_notes_say_what_the_files_hold(source, known, tmp_path):
    written(source, known, ["coverage"], "csv", tmp_path)
    lines = [",".join(row) for row in read_csv(tmp_path / "说明.csv")]
    assert lines[0].startswith("演示数据")
    assert source.release_id in lines[1]
    assert any("每个单位每个年度" in line for line in lines)
    assert any("coverage_rate" in line and "项目覆盖率" in line for line in lines)


def test_further_exports_into_a_folder_have_notes_of_their_own(source, known, tmp_path):
    first = written(source, known, ["coverage"], "csv", tmp_path)
    kept = {name: (tmp_path / name).read_bytes() for name in first}
    assert set(written(source, known, ["core.fact_headcount"], "csv", tmp_path)) == {
        "core.fact_headcount.csv",
        "说明 core.fact_headcount.csv",
    }
    several = written(source, known, ["project_execution", "department_execution"], "csv", tmp_path)
    assert "说明 mart.project_execution 等2项.csv" in several
    lines = [",".join(row) for row in read_csv(tmp_path / "说明 core.fact_headcount.csv")]
    assert source.release_id in lines[1]
    assert any("core.fact_headcount" in line for line in lines)
    assert not any("mart.coverage" in line for line in lines)
    assert {name: (tmp_path / name).read_bytes() for name in first} == kept
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError):
        written(source, known, ["core.fact_headcount", "core.fact_goal"], "csv", tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_nothing_that_a_spreadsheet_would_run_stands_in_a_csv(source, tmp_path):
    source.connection.execute("CREATE TEMP TABLE texts AS SELECT unnest($texts) AS text", {"texts": RUNNING})
    each = Exportable("temp.texts", "文字", "", (Column("text", "文字", (None,) * 6),))
    assert len(list(export(source, [each], "csv", tmp_path))) == 2
    cells = pl.read_csv(tmp_path / "temp.texts.csv")["文字"].to_list()
    assert sorted(cells) == sorted(f"'{text}" for text in RUNNING)


def test_a_workbook_has_numbers_that_can_be_summed_and_whole_keys(source, known, tmp_path):
    written(source, known, ["core.fact_project_spending"], "xlsx", tmp_path)
    book = CalamineWorkbook.from_path(tmp_path / "core.fact_project_spending.xlsx")
    assert book.sheet_names == ["项目预算与支出", "说明"]
    head, *rows = book.get_sheet_by_name("项目预算与支出").to_python()
    amounts = [row[head.index("预算金额（元）")] for row in rows]
    assert sum(Decimal(str(amount)) for amount in amounts) == Decimal("19999999.96")
    assert str(FIRST.key) in [row[head.index("报送版本键")] for row in rows]
    assert HOSTILE in [row[head.index("项目名称（原文）")] for row in rows]
    notes = [cell for row in book.get_sheet_by_name("说明").to_python() for cell in row]
    assert any(str(cell).startswith("演示数据") for cell in notes)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_the_same_release_gives_the_same_bytes(source, known, tmp_path, form):
    for name in ("one", "two"):
        written(source, known, ["submission_board"], form, tmp_path / name)
    name = f"mart.submission_board.{form}"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_nothing_is_overwritten(source, known, tmp_path):
    (tmp_path / "mart.coverage.csv").write_text("mine")
    with pytest.raises(UsageError, match="不覆盖"):
        written(source, known, ["large_projects", "coverage"], "csv", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mart.coverage.csv"]
    assert (tmp_path / "mart.coverage.csv").read_text() == "mine"


def test_an_unknown_name_is_refused_with_those_that_are_near(known):
    with pytest.raises(UsageError, match="coverage"):
        chosen(known, ["covrage"])


def test_more_rows_than_a_sheet_holds_go_on_further_sheets(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.publication.spreadsheet.LARGEST_SHEET", 2)
    frame = pl.DataFrame({"数": [1, 2, 3], "文": ["短", "长" * 40_000, None]})
    write_frame(tmp_path / "book.xlsx", "表", frame, [["说"]], datetime(2026, 1, 1, tzinfo=UTC))
    book = CalamineWorkbook.from_path(tmp_path / "book.xlsx")
    assert book.sheet_names == ["表 1", "表 2", "说明"]
    assert [len(book.get_sheet_by_name(name).to_python()) for name in ("表 1", "表 2")] == [3, 2]
    assert "32,767" in str(book.get_sheet_by_name("说明").to_python())
