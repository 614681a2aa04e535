"""Building on top of the last release: what comes, what goes, what stays, and what the audit refuses."""

import shutil
from decimal import Decimal

import duckdb
import polars as pl
import pytest
from release_samples import (
    NOON,
    Report,
    build,
    build_staged,
    dump,
    frame,
    later,
    night,
    rows_of,
    stage,
)
from warehouse_rows import valid_row

from warehouse.connection import open_memory, open_reader
from warehouse.errors import ReleaseFault, SystemFault
from warehouse.home import Home
from warehouse.keys import surrogate_key
from warehouse.load.content import content_of, contents_of, row_text
from warehouse.load.staging import Staging
from warehouse.registry import TABLES, table
from warehouse.release import build as build_module
from warehouse.release.foundation import CopyAhead
from warehouse.release.manifest import linked_entries
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

FIRST = Report()
OTHER = Report("D2", amount="20.50")
SECOND = Report(version=2, amount="300.00", supersedes=FIRST.key)
THIRD = Report("D2", 2022, amount="7.00", project="绿化")


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture(scope="module")
def first_night(tmp_path_factory) -> Home:
    home = Home(tmp_path_factory.mktemp("first") / "home").create()
    night(home, FIRST, OTHER)
    return home


@pytest.fixture
def started(first_night, tmp_path) -> Home:
    """A home in which FIRST and OTHER were published; each test has a copy."""
    shutil.copytree(first_night.path, tmp_path / "started", symlinks=True)
    return Home(tmp_path / "started")


def query(release, text: str) -> list[tuple]:
    with open_reader(release.database) as connection:
        return connection.sql(text).pl().rows()


def test_accepted_submissions_are_published_and_others_are_not(home) -> None:
    refused = Report("D2", 2022, amount="7.00", status="quarantined", project="不公布")
    release = night(home, FIRST, OTHER, refused)
    assert query(release, "SELECT sum(budget_yuan) FROM core.fact_project_spending") == [(Decimal("120.51"),)]
    assert query(release, "SELECT count(*) FROM quality.submission_version") == [(3,)]
    assert query(release, "SELECT count(*) FROM quality.finding") == [(3,)]
    assert query(release, "SELECT canonical_name FROM core.dim_project WHERE canonical_name = '不公布'") == []
    assert query(release, "SELECT count(*) FROM core.dim_document") == [(2,)]


def test_a_better_version_replaces_the_one_in_force_and_leaves_the_others_alone(started) -> None:
    release = night(started, SECOND, superseded=(FIRST,), at=later(1))
    rows = query(release, "SELECT department_id, version, status FROM core.dim_submission ORDER BY 1")
    assert rows == [("D1", 2, "accepted"), ("D2", 1, "accepted")]
    assert query(release, "SELECT sum(budget_yuan) FROM core.fact_project_spending") == [(Decimal("320.50"),)]
    assert query(release, "SELECT raw_text FROM core.provenance ORDER BY 1") == [("20.50",), ("300.00",)]
    assert query(release, "SELECT count(*) FROM quality.evaluation") == [(3,)], "judgements of old versions stay"
    changes = query(
        release,
        "SELECT department_id, rows_added, rows_removed FROM meta.release_change"
        " WHERE table_name = 'core.fact_project_spending' ORDER BY release_id, department_id",
    )
    assert changes == [("D1", 1, 0), ("D2", 1, 0), ("D1", 1, 1)]


def test_a_quarantined_newer_version_leaves_core_as_it_was(started) -> None:
    before = Releases(started).newest()
    after = night(started, Report(version=2, amount="9.99", status="quarantined", project="新名"), at=later(1))
    core = {name: rows for name, rows in dump(before).items() if name.startswith("core.")}
    assert {name: rows for name, rows in dump(after).items() if name.startswith("core.")} == core


def test_one_night_or_many_give_the_same_tables_and_checksums(started, tmp_path) -> None:
    later_year = Report("D2", 2022, amount="0.01", project="道路养护")
    night(started, later_year, at=later(1))
    many = night(started, SECOND, superseded=(FIRST,), at=later(2))
    overtaken = Report(status="superseded")
    other_home = Home(tmp_path / "other").create()
    once = night(other_home, overtaken, OTHER, later_year, SECOND, at=later(3))
    assert dump(many) == dump(once)
    assert many.manifest["tables"]["core.provenance"] == once.manifest["tables"]["core.provenance"]
    sums = {name: each["checksum"] for name, each in many.manifest["tables"].items()}
    assert sums == {name: each["checksum"] for name, each in once.manifest["tables"].items()}


