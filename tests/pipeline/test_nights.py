"""Whole nights on short invented reports: what each brings, what it leaves as it was, what it refuses and says."""

import json
import os
import shutil
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from homes import (
    FIRST_NIGHT,
    HE,
    SONG,
    ask,
    bare_night,
    copy_of,
    drop,
    made_once,
    new_home,
    night,
    report,
    statuses,
    two_published,
)

from warehouse.connection import open_reader
from warehouse.errors import ReleaseFault
from warehouse.home import Home
from warehouse.registry import TABLES, quote_name
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

BOTH_ACCEPTED = {("s-song", 2021, 1): "accepted", ("s-bai", 2021, 1): "accepted"}
VOLATILE = {"code_version", "received_at", "judged_at", "published_at", "first_seen_at", "last_seen_at", "intake_id"}


@pytest.fixture(scope="module")
def published(common):
    return two_published(common)


@pytest.fixture
def home(published, tmp_path):
    return copy_of(published, tmp_path / "home")


def core_rows(home):
    """Every row of every core table of the current release."""
    return {
        table.name: sorted(map(repr, ask(home, f"FROM {quote_name(table.qualified_name)}")))
        for table in TABLES
        if table.schema == "core"
    }


def checksums(home):
    return dict(ask(home, "SELECT table_name, checksum FROM meta.release_table"))


def spent(home, department):
    return ask(
        home,
        "SELECT executed_yuan, version FROM core.fact_department_budget JOIN core.dim_submission USING (submission_key)"
        f" WHERE department_id = '{department}'",
    )


def alerts(home):
    return [json.loads(path.read_text("utf-8")) for path in sorted(home.alerts.glob("*.json"))]


def current(home):
    return Releases(home).current().release_id


# --- nothing that counts


def test_a_night_with_nothing_new_makes_no_release(home):
    before = current(home)
    log = night(home, 1)
    assert (log.received, log.duplicates, log.release_id) == (0, 0, None)
    assert [release.release_id for release in Releases(home).list()] == [before]


def test_an_empty_inbox_before_the_first_release_makes_none(tmp_path):
    home = new_home(tmp_path / "home")
    assert night(home).release_id is None
    assert Releases(home).current() is None


def test_the_same_bytes_under_another_name_change_nothing(home):
    before = current(home)
    drop(home, "再报/松溪（第二次）.md", report(SONG))
    log = bare_night(home, 1)
    assert (log.received, log.duplicates, log.release_id, log.refused) == (0, 1, None, 0)
    assert current(home) == before
    assert bare_night(home, 2).duplicates == 0


# --- corrections, better and worse


def test_a_corrected_version_supersedes_and_a_malformed_later_one_does_not(home):
    first = current(home)
    with open_reader(home.current / "warehouse.duckdb") as reader:
        drop(home, "松溪（更正）.md", report(SONG, spent="940.00", rate="94.0", cleaning="280.00"))
        log = bare_night(home, 1)
        old = reader.sql("SELECT executed_yuan FROM core.fact_department_budget ORDER BY 1").fetchall()
        assert old == [(Decimal("9500000.00"),)] * 2
    assert log.count("accepted") == 1
    assert spent(home, "s-song") == [(Decimal("9400000.00"), 2)]
    assert spent(home, "s-bai") == [(Decimal("9500000.00"), 1)]
    assert statuses(home) == {
        ("s-song", 2021, 1): "superseded",
        ("s-song", 2021, 2): "accepted",
        ("s-bai", 2021, 1): "accepted",
    }
    assert ask(home, "SELECT count(*) FROM core.fact_project_spending") == [(6,)]
    assert ask(home, "SELECT count(*) FROM core.dim_project") == [(6,)]
    changed = f"SELECT DISTINCT department_id FROM meta.release_change WHERE release_id = '{log.release_id}'"
    assert ask(home, changed) == [("s-song",)]

    in_force = core_rows(home)
    second = current(home)
    drop(home, "松溪（再更正）.md", report(SONG, spent="930.00", rate="94.0"))
    drop(home, "空.md", b"")
    log = bare_night(home, 2)
    assert (log.count("quarantined"), log.refused) == (1, 2)
    assert log.release_id == current(home) != second, "refusals alone make a release"
    assert core_rows(home) == in_force
    assert ask(home, "SELECT file_name FROM quality.received_file WHERE outcome = 'unreadable'") == [("空.md",)]
    assert statuses(home)["s-song", 2021, 3] == "quarantined"
    ((reason,),) = ask(home, "SELECT reason FROM quality.submission_version WHERE status = 'quarantined'")
    assert "执行率" in reason
    (state,) = ask(
        home,
        "SELECT s.current_submission_key = v.submission_key FROM quality.roster AS s"
        " JOIN quality.submission_version AS v ON v.department_id = s.department_id AND v.version = 2"
        " WHERE s.department_id = 's-song' AND s.fiscal_year = 2021",
    )
    assert state == (True,)

    with open_reader(home.releases / first / "warehouse.duckdb") as reader:
        assert reader.sql("SELECT count(*) FROM core.dim_submission").fetchall() == [(2,)]


