"""Nights to which a department's year comes again, with other content (C04), and a text that another department sent in
before (C50)."""

import pytest
from homes import BAI, SONG, ask, copy_of, drop, lengthened, report, two_published
from homes import bare_night as night

from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

TOLD = "SELECT level, difference FROM quality.finding WHERE rule_id = 'C04'"
OUTCOMES = """
SELECT version, outcome FROM quality.evaluation JOIN quality.submission_version USING (submission_key)
WHERE rule_id = 'C04' AND submission_version.department_id = 's-song' AND submission_version.fiscal_year = 2021
ORDER BY 1
"""


@pytest.fixture(scope="module")
def home(common, tmp_path_factory):
    """Three releases: 2021 of two departments; 2021 of the one corrected, and its 2022; 2022 of the other."""
    home = copy_of(two_published(common), tmp_path_factory.mktemp("versions") / "home")
    drop(home, "松溪2021（更正）.md", report(SONG, cleaning="291.00"))
    drop(home, "松溪2022.md", lengthened(report(SONG, 2022)))
    night(home, 1)
    drop(home, "白塬2022.md", lengthened(report(BAI, 2022)))
    night(home, 2)
    return home


def test_a_second_version_tells_in_what_it_differs(home):
    first, second, third = (release.release_id for release in Releases(home).list())
    assert (ask(home, OUTCOMES, first), ask(home, TOLD, first)) == ([(1, "not_applicable")], [])
    for later in (second, third):
        assert ask(home, OUTCOMES, later) == [(1, "not_applicable"), (2, "fail")]
        assert ask(home, TOLD, later) == [("information", "变动 1 项")]


def test_a_text_that_was_sent_in_before_by_another_department_is_told_of_the_later_alone(home):
    told = "SELECT department_id, level, message FROM quality.finding WHERE rule_id = 'C50'"
    ((department, level, message),) = ask(home, told)
    assert (department, level) == ("s-bai", "warning")
    assert message.endswith("的文字与松溪街道2022年的报告相同。")
    of_2022 = "SEMI JOIN (FROM quality.submission_version WHERE fiscal_year = 2022) USING (submission_key)"
    assert ask(home, f"SELECT count(DISTINCT submission_key) FROM quality.sentence {of_2022}") == [(2,)]
