"""What Dagster shows of a real night on invented reports, some of them malformed, against the release it made."""

import json

import dagster as dg
import pytest
from homes import ask, copy_of, try_night

from orchestration.dagster_home import instance_of
from orchestration.night.log import night_logs, read_night_log
from warehouse.registry import TABLES

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def first(published, tmp_path_factory):
    """The home after its first night, and the night's log."""
    home = copy_of(published, tmp_path_factory.mktemp("night") / "home")
    (path,) = night_logs(home)
    return home, read_night_log(home, path.stem)


@pytest.fixture(scope="module")
def events(first):
    home, log = first
    with instance_of(home) as instance:
        return [entry.dagster_event for entry in instance.all_logs(log.night_id) if entry.is_dagster_event]


def test_row_counts_of_the_tables_are_those_of_the_release(first, events):
    shown = {
        ".".join(event.asset_key.path): event.materialization.metadata.get("dagster/row_count")
        for event in events
        if event.event_type is dg.DagsterEventType.ASSET_MATERIALIZATION
    }
    counted = " UNION ALL ".join(
        f"SELECT '{table.qualified_name}', count(*) FROM {table.qualified_name}" for table in TABLES
    )
    rows = dict(ask(first[0], counted))
    assert {name: shown[name].value for name in rows} == rows


def test_partitions_show_the_accepted_as_published_and_the_refused_as_observed(first):
    with instance_of(first[0]) as instance:
        published = instance.get_materialized_partitions(dg.AssetKey("submission"))
        observed = instance.fetch_observations(dg.AssetKey("submission"), limit=100).records
    assert published == {"s-song|2021", "s-bai|2021"}
    assert [record.partition_key for record in observed] == ["s-he|2021"]


def test_rule_checks_say_what_the_evaluations_say(first, events):
    said = {
        event.asset_check_evaluation_data.check_name: event.asset_check_evaluation_data.metadata
        for event in events
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION
        and event.asset_check_evaluation_data.asset_key == dg.AssetKey("verdicts")
    }
    counted = ask(
        first[0],
        "SELECT rule_id, count(*) FILTER (outcome = 'pass'), count(*) FILTER (outcome = 'fail'),"
        " count(*) FILTER (outcome = 'not_applicable') FROM quality.evaluation GROUP BY rule_id",
    )
    for rule_id, *numbers in counted:
        metadata = said[rule_id]
        assert [metadata[name].value for name in ("passed", "failed", "not_applicable")] == numbers, rule_id
    assert any(failed for _, _, failed, _ in counted)


def test_every_refused_file_has_its_alert(first):
    home, log = first
    told = {json.loads(path.read_text("utf-8"))["file_name"] for path in home.alerts.iterdir()}
    assert told == {"禾浦.md", "空.md"}
    assert log.refused == len(told)


def test_the_next_night_finds_nothing_and_makes_no_release(first):
    home, log = first
    alerts = sorted(home.alerts.iterdir())
    again = try_night(home, day=1)
    assert again.success
    assert again.log.release_id is None
    assert [path.name for path in home.releases.iterdir()] == [log.release_id]
    assert sorted(home.alerts.iterdir()) == alerts
    with instance_of(home) as instance:
        skipped = instance.all_logs(again.run_id, of_type=dg.DagsterEventType.STEP_SKIPPED)
    assert len(skipped) == 9
