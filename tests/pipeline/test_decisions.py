"""Decisions of people in whole nights: what they change, when they stop, and what follows from a corrected report."""

from datetime import date, timedelta

import pytest
from homes import (
    BAI,
    FIRST_NIGHT,
    GUI,
    HE,
    MORE,
    QING,
    REGISTRY,
    SHI,
    SONG,
    ask,
    copy_of,
    drop,
    made_once,
    new_home,
    report,
    statuses,
    try_night,
)
from homes import bare_night as night

from orchestration.cli.nightly import print_summary
from orchestration.operations.deciding import Deciding
from warehouse.decisions.records import EXPLANATION, IDENTITY, STAGE, WAIVER
from warehouse.home import Home
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

HEAD = "|项目名称|预算数|支出数|绩效目标|完成情况|\n|---|---|---|---|---|\n"
FIRST = "|老旧小区加装电梯补助|120.00|110.00|加装6台|加装6台电梯已完成验收并投入使用|\n"
SECOND = FIRST.replace("补助", "补贴").replace("120.00", "125.00")
ONE, OTHER = "老旧小区加装电梯补助", "老旧小区加装电梯补贴"


def deciding(home, day, reason="核对无误"):
    """A person at the home, on a day counted from the first night."""
    return Deciding(home, "张三", reason, FIRST_NIGHT + timedelta(days=day))


def two_names(name=SONG, **content):
    """A report in which two near names stand, in two tables."""
    text = report(name, **content).decode().replace("\n\n### （三）", f"\n{FIRST}\n### （三）", 1)
    return text.replace("### （四）", f"单位：万元\n\n{HEAD}{SECOND}\n### （四）", 1).encode()


def states(home, rule, department, release_id=None):
    rows = ask(
        home,
        "SELECT version, state, count(*) FROM quality.finding JOIN quality.submission_version USING (submission_key)"
        f" WHERE rule_id = '{rule}' AND submission_version.department_id = '{department}' GROUP BY ALL ORDER BY ALL",
        release_id,
    )
    return {(version, state): count for version, state, count in rows}


@pytest.fixture
def quarantined(common, tmp_path):
    """禾浦 with C22 wrong, judged on day 0."""

    def make(folder):
        home = new_home(folder)
        drop(home, "禾浦.md", report(HE, rate="90.0"))
        night(home)

    return copy_of(Home(made_once(common, "decided-quarantined", make)), tmp_path / "home")


@pytest.fixture(scope="module")
def warned(common):
    """Six departments with near names, judged on day 0, of which each goes a way of its own through four nights."""

    def make(folder):
        home = new_home(folder, REGISTRY + MORE)
        for name in (SONG, BAI, HE, QING, SHI, GUI):
            drop(home, f"{name}.md", two_names(name))
        night(home)
        deciding(home, 0.5, "两个名称所指不同").explain("C31", "松溪街道", 2021)
        deciding(home, 0.5).identify("禾浦镇", ONE, OTHER, is_same=True)
        drop(home, "白塬（更正）.md", report(BAI, cleaning="291.00"))
        one_name = two_names(QING).replace(OTHER.encode(), ONE.encode()).replace(b"125.00", b"120.00")
        drop(home, f"{QING}.md", one_name)
        drop(home, f"{SHI}.md", two_names(SHI, cleaning="299.00"))
        drop(home, f"{GUI}.md", report(GUI, rate="90.0"))
        night(home, 1)
        deciding(home, 1.5).revoke(IDENTITY, 1)
        deciding(home, 1.6).set_stage("C22", "shadow")
        drop(home, "白塬（再更正）.md", two_names(BAI, cleaning="292.00"))
        night(home, 2)
        deciding(home, 2.5).identify("禾浦镇", OTHER, ONE, is_same=False)
        deciding(home, 2.6).set_stage("C22", "warning")
        night(home, 3)
        deciding(home, 3.5).revoke(EXPLANATION, 1)
        deciding(home, 3.6).revoke(STAGE, 2)
        night(home, 4)

    return Home(made_once(common, "decided-warned", make))


@pytest.fixture(scope="module")
def nights(warned):
    """The releases of its nights."""
    releases = [release.release_id for release in Releases(warned).list()]
    assert len(releases) == 5
    return releases


