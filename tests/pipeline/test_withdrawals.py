"""Submissions that are taken back: what leaves, what stays, what depends on it, and how it comes back."""

import pytest
from homes import SONG, ask, bare_night, copy_of, drop, lived, report, statement_of, statuses

from warehouse.archive.archive import Archive
from warehouse.decisions.records import WITHDRAWAL
from warehouse.desk import open_release, rows_of
from warehouse.ledger.ledger import Ledger
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

C30 = "SELECT fiscal_year, outcome FROM quality.evaluation JOIN quality.submission_version USING (submission_key)"
C30 += " WHERE rule_id = 'C30' AND department_id = 's-song' AND status LIKE 'accepted%' ORDER BY 1"

OF_SONG = (
    "SELECT * EXCLUDE judged_at FROM quality.submission_version WHERE department_id = 's-song' ORDER BY ALL",
    "SELECT * EXCLUDE last_seen_at FROM quality.finding WHERE department_id = 's-song' ORDER BY ALL",
    "SELECT * FROM core.fact_project_spending SEMI JOIN core.dim_submission USING (submission_key)"
    " WHERE project_key IN (SELECT project_key FROM core.dim_project WHERE department_id = 's-song') ORDER BY ALL",
    "SELECT * FROM quality.roster WHERE department_id = 's-song' ORDER BY ALL",
)


@pytest.fixture(scope="module")
def withdrawn(common):
    """松溪 2021 (two versions) and the refused second version of 禾浦 are withdrawn."""
    return lived(common)


@pytest.fixture
def home(withdrawn, tmp_path):
    return copy_of(withdrawn, tmp_path / "home")


def board(home, department, year):
    """condition, status, version, current version, open findings, days late of the board."""
    with open_release(home) as release:
        (row,) = (each for each in rows_of(release, "roster", year=year) if each["department_id"] == department)
    counts = sum(int(row[f"open_{level}_count"]) for level in ("blocking", "warning", "information"))
    return row["condition"], row["status"], row["version"], row["current_version"], counts, row["days_late"]


def core(home, department):
    query = f"SELECT fiscal_year, version FROM core.dim_submission WHERE department_id = '{department}' ORDER BY 1"
    return ask(home, query)


def moves(home, department, year, version):
    unit = f"(department_id, fiscal_year, version) = ('{department}', {year}, {version})"
    ((key,),) = ask(home, f"SELECT submission_key FROM quality.submission_version WHERE {unit}")
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        return [move.to_status for move in ledger.history(key)]


def release_of(home, nth):
    return Releases(home).list()[nth].release_id


def test_what_is_withdrawn_leaves_and_its_judgement_stays(withdrawn):
    home = withdrawn
    assert ask(home, C30, release_of(home, 1)) == [(2021, "not_applicable"), (2022, "pass")]
    assert ask(home, C30) == [(2022, "not_applicable")], "the year after it is judged again"
    assert core(home, "s-song") == [(2022, 1)]
    known = statuses(home)
    assert (known["s-song", 2021, 1], known["s-song", 2021, 2]) == ("superseded", "withdrawn")
    ((reason,),) = ask(
        home, "SELECT reason FROM quality.submission_version WHERE department_id = 's-song' AND version = 2"
    )
    assert reason == "张三撤回（T1）：报错年度"
    assert board(home, "s-song", 2021) == ("missing", "withdrawn", 2, None, 0, None)
    assert board(home, "s-bai", 2021)[0] == "submitted"
    evaluations = "SELECT count(*) > 0 FROM quality.evaluation JOIN quality.submission_version USING (submission_key)"
    assert ask(home, f"{evaluations} WHERE status = 'withdrawn'") == [(True,)]
    assert moves(home, "s-song", 2021, 2)[-2:] == ["accepted", "withdrawn"]


def test_one_refused_version_alone_leaves_the_one_in_force(withdrawn):
    home = withdrawn
    listed = "SELECT count(*) FROM quality.finding WHERE department_id = 's-he' AND level = 'blocking'"
    assert ask(home, listed) == [(1,)]
    with open_release(home) as release:
        assert rows_of(release, "findings", department="s-he", year=2021, level="blocking") == []
    assert core(home, "s-he") == [(2021, 1)]
    assert board(home, "s-he", 2021)[:5] == ("submitted", "withdrawn", 2, 1, 0)


def test_a_file_of_no_known_department_is_withdrawn_by_its_name(withdrawn):
    alone = "SELECT status, reason FROM quality.submission_version WHERE department_id IS NULL"
    assert ask(withdrawn, alone) == [("withdrawn", "张三撤回（T3）：报错年度")]
    with open_release(withdrawn) as release:
        listed = rows_of(release, "findings", department=None, year=None, level="blocking")
    assert all(row["department_id"] for row in listed)


def test_the_same_bytes_again_stay_withdrawn_until_the_withdrawal_is_revoked(home):
    drop(home, "松溪（再报）.md", report(SONG))
    log = bare_night(home, 3)
    assert log.release_id is None
    (problem,) = log.problems
    assert "松溪（再报）.md：内容与已撤回的材料（s-song 2021 年度第 2 版）完全相同" in problem
    assert "jixiao withdraw --revoke" in problem
    decider = statement_of(home, 3.5)
    for number in (1, 2, 3):
        decider.revoke(WITHDRAWAL, number)
    assert bare_night(home, 4).withdrawn == ()
    alone = "SELECT status, reason FROM quality.submission_version WHERE department_id IS NULL"
    assert ask(home, alone) == [("quarantined", "撤回已撤销，仍须更正；问题见问题清单。")]
    after, before = ([ask(home, query, release_of(home, nth)) for query in OF_SONG] for nth in (-1, 1))
    assert after == before
    assert moves(home, "s-song", 2021, 2)[-3:] == ["withdrawn", "judged", "accepted"]
    assert board(home, "s-song", 2021)[:2] == ("submitted", "accepted")


def test_other_content_after_a_withdrawal_is_a_version_of_its_own(home):
    drop(home, "松溪（新）.md", report(SONG, cleaning="285.00"))
    bare_night(home, 3)
    assert core(home, "s-song") == [(2021, 3), (2022, 1)]
    assert statuses(home)["s-song", 2021, 2] == "withdrawn"
    ((supersedes,),) = ask(home, "SELECT supersedes_key FROM quality.submission_version WHERE version = 3")
    assert supersedes is None
    compared = "SELECT version FROM quality.finding JOIN quality.submission_version USING (submission_key)"
    assert (3,) not in ask(home, f"{compared} WHERE rule_id = 'C04'"), "what was taken back is no version before it"
    assert board(home, "s-song", 2021)[:4] == ("submitted", "accepted", 3, 3)
    statement_of(home, 3.5).revoke(WITHDRAWAL, 1)
    assert bare_night(home, 4).release_id is None, "a later version is in force"