def test_published_checksums_are_those_of_the_rows(started) -> None:
    release = night(started, SECOND, superseded=(FIRST,), at=later(1))
    with open_reader(release.database) as connection:
        for each in TABLES:
            stated = release.manifest["tables"][each.qualified_name]
            if stated["checksum"] is not None:
                found = content_of(connection, each)
                assert (found.row_count, found.text) == (stated["row_count"], stated["checksum"])
        listed = connection.sql(
            "SELECT table_name, row_count, checksum FROM meta.release_table WHERE release_id = ?",
            params=[release.release_id],
        ).pl()
    assert {row[0]: row[1:] for row in listed.rows()} == {
        name: (each["row_count"], each["checksum"])
        for name, each in release.manifest["tables"].items()
        if each["checksum"] is not None
    }


def test_no_query_however_long_draws_a_bar_between_what_is_printed() -> None:
    with open_memory() as connection:
        assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_volatile_columns_do_not_count_and_all_others_do() -> None:
    with open_memory() as connection:
        for each in TABLES:
            plain = pl.DataFrame([valid_row(each)], schema=each.polars_schema)
            altered = [plain.with_columns(_another(column, plain.row(0, named=True))) for column in each.columns]
            connection.register("versions", pl.concat([plain, *altered]).with_row_index("n"))
            sources = [(each, f"(FROM versions WHERE n = {n})") for n in range(len(altered) + 1)]
            first, *others = contents_of(connection, sources)
            same = {column.name for column, other in zip(each.columns, others, strict=True) if other == first}
            assert same == set(each.volatile), each.qualified_name


def _another(column, row) -> pl.Series:
    text = {pl.String(): ["other"], pl.Boolean(): [not row[column.name]]}
    text |= {pl.List(pl.String()): [["a", "b"]], pl.List(pl.Int32()): [[1, 2]]}
    dtype = column.kind.dtype
    if dtype in text:
        return pl.Series(column.name, text[dtype], dtype=dtype)
    if row[column.name] is None:
        return pl.Series(column.name, [1]).cast(pl.Int64).cast(dtype)
    return pl.Series(column.name, [None], dtype=dtype)


def test_the_checksum_does_not_confuse_neighbouring_texts() -> None:
    each = table("core.bridge_project_alias")
    texts = (("ab", "c"), ("a", "bc"), ("ab", None), ("a", "b"), ("abc", ""))
    rows = [valid_row(each, alias=alias, basis=basis) for alias, basis in texts]
    with open_memory() as connection:
        connection.register("versions", pl.DataFrame(rows, schema=each.polars_schema).with_row_index("n"))
        found = contents_of(connection, [(each, f"(FROM versions WHERE n = {n})") for n in range(len(rows))])
    assert len(set(found)) == len(rows)


def test_the_text_of_a_row_is_what_published_checksums_were_reckoned_from() -> None:
    each = table("core.bridge_project_alias")
    row = valid_row(each, alias="甲：乙", basis=None)
    with open_memory() as connection:
        connection.register("versions", pl.DataFrame([row], schema=each.polars_schema))
        found = connection.execute(f"SELECT {row_text(each)} FROM versions").fetchone()
    values = [row[name] for name in each.column_names if name not in each.volatile]
    assert found == ("".join("-" if value is None else f"{len(str(value).encode())}:{value}" for value in values),)


def test_project_years_and_aliases_follow_the_published_facts(started) -> None:
    release = night(started, Report(fiscal_year=2022), at=later(1))
    assert query(release, "SELECT first_year, last_year FROM core.dim_project WHERE department_id = 'D1'") == [
        (2021, 2022)
    ]
    renamed = Report(version=2, project="桥梁养护", supersedes=FIRST.key)
    release = night(started, renamed, superseded=(FIRST,), at=later(2))
    found = query(
        release,
        "SELECT canonical_name, first_year, last_year FROM core.dim_project WHERE department_id = 'D1' ORDER BY 2, 1",
    )
    assert found == [("桥梁养护", 2021, 2021), ("道路养护", 2022, 2022)]