# --- what is decided before the report comes


def test_a_waiver_made_beforehand_lets_the_report_through_and_what_is_decided_later_does_not_count(tmp_path):
    home = new_home(tmp_path / "home")
    home.create()
    deciding(home, -1).waive("C22", "禾浦镇", 2021, date(2022, 12, 31))
    deciding(home, 1).waive("C22", "白塬街道", 2021, date(2022, 12, 31))
    drop(home, "禾浦.md", report(HE, rate="90.0"))
    drop(home, "白塬.md", report(BAI, rate="90.0"))
    night(home)
    assert statuses(home) == {("s-he", 2021, 1): "accepted", ("s-bai", 2021, 1): "quarantined"}
    assert states(home, "C22", "s-he") == {(1, "waived"): 1}
    assert states(home, "C22", "s-bai") == {(1, "open"): 1}
    assert ask(home, "SELECT outcome FROM quality.evaluation WHERE rule_id = 'C22'") == [("fail",)] * 2
    assert ask(home, "SELECT rule_id, department_id, fiscal_year, valid_until, decided_by FROM quality.waiver") == [
        ("C22", "s-he", 2021, date(2022, 12, 31), "张三")
    ]
    decisions = "SELECT department_id, decisions FROM quality.submission_version ORDER BY 1"
    assert ask(home, decisions) == [("s-bai", None), ("s-he", "W1")]
    board = "SELECT rule_override_rate, department_id, open_count FROM mart.quality_board WHERE rule_id = 'C22'"
    assert [(float(row[0]), *row[1:]) for row in ask(home, f"{board} ORDER BY department_id")] == [
        (0.5, "s-bai", 1),
        (0.5, "s-he", 0),
    ]


def test_a_malformed_file_stops_the_run_of_a_night(quarantined):
    (quarantined.decisions / "waivers.jsonl").write_text("{\n", "utf-8")
    drop(quarantined, "松溪.md", report(SONG))
    result = try_night(quarantined, 1)
    assert not result.success
    assert "waivers.jsonl 第 1 行有误：不是一条完整的 JSON 记录" in result.message
    assert len(list(quarantined.releases.iterdir())) == 1


# --- what is decided afterwards, with nothing new in the inbox


def test_a_waiver_lets_a_quarantined_version_through_and_its_end_is_seen(quarantined, capsys):
    home = quarantined
    deciding(home, 0.5).waive("C22", "禾浦镇", 2021, date(2022, 5, 12))
    log = night(home, 1)
    assert log.release_id is not None
    print_summary(home, log)
    said = capsys.readouterr().out
    assert "已重新评判有关的报送" in said, "the summary of a night without files says what it was for"
    assert "评判报送 0 份" not in said
    assert statuses(home) == {("s-he", 2021, 1): "accepted"}
    assert ask(home, "SELECT count(*) FROM core.fact_project_spending") == [(3,)]
    assert states(home, "C22", "s-he") == {(1, "waived"): 1}
    assert night(home, 2).release_id is None
    assert night(home, 3).release_id is not None, "12 May is over in Beijing"
    assert states(home, "C22", "s-he") == {(1, "open"): 1}
    assert ask(home, "SELECT * FROM quality.waiver") == []
    (row,) = ask(home, "SELECT status, blocking_count, reason, decisions FROM quality.submission_version")
    assert (row[0], row[1], row[3]) == ("accepted_with_warnings", 1, None)
    assert "现行版本继续公布" in row[2]
    assert night(home, 4).release_id is None


def test_a_waiver_that_is_revoked_before_the_night_changes_nothing(quarantined):
    deciding(quarantined, 0.5).waive("C22", "禾浦镇", 2021, date(2022, 5, 12))
    deciding(quarantined, 0.6).revoke(WAIVER, 1)
    assert night(quarantined, 1).release_id is None


