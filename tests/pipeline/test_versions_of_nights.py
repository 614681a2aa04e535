"""Nights to which a department's year comes again: the same bytes change nothing, other content is told (C04)."""

import pytest
from homes import SONG, ask, drop, new_home, night, report

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