def test_dimension_rows_that_no_fact_names_any_more_go(started) -> None:
    release = night(started, Report(version=2, project="桥梁养护"), superseded=(FIRST,), at=later(1))
    assert query(release, "SELECT canonical_name FROM core.dim_project ORDER BY 1") == [("桥梁养护",), ("道路养护",)]
    assert query(release, "SELECT alias FROM core.bridge_project_alias ORDER BY 1") == [("桥梁养护",), ("道路养护",)]


def test_a_refused_submission_does_not_change_a_published_description(started) -> None:
    release = night(started, Report(fiscal_year=2022, status="quarantined"), at=later(1))
    assert query(release, "SELECT DISTINCT also_named FROM core.dim_internal_office") == [(["2021办", "文明办"],)]


def test_a_submission_judged_again_keeps_one_judgement(home) -> None:
    refused = Report(status="quarantined")
    night(home, refused)
    release = night(home, Report(), at=later(1))
    assert query(release, "SELECT status FROM quality.submission_version") == [("accepted",)]
    assert query(release, "SELECT count(*) FROM quality.finding") == [(1,)]
    assert query(release, "SELECT count(*) FROM core.fact_project_spending") == [(1,)]


def test_a_finding_that_is_found_again_was_first_seen_when_it_first_was(home) -> None:
    refused = Report(status="quarantined")

    def judged(*findings):
        at = findings[0][1]
        staging = stage(home, refused)
        (staging.folder / "quality.finding" / "000000.parquet").unlink()
        rows = [
            row | {"finding_key": key, "first_seen_at": at, "last_seen_at": at}
            for key, at in findings
            for row in rows_of(home, (refused,), ())["quality.finding"]
        ]
        staging.append("quality.finding", frame("quality.finding", rows))
        release = Releases(home).publish(build_staged(home, staging, [refused], at=at).release_id)
        return query(release, "SELECT finding_key, first_seen_at, last_seen_at FROM quality.finding ORDER BY 1")

    assert judged((1, NOON), (2, NOON)) == [(1, NOON, NOON), (2, NOON, NOON)]
    assert judged((1, later(1)), (3, later(1))) == [(1, NOON, later(1)), (3, later(1), later(1))]


def test_a_changed_department_reaches_tables_with_physical_children(started) -> None:
    staging = stage(started, Report("D2", 2022))
    rows = [row | {"name": row["name"] + "（新）"} for row in rows_of(started, (), ())["core.dim_department"]]
    staging.append("core.dim_department", frame("core.dim_department", rows))
    built = build_staged(started, staging, [Report("D2", 2022)], at=later(1))
    release = Releases(started).publish(built.release_id)
    assert query(release, "SELECT count(*) FROM core.dim_department WHERE name LIKE '%（新）'") == [(2,)]


def test_a_rejudged_submission_whose_counts_change_keeps_its_documents(started) -> None:
    staging = stage(started, FIRST)
    row = rows_of(started, (FIRST,), ())["core.dim_submission"][0] | {"warning_count": 5}
    (staging.folder / "core.dim_submission" / "000000.parquet").unlink()
    staging.append("core.dim_submission", frame("core.dim_submission", [row]))
    release = Releases(started).publish(build_staged(started, staging, [FIRST], at=later(1)).release_id)
    assert query(release, "SELECT warning_count FROM core.dim_submission ORDER BY 1") == [(1,), (5,)]
    assert query(release, "SELECT count(*) FROM core.dim_document") == [(2,)]


def test_unchanged_parquet_is_the_same_file(started) -> None:
    first = Releases(started).newest()
    second = night(started, THIRD, at=later(1))
    assert _inode(first, "core.dim_department") == _inode(second, "core.dim_department")
    assert _inode(first, "core.fact_goal") == _inode(second, "core.fact_goal")
    assert _inode(first, "core.provenance") != _inode(second, "core.provenance")


def test_a_damaged_parquet_file_is_not_handed_on(started) -> None:
    first = Releases(started).newest()
    path = first.path / "parquet" / "core.dim_department.parquet"
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    second = night(started, THIRD, at=later(1))
    assert pl.read_parquet(second.path / "parquet" / "core.dim_department.parquet").height == 2
    assert Releases(started).verify(second.release_id, full=True) == []


def _inode(release, name: str) -> int:
    return (release.path / "parquet" / f"{name}.parquet").stat().st_ino


