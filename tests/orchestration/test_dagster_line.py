"""What Dagster shows of a real night on invented reports, some of them malformed, against the release it made."""

import json
from datetime import UTC, datetime

import dagster as dg
import pytest

from orchestration.dagster_home import instance_of
from orchestration.jobs import run_nightly
from samples.write import write_samples
from warehouse.desk import open_release
from warehouse.home import Home
from warehouse.registry import TABLES

pytestmark = pytest.mark.pipeline

NOW = datetime(2024, 7, 1, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("samples"))
    write_samples(home.path, 16, [2022], defects="demo")
    result = run_nightly(home, None, NOW)
    assert result.success, result.message
    return home, result


@pytest.fixture(scope="module")
def events(first):
    home, result = first
    with instance_of(home) as instance:
        return [entry.dagster_event for entry in instance.all_logs(result.run_id) if entry.is_dagster_event]


def asked(home, query):
    with open_release(home) as release:
        return release.sql(query).fetchall()


def test_row_counts_of_the_tables_are_those_of_the_release(first, events):
    shown = {
        ".".join(event.asset_key.path): event.materialization.metadata.get("dagster/row_count")
        for event in events
        if event.event_type is dg.DagsterEventType.ASSET_MATERIALIZATION
    }
    for table in TABLES:
        ((rows,),) = asked(first[0], f"SELECT count(*) FROM {table.qualified_name}")
        assert shown[table.qualified_name].value == rows, table.qualified_name


def test_partitions_show_the_accepted_as_published_and_the_refused_as_observed(first):
    home, _ = first
    accepted = asked(home, "SELECT department_id || '|' || fiscal_year FROM core.dim_submission")
    refused = asked(
        home,
        "SELECT department_id || '|' || fiscal_year FROM quality.submission_version"
        " WHERE status = 'quarantined' AND department_id IS NOT NULL AND fiscal_year IS NOT NULL",
    )
    with instance_of(home) as instance:
        assert instance.get_materialized_partitions(dg.AssetKey("submission")) == {key for (key,) in accepted}
        observed = instance.fetch_observations(dg.AssetKey("submission"), limit=100).records
    assert {record.partition_key for record in observed} == {key for (key,) in refused}
    assert refused


def test_rule_checks_say_what_the_evaluations_say(first, events):
    said = {
        event.asset_check_evaluation_data.check_name: event.asset_check_evaluation_data.metadata
        for event in events
        if event.event_type is dg.DagsterEventType.ASSET_CHECK_EVALUATION
        and event.asset_check_evaluation_data.asset_key == dg.AssetKey("verdicts")
    }
    counted = asked(
        first[0],
        "SELECT rule_id, count(*) FILTER (outcome = 'pass'), count(*) FILTER (outcome = 'fail'),"
        " count(*) FILTER (outcome = 'not_applicable') FROM quality.evaluation GROUP BY rule_id",
    )
    for rule_id, *numbers in counted:
        metadata = said[rule_id]
        assert [metadata[name].value for name in ("passed", "failed", "not_applicable")] == numbers, rule_id
    assert any(failed for _, _, failed, _ in counted)


def test_every_refused_file_has_its_alert(first):
    home, result = first
    told = {json.loads(path.read_text("utf-8"))["file_name"] for path in home.alerts.iterdir()}
    refused = {line.file_name for line in result.log.submissions if line.outcome in ("quarantined", "unreadable")}
    assert told == refused
    assert refused


def test_the_next_night_finds_nothing_and_makes_no_release(first):
    home, result = first
    alerts = sorted(home.alerts.iterdir())
    again = run_nightly(home, None, NOW)
    assert again.success
    assert again.log.release_id is None
    assert [path.name for path in home.releases.iterdir()] == [result.log.release_id]
    assert sorted(home.alerts.iterdir()) == alerts
    with instance_of(home) as instance:
        skipped = instance.all_logs(again.run_id, of_type=dg.DagsterEventType.STEP_SKIPPED)
    assert len(skipped) == 6