def test_two_versions_that_come_in_two_nights_of_one_release_end_with_the_later(home):
    """The first night dies before it publishes; the second one judges what both took in."""
    drop(home, "松溪 更正.md", report(SONG, spent="940.00", rate="94.0"))
    with pytest.MonkeyPatch.context() as dying:
        dying.setattr("orchestration.night.line.Line.read", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bare_night(home, 1)
    drop(home, "松溪 再更正.md", report(SONG, spent="930.00", rate="93.0"))
    log = bare_night(home, 2)
    assert log.count("accepted") == 1
    assert spent(home, "s-song") == [(Decimal("9300000.00"), 3)]
    assert statuses(home) == BOTH_ACCEPTED | {
        ("s-song", 2021, 1): "superseded",
        ("s-song", 2021, 2): "superseded",
        ("s-song", 2021, 3): "accepted",
    }


# --- refusals


BAD_FILES = {
    "空.md": b"",
    "照片.md": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "乱码.txt": "工作总结报告绩效自评".encode().decode("latin-1").encode("utf-8") * 50 + b"\xff\xfe\xfa" * 99,
    "无此单位.md": report("云陌市清岚区人民政府乌有街道办事处"),
    "无年度.md": report(HE).replace("2021年".encode(), b""),
    "无表格.md": "\n".join(
        line for line in report(HE, year=2019).decode().splitlines() if not line.startswith("|")
    ).encode(),
    "执行率不符.md": report(HE, year=2020, rate="90.0"),
}
CONFLICT = {
    "禾浦甲.md": report(HE, year=2018, spent="940.00", rate="94.0"),
    "禾浦乙.md": report(HE, year=2018, spent="930.00", rate="93.0"),
}


@pytest.fixture(scope="module")
def with_bad_files(published, common):
    """Bad files and a conflict beside a sound correction, all in one night."""

    def make(folder):
        home = copy_of(published, folder)
        for name, content in (BAD_FILES | CONFLICT).items():
            drop(home, name, content)
        drop(home, "松溪（更正）.md", report(SONG, spent="940.00", rate="94.0"))
        night(home, 1)

    return Home(made_once(common, "with-bad-files", make))


def test_bad_files_are_refused_alone_and_the_others_published(with_bad_files):
    rows = ask(
        with_bad_files,
        "SELECT f.file_name, coalesce(v.status, f.outcome), coalesce(f.reason, v.reason)"
        " FROM quality.received_file AS f LEFT JOIN quality.submission_version AS v USING (submission_key)",
    )
    refused = {name: (status, reason) for name, status, reason in rows if status in ("quarantined", "unreadable")}
    assert refused.keys() == BAD_FILES.keys() | CONFLICT.keys()
    assert spent(with_bad_files, "s-song") == [(Decimal("9400000.00"), 2)]
    assert ask(with_bad_files, "SELECT count(*) FROM core.dim_submission") == [(2,)]
    for name, word in {
        "空.md": "空",
        "照片.md": "图片",
        "乱码.txt": "编码",
        "无此单位.md": "乌有街道",
        "无年度.md": "年度",
        "无表格.md": "表",
        "执行率不符.md": "执行率",
    }.items():
        assert word in refused[name][1], (name, refused[name])
    assert {name for name, (status, _) in refused.items() if status == "unreadable"} == {
        "空.md",
        "照片.md",
        "乱码.txt",
    }


def test_each_refusal_of_a_read_report_has_a_finding_with_sentence_and_remedy(with_bad_files):
    rows = ask(
        with_bad_files,
        "SELECT d.file_name, count(*), bool_and(f.message <> '' AND f.remedy <> '') FROM quality.finding AS f"
        " JOIN quality.received_file AS d USING (document_key) WHERE f.level = 'blocking' GROUP BY ALL",
    )
    read = {"无此单位.md", "无年度.md", "无表格.md", "执行率不符.md", *CONFLICT}
    assert {name for name, *_ in rows} == read
    assert all(count >= 1 and said for _, count, said in rows)


def test_two_different_reports_of_one_intake_are_both_refused_naming_both(with_bad_files):
    rows = ask(
        with_bad_files,
        "SELECT d.file_name, f.message FROM quality.finding AS f JOIN quality.received_file AS d USING (document_key)"
        " WHERE f.fiscal_year = 2018 AND f.level = 'blocking'",
    )
    assert {name for name, _ in rows} == CONFLICT.keys()
    for _, message in rows:
        assert all(name in message for name in CONFLICT), message


def test_every_refused_file_is_kept_and_alerted_once(with_bad_files, tmp_path):
    home = copy_of(with_bad_files, tmp_path / "home")
    told = [each["file_name"] for each in alerts(home)]
    assert sorted(told) == sorted(BAD_FILES.keys() | CONFLICT.keys())
    assert all(each["message"] and each["reason"] for each in alerts(home))
    kept = {path.read_bytes() for path in (home.archive / "objects").rglob("*") if path.is_file()}
    assert set(BAD_FILES.values()) | set(CONFLICT.values()) <= kept
    assert {name: (home.inbox / name).read_bytes() for name in BAD_FILES} == BAD_FILES
    before = {path: path.stat().st_mtime_ns for path in home.alerts.iterdir()}
    assert night(home, 2).release_id is None
    assert {path: path.stat().st_mtime_ns for path in home.alerts.iterdir()} == before


# --- departments that change their name


def test_a_renamed_department_is_one_department_with_two_versions(tmp_path):
    home = new_home(tmp_path / "home", None)
    drop(home, "2020.md", report("广州市番禺区沙湾镇人民政府", 2020))
    drop(home, "2022.md", report("广州市番禺区人民政府沙湾街道办事处", 2022))
    assert bare_night(home).count("accepted") == 2
    rows = ask(
        home,
        "SELECT s.fiscal_year, d.department_id, d.short_name, d.kind, d.is_current FROM core.dim_submission AS s"
        " JOIN core.dim_department AS d USING (department_key) ORDER BY 1",
    )
    assert rows == [
        (2020, "panyu-shawan", "沙湾镇", "镇", False),
        (2022, "panyu-shawan", "沙湾街道", "街道", True),
    ]
    keys = ask(home, "SELECT DISTINCT fiscal_year, department_key FROM core.fact_project_spending")
    assert len(keys) == 2
    versions = ask(home, "SELECT department_key FROM core.dim_department WHERE department_id = 'panyu-shawan'")
    assert {key for _, key in keys} == {key for (key,) in versions}
    assert ask(home, "SELECT count(*) FROM core.dim_project WHERE first_year = 2020 AND last_year = 2022") == [(3,)]


# --- the same again


def test_another_home_another_order_another_time_give_the_same_tables(published, tmp_path):
    home = new_home(tmp_path / "anderswo")
    for name in ("白塬/2021.txt", "松溪.md"):
        path = drop(home, name, (published.inbox / name).read_bytes())
        os.utime(path, (1_600_000_000, 1_600_000_000))
    bare_night(home, 0.25)

    def stable(each):
        return {
            table.qualified_name: sorted(
                repr(row)
                for row in ask(
                    each,
                    "SELECT "
                    + ", ".join(quote_name(name) for name in table.column_names if name not in VOLATILE)
                    + f" FROM {quote_name(table.qualified_name)}",
                )
            )
            for table in TABLES
            if table.schema != "meta"
        }

    assert stable(home) == stable(published)
    one, other = checksums(home), checksums(published)
    timeless = {
        table.qualified_name for table in TABLES if table.schema == "core" and not VOLATILE & set(table.column_names)
    }
    assert {name: one[name] for name in timeless} == {name: other[name] for name in timeless}


# --- going back, proving


def test_going_back_and_on_again(with_bad_files, tmp_path):
    home = copy_of(with_bad_files, tmp_path / "home")
    first, second = (release.release_id for release in Releases(home).list())
    assert current(home) == second
    Releases(home).rollback(first)
    assert spent(home, "s-song") == [(Decimal("9500000.00"), 1)]
    assert bare_night(home, 2).release_id is None
    assert current(home) == first
    drop(home, "禾浦.md", report(HE))
    bare_night(home, 3)
    assert current(home) not in (first, second)
    assert spent(home, "s-song") == [(Decimal("9400000.00"), 2)]
    assert ask(home, "SELECT count(*) FROM core.dim_submission") == [(3,)]


@pytest.mark.parametrize("name", ["warehouse.duckdb", "manifest.json", "parquet/core.fact_goal.parquet"])
def test_tampering_is_found(home, name):
    releases = Releases(home)
    assert releases.verify(current(home), full=True) == []
    path = home.current.resolve() / name
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert releases.verify(current(home))
    with pytest.raises(ReleaseFault):
        releases.rollback(current(home))


def test_a_lost_original_is_found(home):
    shutil.rmtree(home.archive / "objects")
    problems = Releases(home).verify(current(home))
    assert len(problems) == 2
    assert all("归档" in problem for problem in problems)


def test_instants_are_those_of_the_night(published):
    rows = ask(published, "SELECT DISTINCT received_at, judged_at FROM quality.submission_version")
    assert rows == [(FIRST_NIGHT, FIRST_NIGHT)]
    assert datetime.now(UTC) > FIRST_NIGHT


def test_a_release_says_what_the_stages_of_its_night_counted_and_took(published):
    seconds = " + ".join(f"{stage}_seconds" for stage in ("take_in", "read", "conform", "check_contracts", "judge"))
    query = f"SELECT files_received, documents_read, rows_rejected, {seconds} > 0, build_seconds > 0 FROM meta.release"
    assert ask(published, query) == [(2, 2, 0, True, True)]
