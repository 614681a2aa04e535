"""A department's year sent in again with other content: what differs is told (C04)."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from expectation_cases import AT, REGISTRY, WAN, catalogue, frames_of, judged, outcomes, project, set_figure, sound

from expectations.gate import Judgement, judge
from transforms.facts.model import Facts, StatementRow

pytestmark = pytest.mark.unit


def in_turn(*versions: Callable[[Facts], object], rules: Sequence[str] = ("C04",)) -> Judgement:
    """The judgement of a sound report and of versions after it, each with one change of it, by these rules."""
    reports = [sound()]
    for change in versions:
        report = sound()
        change(report)
        reports.append(report)
    facts, star = frames_of(*reports)
    return judge(facts, star, catalogue(*rules), REGISTRY, at=AT)


def told(judgement: Judgement) -> list[tuple[str, str, str]]:
    rows = judgement.finding.filter(rule_id="C04").sort("observed")
    return rows.select("level", "difference", "message").rows()


def other_total(facts: Facts) -> None:
    set_figure("total_budget_yuan", value=3010 * WAN, text="3010.00", unit="万元")(facts)


def many_changes(facts: Facts) -> None:
    other_total(facts)
    facts.projects[1] = project("河道保洁经费", "801.00", "790.00", goal=facts.projects[1].goal)
    facts.projects.append(project("防汛经费", "1.00", "1.00", row=6))
    facts.problems = facts.problems[:1]
    facts.offices = facts.offices[:1]


def test_what_is_added_changed_and_gone_is_counted_and_shown():
    ((level, difference, message),) = told(in_turn(many_changes))
    assert (level, difference) == ("information", "新增 1 项、变动 2 项、减少 2 项")
    assert message == (
        "本单位本年度此前已有报送，这是第 2 版，与上一版相比：新增 1 项、变动 2 项、减少 2 项。"
        "其中收支总预算 3000.00→3010.00 万元；项目预算与支出“河道保洁经费” 800万元、790万元→801万元、790万元；"
        "新增项目预算与支出“防汛经费”；等等。"
    )


def test_each_version_is_held_against_the_one_before_it():
    judgement = in_turn(other_total, other_total, lambda facts: set_figure("self_score", value=Decimal(96))(facts))
    assert [row[1] for row in told(judgement)] == [
        "变动 1 项",
        "读到的数据相同，只有文字、版式或所附文件不同",
        "变动 2 项",
    ]


def test_other_words_of_a_problem_are_a_change():
    def reworded(facts: Facts) -> None:
        facts.problems[0] = StatementRow(0, 1, "预算编制不细致", None, None, [], 200)

    ((_, difference, message),) = told(in_turn(reworded))
    assert difference == "变动 1 项"
    assert "其中存在问题第 1 条 文字有改动。" in message


def test_what_comes_first_has_no_version_before_it():
    assert outcomes(judged(rules=catalogue("C04")))["C04"] == "not_applicable"


def test_it_keeps_no_later_rule_from_being_judged():
    judgement = in_turn(other_total, rules=())
    later = judgement.evaluation.filter(judgement.evaluation["rule_id"].is_in(["C22", "C18"]))
    assert set(later["outcome"]) == {"pass"}
    assert not catalogue().rule("C04").gates_later_phases
    assert catalogue().rule("C02").gates_later_phases
