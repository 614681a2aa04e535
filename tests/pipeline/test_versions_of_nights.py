"""Nights to which a department's year comes again: the same bytes change nothing, other content is told (C04)."""

import pytest
from homes import BAI, SONG, ask, drop, lengthened, new_home, report
from homes import bare_night as night

pytestmark = pytest.mark.pipeline

TOLD = "SELECT level, difference FROM quality.finding WHERE rule_id = 'C04'"
OUTCOMES = """
SELECT version, outcome FROM quality.evaluation JOIN quality.submission_version USING (submission_key)
WHERE rule_id = 'C04' ORDER BY 1
"""


def test_a_second_version_tells_in_what_it_differs_and_a_repetition_makes_none(tmp_path):
    home = new_home(tmp_path / "home")
    drop(home, "2021.md", report(SONG, 2021))
    night(home)
    assert (ask(home, OUTCOMES), ask(home, TOLD)) == ([(1, "not_applicable")], [])
    drop(home, "2021（再报）.md", report(SONG, 2021))
    assert night(home, 1).release_id is None
    drop(home, "2021（更正）.md", report(SONG, 2021, cleaning="291.00"))
    night(home, 2)
    assert ask(home, OUTCOMES) == [(1, "not_applicable"), (2, "fail")]
    assert ask(home, TOLD) == [("information", "变动 1 项")]


def test_a_text_that_was_sent_in_before_by_another_department_is_told_of_the_later_alone(tmp_path):
    home = new_home(tmp_path / "home")
    drop(home, "松溪.md", lengthened(report(SONG)))
    night(home)
    drop(home, "白塬.md", lengthened(report(BAI)))
    night(home, 1)
    told = "SELECT department_id, level, message FROM quality.finding WHERE rule_id = 'C50'"
    ((department, level, message),) = ask(home, told)
    assert (department, level) == ("s-bai", "warning")
    assert message.endswith("的文字与松溪街道2021年的报告相同。")
    assert ask(home, "SELECT count(DISTINCT submission_key) FROM quality.sentence") == [(2,)]
