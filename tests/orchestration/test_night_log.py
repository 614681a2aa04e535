"""The log of a night: JSON lines that a collector of logs takes, and the same night again when it is read."""

import json
import os
from datetime import UTC, datetime

import pytest

from orchestration.night import log as night_log
from orchestration.night.log import NightLog, SubmissionLine, night_logs, read_night_log, write_night_log
from orchestration.night.report import begin
from orchestration.night.results import StageLine
from warehouse.home import Home
from warehouse.intake.intake import Intake

pytestmark = pytest.mark.pipeline


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_night_leaves_a_line_a_submission_and_a_line_a_stage(home):
    (path,) = night_logs(home)
    lines = lines_of(path)
    assert lines[0]["event"] == "night"
    assert lines[0]["begun_at"] == "2022-05-09T18:00:00+00:00"
    assert {line["night_id"] for line in lines} == {path.stem}
    stages = [line for line in lines if line["event"] == "stage"]
    assert [line["stage"] for line in stages] == [
        "take_in", "read", "conform", "check_contracts", "judge", "build", "publish", "prove", "write_slips",
    ]  # fmt: skip
    assert all(line["seconds"] >= 0 for line in stages)
    assert stages[0]["counts"]["received"] == 4
    told = {line["file_name"]: line for line in lines if line["event"] == "submission"}
    assert told.keys() == {"松溪.md", "白塬.md", "禾浦.md", "空.md"}
    refused = told["禾浦.md"]
    assert (refused["department_id"], refused["fiscal_year"], refused["version"]) == ("s-he", 2021, 1)
    assert (refused["outcome"], refused["blocking_count"]) == ("quarantined", len(refused["findings"]))
    assert [line["problems"] for line in lines if line["event"] == "proof"] == [[]]


def test_a_ledger_that_was_made_again_is_told(tmp_path):
    home = Home(tmp_path).create()
    begin(home, "n1", Intake(None, [], []), [], [], datetime.now(UTC), home.path / "ledger.damaged-1")
    (problem,) = read_night_log(home, "n1").problems
    assert "ledger.damaged-1" in problem


def test_what_is_written_is_what_is_read(tmp_path):
    home = Home(tmp_path).create()
    line = SubmissionLine("甲\n乙.md", "甲街道", "a", 2021, 1, "quarantined", None, "ab", 2, ("第 3 行",), 1)
    log = NightLog(
        "n1", 3, 1, (line,), "r1", ("慢",), ("2021/甲.docx",), ("乙",), None, "t", (StageLine("read", 1.5, {"x": 2}),)
    )
    write_night_log(home, log)
    assert read_night_log(home, "n1") == log
    assert read_night_log(home, "n2") is None


def test_the_newest_nights_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(night_log, "_KEPT", 3)
    home = Home(tmp_path).create()
    for number in range(5):
        write_night_log(home, NightLog(f"n{number}", 0, 0))
        os.utime(night_logs(home)[-1], (number, number))
    assert [path.stem for path in night_logs(home)] == ["n2", "n3", "n4"]