def test_parquet_and_database_hold_the_same_rows(first_night) -> None:
    release = Releases(first_night).newest()
    with open_reader(release.database) as connection:
        for each in TABLES:
            path = release.path / "parquet" / f"{each.qualified_name}.parquet"
            different = f"(FROM {each.qualified_name} EXCEPT ALL FROM '{path}')"
            assert connection.sql(f"SELECT count(*) FROM {different}").pl().item() == 0
            assert pl.read_parquet(path).height == release.manifest["tables"][each.qualified_name]["row_count"]


@pytest.mark.parametrize(("name", "large"), [("_export", 1 << 30), ("write_board", 1 << 30), ("write_board", 0)])
def test_what_does_not_fit_into_memory_at_once_is_done_one_by_one(started, monkeypatch, tmp_path, name, large) -> None:
    other = Home(tmp_path / "other").create()
    shutil.copytree(started.path, other.path, symlinks=True, dirs_exist_ok=True)
    at_once = night(other, THIRD, at=later(1), with_board=True)
    whole, calls = getattr(build_module, name), []

    def first_out_of_memory(*given, **named) -> None:
        calls.append(name)
        whole(*given, **named)
        if len(calls) == 1:
            raise duckdb.OutOfMemoryException("failed to pin block")

    monkeypatch.setattr(build_module, name, first_out_of_memory)
    monkeypatch.setattr(build_module, "_LARGE", large)
    one_by_one = night(started, THIRD, at=later(1), with_board=True)
    assert len(calls) == 2
    assert one_by_one.manifest["files"].keys() == at_once.manifest["files"].keys()
    for file in ("board/index.html", "parquet/core.provenance.parquet"):
        assert one_by_one.manifest["files"][file] == at_once.manifest["files"][file]


def test_a_release_of_another_layout_is_taken_over(started, monkeypatch) -> None:
    from warehouse.release import foundation

    monkeypatch.setattr(foundation, "layout_of_tables", lambda: "another")
    copied = []
    monkeypatch.setattr(foundation.shutil, "copyfile", lambda *_: copied.append(1))
    release = night(started, THIRD, at=later(1))
    assert not copied
    monkeypatch.undo()
    assert query(release, "SELECT sum(budget_yuan) FROM core.fact_project_spending") == [(Decimal("127.51"),)]
    assert Releases(started).verify(release.release_id, full=True) == []


def test_views_are_made_anew_only_where_they_differ_from_those_of_the_base(started, monkeypatch) -> None:
    from warehouse.release import build as building

    made, create = [], building.create_views
    monkeypatch.setattr(building, "create_views", lambda connection: made.append(create(connection)))
    night(started, THIRD, at=later(1))
    assert made == []
    monkeypatch.setattr(building, "layout_of_views", lambda: "another")
    release = night(started, THIRD, at=later(2))
    assert len(made) == 1
    assert query(release, "SELECT count(*) FROM 报表.项目预算执行情况") == [(3,)]


# --- what the audit refuses: each of these leaves the published release as it was


def refused(home, staging: Staging, *reports: Report, superseded: tuple[Report, ...] = ()) -> str:
    before = Releases(home).list()
    with pytest.raises(ReleaseFault) as caught:
        build_staged(home, staging, reports, superseded, later(5))
    assert Releases(home).list() == before
    assert list(home.warehouse.glob("building-*")) == []
    return "\n".join(caught.value.violations)


def change(staging: Staging, name: str, **columns: object) -> None:
    """Stage a table again with columns of all its rows altered."""
    altered = (
        staging.scan(name)
        .collect()
        .with_columns(
            pl.lit(value).cast(table(name).column(column).kind.dtype).alias(column) for column, value in columns.items()
        )
    )
    for part in staging.parts(name):
        part.unlink()
    staging.append(name, altered)


@pytest.mark.parametrize(
    ("name", "columns", "sentence"),
    [
        ("core.fact_project_spending", {"project_key": 5}, "指向 core.dim_project 的键不存在"),
        ("core.fact_project_spending", {"fiscal_year": 2022}, "单位或年度与其报送版本不符"),
        ("core.provenance", {"row_key": 5}, "没有对应的行"),
        ("core.provenance", {"table_name": "fact_nothing"}, "不认识的数据表"),
        ("core.provenance", {"document_key": 5}, "指向 core.dim_document 的键不存在"),
        ("core.dim_submission", {"status": "accepted_with_warnings"}, "core 中有未被采纳的报送版本"),
        ("core.dim_submission", {"department_key": surrogate_key("department", "D2")}, "单位键与单位编号不符"),
        ("core.dim_submission", {"department_key": 5}, "指向 core.dim_department 的键不存在"),
        ("quality.submission_version", {"status": "quarantined"}, "core 中有未被采纳的报送版本"),
        ("quality.finding", {"rule_id": "C99"}, "指向 quality.rule 的键不存在"),
        ("core.fact_project_spending", {"is_primary": True, "budget_yuan": None}, "违反了表的约束"),
        ("core.fact_project_spending", {"listing": "elsewhere"}, "违反了表的约束"),
        ("core.fact_internal_office", {"department_key": None}, "违反了表的约束"),
        ("core.dim_document", {"submission_key": 5}, "指向 core.dim_document 的键不存在"),
    ],
)
def test_a_broken_promise_is_refused(home, name, columns, sentence) -> None:
    staging = stage(home, FIRST)
    change(staging, name, **columns)
    assert sentence in refused(home, staging, FIRST)


