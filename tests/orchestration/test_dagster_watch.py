"""The checks beside the nights: whether these come, and who is overdue."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from homes import FIRST_NIGHT, HE, drop, new_home, report, with_dagster

from orchestration.dagster_home import instance_of
from orchestration.definitions import defs
from warehouse.intake.intake import Limits, take_in

pytestmark = pytest.mark.pipeline


def watch(home):
    config = {
        "resources": {"night": {"config": {"home": str(home.path)}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    with instance_of(with_dagster(home)) as instance:
        result = defs.resolve_job_def("watch").execute_in_process(run_config=config, instance=instance)
    return {each.check_name: each for each in result.get_asset_check_evaluations()}


def test_after_a_night_all_is_fresh_and_who_is_overdue_is_named(home):
    said = watch(home)
    assert said["fresh"].passed
    assert said["fresh"].metadata["release_id"].value == home.current.readlink().name
    assert not said["on_time"].passed
    assert said["on_time"].severity is dg.AssetCheckSeverity.WARN
    assert said["on_time"].metadata["overdue"].value == 1
    assert "2021 年度 禾浦镇，应于 2022-06-30" in said["on_time"].metadata["departments"].value


def test_files_that_wait_too_long_are_told_of(home):
    home.config.write_text(home.config.read_text("utf-8") + '\n[channels.all]\nurl = "file:outgoing"\n', "utf-8")
    for path in home.inbox.iterdir():
        path.unlink()
    drop(home, "再来一份.md", report(HE, 2020))
    take_in(home, home.inbox, datetime.now(UTC) - timedelta(days=3), Limits(quiet_seconds=0))
    said = watch(home)
    assert not said["fresh"].passed
    told = {path.name.split("-")[0]: path.read_text("utf-8") for path in (home.path / "outgoing").iterdir()}
    assert "再来一份.md" in " ".join(path.read_text("utf-8") for path in (home.path / "outgoing").iterdir())
    assert told.keys() == {"unpublished"}


def test_duplicates_alone_do_not_wait(home):
    drop(home, "又一份.md", (home.inbox / "松溪.md").read_bytes())
    take_in(home, home.inbox, FIRST_NIGHT, Limits(quiet_seconds=0))
    assert watch(home)["fresh"].passed


def test_nights_that_never_came_are_told_of(tmp_path):
    home = new_home(tmp_path / "home")
    home.config.write_text(home.config.read_text("utf-8") + '\n[channels.all]\nurl = "file:outgoing"\n', "utf-8")
    said = watch(home)
    assert (said["fresh"].passed, said["on_time"].passed) == (False, True)
    (message,) = (home.path / "outgoing").iterdir()
    assert "夜间任务从未成功过" in message.read_text("utf-8")