def test_an_explanation_lowers_the_count_of_open_warnings_until_it_is_revoked(warned, nights):
    of_song = "FROM core.dim_submission WHERE department_id = 's-song'"
    ((before,),) = ask(warned, f"SELECT warning_count {of_song}", nights[0])
    count = states(warned, "C31", "s-song", nights[0])[1, "open"]
    assert states(warned, "C31", "s-song", nights[1]) == {(1, "explained"): count}
    assert ask(warned, f"SELECT warning_count, status {of_song}", nights[1]) == [
        (before - count, "accepted_with_warnings" if before > count else "accepted")
    ]
    decisions = "SELECT decisions FROM quality.submission_version WHERE department_id = 's-song'"
    assert ask(warned, decisions, nights[1]) == [("E1",)]
    assert states(warned, "C31", "s-song", nights[3]) == {(1, "explained"): count}
    assert states(warned, "C31", "s-song", nights[4]) == {(1, "open"): count}


def test_a_decision_that_two_names_are_one_project_is_carried_into_core_and_back(warned, nights):
    of_he = "JOIN core.dim_project USING (project_key) WHERE department_id = 's-he' AND"
    bridge = f"SELECT alias, certainty FROM core.bridge_project_alias {of_he} alias LIKE '老旧小区%' ORDER BY ALL"
    keys = f"SELECT count(DISTINCT project_key) FROM core.fact_project_spending {of_he} reported_name LIKE '老旧小区%'"
    before, same, revoked, apart = (ask(warned, bridge, release_id) for release_id in nights[:4])
    assert {row[1] for row in before} == {"certain", "proposed"}
    assert sorted(row[1] for row in same) == ["certain", "decided"]
    assert revoked == before
    assert {row[1] for row in apart} == {"certain"}
    counts = [ask(warned, keys, release_id) for release_id in nights[:4]]
    assert counts == [[(2,)], [(1,)], [(2,)], [(2,)]]
    assert states(warned, "C31", "s-he", nights[1]) == states(warned, "C31", "s-he", nights[3]) == {}
    assert states(warned, "C31", "s-he", nights[2]) == states(warned, "C31", "s-he", nights[0]) != {}


def test_a_project_and_its_names_leave_with_the_last_row_that_bears_them(warned, nights):
    names = "SELECT alias, certainty, canonical_name, first_year FROM core.bridge_project_alias JOIN core.dim_project"
    names += " USING (project_key) WHERE department_id = 's-bai' ORDER BY ALL"
    before = ask(warned, names, nights[0])
    without = [row for row in before if not str(row[0]).startswith("老旧小区")]
    assert without != before
    assert ask(warned, names, nights[1]) == without
    assert ask(warned, names, nights[2]) == before


def test_a_rule_in_shadow_stops_nothing_and_warns_of_nothing(warned, nights):
    of_gui = [statuses(warned, release_id).get(("s-gui", 2021, 2)) for release_id in nights]
    assert of_gui == [None, "quarantined", "accepted", "accepted_with_warnings", "accepted"], "the first stands again"
    found = "SELECT level, state FROM quality.finding WHERE rule_id = 'C22'"
    assert ask(warned, found, nights[2]) == [("information", "open")]
    assert ask(warned, "SELECT stage FROM quality.rule WHERE rule_id = 'C22'", nights[2]) == [("shadow",)]
    in_force = "JOIN core.dim_submission USING (submission_key) WHERE department_id = 's-gui'"
    versions = ask(warned, f"SELECT DISTINCT evaluation.catalogue_version FROM quality.evaluation {in_force}")
    assert len(versions) == 1
    assert "+" in versions[0][0]


# --- what a corrected report leaves behind


def test_what_the_version_in_force_no_longer_has_is_corrected(warned, nights):
    before = states(warned, "C31", "s-qing", nights[0])
    assert set(before) == {(1, "open")}
    assert statuses(warned)["s-qing", 2021, 1] == "superseded"
    assert states(warned, "C31", "s-qing", nights[1]) == {(1, "corrected"): before[1, "open"]}


def test_what_both_versions_have_stays_open(warned, nights):
    assert set(states(warned, "C31", "s-shi", nights[1])) == {(1, "open"), (2, "open")}


def test_a_quarantined_version_corrects_nothing(warned, nights):
    assert statuses(warned, nights[1])["s-gui", 2021, 2] == "quarantined"
    assert set(states(warned, "C31", "s-gui", nights[1])) == {(1, "open")}