def test_doubled_rows_of_a_large_table_are_refused(home) -> None:
    staging = stage(home, FIRST)
    staging.append("core.provenance", staging.scan("core.provenance").collect())
    staging.append("core.fact_internal_office", staging.scan("core.fact_internal_office").collect())
    violations = refused(home, staging, FIRST)
    assert "数据出处（core.provenance）：table_name" in violations
    assert "office_listing_key 重复" in violations


def test_a_second_primary_row_is_refused(home) -> None:
    staging = stage(home, FIRST)
    change(staging, "core.fact_project_spending", project_spending_key=7)
    rows = rows_of(home, (FIRST,), ())["core.fact_project_spending"]
    staging.append("core.fact_project_spending", frame("core.fact_project_spending", rows))
    assert "同一项目同一年度有不止一行计入合计" in refused(home, staging, FIRST)


def test_two_current_versions_are_refused(started) -> None:
    assert "违反了表的约束" in refused(started, stage(started, SECOND), SECOND)


def test_an_accepted_version_missing_from_core_is_refused(home) -> None:
    staging = stage(home, FIRST, OTHER)
    assert "已采纳的报送版本没有出现在 core 中" in refused(home, staging, FIRST)


def test_a_status_that_leads_nowhere_is_refused(started) -> None:
    staging = stage(started, superseded=(FIRST,))
    change(staging, "quality.submission_version", status="judged")
    assert "不能从“accepted”变为“judged”" in refused(started, staging, superseded=(FIRST,))


def test_two_things_under_one_key_are_refused(started) -> None:
    other = Report("D2", 2022)
    staging = stage(started, other)
    office = surrogate_key("office", "D1")
    change(staging, "core.dim_internal_office", internal_office_key=office)
    change(staging, "core.fact_internal_office", internal_office_key=office)
    assert "同一个键指向两个不同的对象" in refused(started, staging, other)


def test_a_dimension_row_that_is_still_needed_cannot_go(started) -> None:
    staging = stage(started, Report(fiscal_year=2022))
    kept = staging.scan("core.dim_department").collect().filter(pl.col("department_id") == "D1")
    for part in staging.parts("core.dim_department"):
        part.unlink()
    staging.append("core.dim_department", kept)
    assert "指向 core.dim_department 的键已不存在" in refused(started, staging, Report(fiscal_year=2022))


def test_a_fen_that_goes_astray_is_noticed(started, monkeypatch) -> None:
    _lose_a_fen(monkeypatch, "core.fact_project_spending")
    violations = refused(started, stage(started, THIRD), THIRD)
    assert "采纳的合计与公布的合计不一致" in violations
    assert "行数与合计应为" in violations


def test_a_fen_of_an_untouched_department_is_noticed(started, monkeypatch) -> None:
    _lose_a_fen(monkeypatch, "core.fact_department_budget", f"submission_key = {FIRST.key}")
    violations = refused(started, stage(started, THIRD), THIRD)
    assert "采纳的合计与公布的合计不一致" not in violations
    assert "行数与合计应为" in violations


def _lose_a_fen(monkeypatch, name: str, condition: str = "true") -> None:
    real = build_module.renew
    money = "total_budget_yuan" if "department" in name else "budget_yuan"

    def renew(connection, *rest):
        changes = real(connection, *rest)
        connection.execute(f"UPDATE {name} SET {money} = {money} - 0.01 WHERE {condition}")
        return changes

    monkeypatch.setattr(build_module, "renew", renew)


