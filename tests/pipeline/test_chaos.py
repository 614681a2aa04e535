"""The short run of ``make chaos``, and that it would tell of a home that is not as it should be."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from homes import copy_of, lived

from benchmarks.chaos.aftermath import problems_of_home
from benchmarks.chaos.course import state_of
from benchmarks.chaos.tally import Tally, show

pytestmark = pytest.mark.pipeline

ROOT = Path(__file__).parents[2]


def test_a_home_whose_nights_fail_one_after_the_other_gets_there_and_readers_notice_nothing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("c")  # the paths of sockets are short
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.chaos", "--short"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"undisturbed nights, against the truth\W+2\W+2", ran.stdout)
    assert re.search(r"faults one after the other\W+5\W+5", ran.stdout)
    assert int(re.search(r"(\d+) answers to readers", ran.stdout)[1]) > 0
    assert list(folder.iterdir()) == []


def test_what_is_not_as_undisturbed_is_told(common, tmp_path):
    home = copy_of(lived(common), tmp_path / "home")
    expected = state_of(home)
    assert problems_of_home(home, expected) == []
    sorted(home.archive.glob("receipts/*"))[0].unlink()
    (home.warehouse / "building-20220509T180000Z-0009").mkdir()
    rows, checksum = expected["core.fact_goal"]
    told = problems_of_home(home, expected | {"core.fact_goal": (rows + 1, checksum)})
    for words in ("core.fact_goal", "缺少收件记录", "receipts in the archive", "left over: building-"):
        assert any(words in problem for problem in told), (words, told)


def test_the_run_ends_with_status_1_when_a_fault_was_not_survived(capsys):
    tally = Tally()
    tally.add("interrupted rename", "trial 1", 2, [])
    assert show(tally) == 0
    tally.add("interrupted rename", "trial 2", 1, ["something is lost"])
    assert show(tally) == 1
    assert re.search(r"interrupted rename\W+3\W+2\W", capsys.readouterr().out)
