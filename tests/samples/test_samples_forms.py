"""Forms of samples: consistent with their report and in themselves, the same bytes each time, in several looks."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from samples import departments as places
from samples import write_samples
from samples.compose import GridCell, GridElement
from samples.content.report import make_report
from samples.draws import stream
from samples.forms import FORM_MEDIA, write_forms
from samples.forms.content import make_forms
from samples.forms.look import draw_look
from samples.forms.model import Form
from samples.model import Report

pytestmark = pytest.mark.unit

SEEDS = range(12)


def report_of(seed: int) -> Report:
    return make_report(places.department(seed, seed), 2022, seed)


@pytest.fixture(scope="module")
def forms() -> list[tuple[Report, list[Form]]]:
    return [(report, make_forms(report, stream(seed, "test"))) for seed in SEEDS for report in [report_of(seed)]]


def test_the_sources_sum_to_the_total(forms: list[tuple[Report, list[Form]]]) -> None:
    for _, made in forms:
        for form in made:
            total, *sources = form.funds
            for column in ("initial", "adjusted", "executed") if sources else ():
                assert getattr(total, column) == sum(getattr(fund, column) for fund in sources)


def test_points_sum_to_a_hundred_and_none_is_above_its_weight(forms: list[tuple[Report, list[Form]]]) -> None:
    for _, made in forms:
        for form in made:
            assert form.execution_weight + sum(one.weight for one in form.indicators) == 100
            assert all(0 <= one.score <= one.weight for one in form.indicators)
            assert all(one.reason for one in form.indicators if one.score < one.weight)


def test_amounts_and_score_are_those_of_the_report(forms: list[tuple[Report, list[Form]]]) -> None:
    seen = 0
    for report, made in forms:
        amounts = {(row.name, row.budget, row.spent) for row in report.amount_rows}
        for form in made:
            total = form.funds[0]
            if form.project is not None:
                assert (form.project, total.adjusted, total.executed) in amounts
            else:
                assert (total.adjusted, total.executed) == (report.finance.reference, report.finance.executed)
                assert report.finance.score in (None, form.total)
                seen += report.finance.score is not None
    assert seen > 3


@pytest.mark.parametrize("medium", FORM_MEDIA)
def test_the_same_seed_gives_the_same_bytes(medium: str) -> None:
    once = write_forms(report_of(3), 3, [medium])
    assert once == write_forms(report_of(3), 3, [medium])
    assert once.file_name.endswith(f"自评表.{FORM_MEDIA[medium].ending}")


def test_a_part_of_a_grid_repeats_its_heading_and_leaves_blank_what_the_page_before_says() -> None:
    rows = [
        {0: GridCell("指标", down=4), 1: GridCell("一级"), 2: GridCell("二级")},
        {1: GridCell("产出", down=2), 2: GridCell("数量")},
        {2: GridCell("质量")},
        {1: GridCell("效益"), 2: GridCell("社会")},
    ]
    part = GridElement(rows, 3, (0, 1), repeats_heading=True).part(2, 4)
    assert part.rows == [
        {0: GridCell("", down=1), 1: GridCell("一级"), 2: GridCell("二级")},
        {0: GridCell("", down=2), 1: GridCell(""), 2: GridCell("质量")},
        {1: GridCell("效益"), 2: GridCell("社会")},
    ]


def test_looks_differ() -> None:
    looks = [draw_look(stream(seed, "look")) for seed in range(60)]
    assert {look.levels for look in looks} == {"merged", "first", "each"}
    assert {look.unit for look in looks} == {"万元", "元"}
    assert {look.is_stacked for look in looks} == {look.has_sign_column for look in looks} == {True, False}
    assert {look.title_at for look in looks} == {"above", "table"}
    assert {look.fields_at for look in looks} == {"table", "lines"}


def test_truth_speaks_of_all_forms() -> None:
    workbook = write_forms(report_of(1), 1)
    facts = workbook.truth["facts"]
    assert len(facts["fact_form"]) == len({row["position"] for row in facts["fact_form"]})
    assert len(facts["fact_project_spending"]) == sum(row["kind"] == "project_form" for row in facts["fact_form"])
    assert all(Decimal(row["score"]) <= Decimal(row["weight"]) for row in facts["fact_indicator"])
    assert "xl/workbook.xml" in ZipFile(BytesIO(workbook.content)).namelist()


def test_forms_are_written_beside_their_reports_when_asked_for(tmp_path) -> None:
    written = write_samples(tmp_path, departments=2, years=(2022,), media=("txt", "xlsx"))
    assert sorted(name.rpartition(".")[2] == "xlsx" for name in written.files) == [False, False, True, True]
    alone = write_samples(tmp_path / "alone", departments=2, years=(2022,), media=("xlsx",))
    assert [name for name in alone.files] == [name for name in written.files if name.endswith(".xlsx")]
    assert all((written.truth / f"{name}.truth.json").exists() for name in written.files)