def test_a_damaged_base_is_refused(started) -> None:
    release = Releases(started).newest()
    release.database.chmod(0o644)
    with release.database.open("r+b") as database:
        database.seek(20000)
        database.write(b"\0damage\0")
    assert "的数据库文件与发布时不同" in refused(started, stage(started, THIRD), THIRD)


def test_a_copy_made_ahead_is_moved_and_what_is_not_there_any_more_is_copied_again(started, tmp_path) -> None:
    base, ahead = Releases(started).newest(), CopyAhead(tmp_path)
    ahead.begin(base)
    ahead.begin(base)
    for number in range(3):  # the last two as where a build is tried again
        database = tmp_path / f"{number}.duckdb"
        assert ahead.copied_base(database, base) == base
        assert database.read_bytes() == base.database.read_bytes()
    assert not (tmp_path / base.database.name).exists()
    assert CopyAhead(tmp_path).copied_base(tmp_path / "nothing.duckdb", None) is None


def test_a_damaged_copy_is_not_built_upon_though_it_was_made_ahead(started, tmp_path) -> None:
    base, ahead = Releases(started).newest(), CopyAhead(tmp_path)
    sound = base.database.read_bytes()
    base.database.chmod(0o644)
    base.database.write_bytes(sound[:-1])
    ahead.begin(base)
    with pytest.raises(ReleaseFault):
        ahead.copied_base(tmp_path / "new.duckdb", base)
    assert not (tmp_path / base.database.name).exists()
    base.database.write_bytes(sound)
    assert ahead.copied_base(tmp_path / "new.duckdb", base) == base


def test_only_the_newest_release_is_built_upon(started) -> None:
    first = Releases(started).newest()
    night(started, THIRD, at=later(1))
    with pytest.raises(SystemFault):
        build_release_on(started, first)


def build_release_on(home, base):
    return build_module.build_release(
        home,
        stage(home, Report(fiscal_year=2022)),
        base,
        accepted=[],
        superseded=[],
        published_at=NOON,
        code_version="test",
        catalogue_version="c1",
    )


def test_staging_refuses_what_it_would_round_or_does_not_know(tmp_path) -> None:
    staging = Staging(tmp_path / "staging").create()
    with pytest.raises(SystemFault):
        staging.append("core.fact_goal", pl.DataFrame({"nothing": [1]}))
    for series in (
        pl.Series("budget_yuan", ["1.005"], dtype=pl.Decimal(18, 3)),
        pl.Series("budget_yuan", [1.005]),
    ):
        with pytest.raises(SystemFault):
            staging.append("core.fact_project_spending", pl.DataFrame([series]))


def test_staging_links_what_has_exactly_the_tables_columns(tmp_path) -> None:
    staging = Staging(tmp_path / "staging").create()
    for name, rows in (
        ("exact", table("core.fact_goal").empty()),
        ("other", table("core.fact_goal").empty().drop("goal")),
        ("order", table("core.fact_goal").empty().select(reversed(table("core.fact_goal").column_names))),
    ):
        rows.write_parquet(tmp_path / name)
    staging.link("core.fact_goal", tmp_path / "exact")
    for name in ("other", "order"):
        with pytest.raises(SystemFault):
            staging.link("core.fact_goal", tmp_path / name)
    assert [part.samefile(tmp_path / "exact") for part in staging.parts("core.fact_goal")] == [True]


def test_building_leaves_nothing_that_can_be_written_to(home) -> None:
    built = build(home, FIRST)
    assert {path.stat().st_mode & 0o777 for path in built.folder.rglob("*") if path.is_file()} == {0o444}
    assert sorted(path.name for path in built.folder.iterdir()) == [
        "board",
        "dictionary.html",
        "manifest.json",
        "parquet",
        "warehouse.duckdb",
    ]


def test_files_shared_with_the_last_release_are_told_by_their_links(tmp_path) -> None:
    base, folder = tmp_path / "base", tmp_path / "new"
    for place in (base, folder):
        place.mkdir()
    for name in ("linked.html", "anew.html"):
        (base / name).write_text("甲", "utf-8")
    (folder / "anew.html").write_text("乙", "utf-8")
    (folder / "linked.html").hardlink_to(base / "linked.html")
    (folder / "vanished.html").write_text("丙", "utf-8")  # the last release has lost its own
    entries = {name: {"bytes": 3} for name in ("linked.html", "anew.html", "vanished.html", "gone.html")}
    assert linked_entries(folder, base, {"files": entries}) == {"linked.html": {"bytes": 3}}
