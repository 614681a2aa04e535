"""The home's Dagster instance, its event log, and the sensors that start nights and notice failures."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event

import dagster as dg
import pytest
from dagster._core.events import JobFailureData, RunFailureReason
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from homes import with_dagster

from orchestration.alerts import alert_failure
from orchestration.dagster_home import instance_of, prepare
from orchestration.definitions import defs
from orchestration.event_log import LastingEventLog
from orchestration.resources import JOB_NAME, close_dead_runs
from orchestration.sensors import failure_sensor, inbox_sensor
from warehouse.home import Home

pytestmark = pytest.mark.pipeline

AN_HOUR_AGO = time.time() - timedelta(hours=1).total_seconds()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    home = Home(tmp_path / "home").create()
    home.config.write_text("settle_seconds = 0\n")
    monkeypatch.setenv("JIXIAO_HOME", str(home.path))
    return home


@pytest.fixture
def instance(home):
    with instance_of(with_dagster(home)) as instance:
        yield instance


def drop(home, name, text="内容", modified=AN_HOUR_AGO):
    path = home.inbox / name
    path.write_text(text, "utf-8")
    os.utime(path, (modified, modified))


def look(instance, cursor=None):
    context = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs)
    return inbox_sensor(context), context.cursor


def test_nothing_is_told_to_anybody(instance):
    assert not instance.telemetry_enabled
    assert not instance.nux_enabled


def test_a_night_that_was_cut_off_is_started_again_as_a_whole(instance):
    night = defs.resolve_job_def(JOB_NAME)
    run = instance.create_run_for_job(night, tags=night.run_tags, status=dg.DagsterRunStatus.STARTED)
    close_dead_runs(instance)
    tags = instance.get_run_by_id(run.run_id).tags
    assert (tags["dagster/will_retry"], tags["dagster/retry_strategy"]) == ("true", "ALL_STEPS")


def test_a_night_that_failed_by_itself_is_not_started_again(instance):
    run = instance.create_run_for_job(defs.resolve_job_def(JOB_NAME), status=dg.DagsterRunStatus.STARTED)
    instance.report_run_failed(run, job_failure_data=JobFailureData(None, RunFailureReason.STEP_FAILURE))
    assert instance.get_run_by_id(run.run_id).tags["dagster/will_retry"] == "false"


def test_instance_lives_in_the_home_and_leaves_the_environment_as_it_was(home):
    with instance_of(home) as instance:
        assert instance.root_directory == str(home.dagster)
        assert isinstance(instance.event_log_storage, LastingEventLog)
    assert "DAGSTER_HOME" not in os.environ
    assert {path.name for path in home.path.iterdir()} >= {"dagster"}


def test_the_configuration_of_an_earlier_version_is_replaced(home):
    prepare(home)
    wanted = (home.dagster / "dagster.yaml").read_text("utf-8")
    (home.dagster / "dagster.yaml").write_text("telemetry: {enabled: true}\n", "utf-8")
    prepare(home)
    assert (home.dagster / "dagster.yaml").read_text("utf-8") == wanted


def test_a_moved_home_takes_its_history_along(home, tmp_path):
    with instance_of(home) as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization("release"))
    home.path.rename(tmp_path / "moved")
    with instance_of(Home(tmp_path / "moved")) as instance:
        assert instance.get_latest_materialization_event(dg.AssetKey("release"))
    assert not home.path.exists()


def test_the_event_log_can_be_read_by_dagsters_own_storage(home):
    with instance_of(home) as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization("release", metadata={"rows": 3}, tags={"a": "b"}))
    plain = ConsolidatedSqliteEventLogStorage(str(home.dagster))
    event = plain.get_latest_materialization_events([dg.AssetKey("release")])[dg.AssetKey("release")]
    assert event.asset_materialization.metadata["rows"].value == 3


def test_whoever_asks_the_event_log_sees_all_that_was_told_before(instance):
    keys = [dg.AssetKey(f"release_{number}") for number in range(20)]
    for key in keys:
        instance.report_runless_asset_event(dg.AssetMaterialization(key))
    assert all(instance.get_asset_records([key])[0].asset_entry.last_materialization for key in keys[::-1])
    assert len(instance.get_asset_keys()) == len(keys)


def test_partitions_told_together_are_stored_as_dagsters_own_storage_stores_them(home, tmp_path):
    made = partial(dg.AssetMaterialization, "submission")
    told = [made(partition=f"甲{number}", tags={"a": str(number)}) for number in range(9)]
    told.insert(4, dg.AssetObservation("submission", partition="乙"))
    told.insert(7, dg.AssetMaterialization("release"))
    for folder in ("told", "plain"):
        (tmp_path / folder).mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "told")) as first:
        for each in told:
            first.report_runless_asset_event(each)
        in_order = sorted(records(first), key=lambda record: record.storage_id)
    at_one_instant = [
        record.event_log_entry._replace(timestamp=1e9 + place // 4) for place, record in enumerate(in_order)
    ]
    store_together(home, at_one_instant)
    with dg.DagsterInstance.local_temp(str(tmp_path / "plain")) as plain, instance_of(home) as instance:
        for entry in at_one_instant:
            plain.event_log_storage.store_event(entry)
        assert records(instance) == records(plain)
        assert asked(instance) == asked(plain)
        assert rows(instance) == rows(plain) != []


def rows(instance):
    with instance.event_log_storage.index_connection() as connection:
        return connection.execute(SqlEventLogStorageTable.select().order_by(SqlEventLogStorageTable.c.id)).all()


def records(instance):
    log, release, submission = instance.event_log_storage, dg.AssetKey("release"), dg.AssetKey("submission")
    found = [log.fetch_materializations(release, 99), log.fetch_materializations(submission, 99)]
    return [record for each in [*found, log.fetch_observations(submission, 99)] for record in each.records]


def asked(instance):
    log, submission = instance.event_log_storage, dg.AssetKey("submission")
    return (
        [log.get_asset_records([dg.AssetKey(name)])[0].asset_entry for name in ("release", "submission")],
        log.get_latest_storage_id_by_partition(submission, dg.DagsterEventType.ASSET_MATERIALIZATION),
        log.get_latest_storage_id_by_partition(submission, dg.DagsterEventType.ASSET_OBSERVATION),
        log.get_event_tags_for_asset(submission),
    )


def test_an_event_that_cannot_be_stored_is_an_error_of_whoever_asks(instance, monkeypatch):
    def refuse(*_):
        raise OSError("no space left")

    monkeypatch.setattr(ConsolidatedSqliteEventLogStorage, "store_event", refuse)
    instance.report_runless_asset_event(dg.AssetMaterialization("release"))
    with pytest.raises(OSError, match="no space left"):
        instance.get_asset_records([dg.AssetKey("release")])


def test_what_cannot_be_stored_takes_nothing_along_that_waits_with_it(home, tmp_path, monkeypatch):
    store, names = ConsolidatedSqliteEventLogStorage.store_event, ("a", "b", "refused", "c", "d")

    def refuse_one(log, entry):
        if entry.dagster_event.asset_key == dg.AssetKey("refused"):
            raise OSError("no space left")
        store(log, entry)

    (tmp_path / "plain").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "plain")) as plain:
        for name in names:
            plain.report_runless_asset_event(dg.AssetMaterialization(name))
        entries = [plain.get_latest_materialization_event(dg.AssetKey(name)) for name in names]
    monkeypatch.setattr(ConsolidatedSqliteEventLogStorage, "store_event", refuse_one)
    with pytest.raises(OSError, match="no space left"):
        store_together(home, entries)
    with instance_of(home) as instance:
        assert {key.to_user_string() for key in instance.get_asset_keys()} == {*names} - {"refused"}


def test_an_interruption_while_the_writer_is_called_leaves_nobody_waiting(instance, monkeypatch):
    log = instance.event_log_storage
    submit, calls = log._writer.submit, []

    def interrupted_once(*task):
        calls.append(task)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return submit(*task)

    log._settle(None)
    monkeypatch.setattr(log._writer, "submit", interrupted_once)
    with pytest.raises(KeyboardInterrupt):
        instance.report_runless_asset_event(dg.AssetMaterialization("interrupted"))
    left, is_storing = len(log._told), log._is_storing
    log._told.clear()
    log._is_storing = False
    assert (left, is_storing) == (0, False)
    instance.report_runless_asset_event(dg.AssetMaterialization("release"))
    assert [key.to_user_string() for key in instance.get_asset_keys()] == ["release"]


def test_who_asks_for_an_asset_does_not_look_again_and_again_at_what_waits(instance, monkeypatch):
    log, hash_of, looked_at, may_store = instance.event_log_storage, dg.AssetKey.__hash__, [], Event()

    def counted(key):
        looked_at.append(key)
        may_store.set()
        return hash_of(key)

    log._writer.submit(may_store.wait)
    keys = [dg.AssetKey(f"release_{number}") for number in range(200)]
    for key in keys:
        instance.report_runless_asset_event(dg.AssetMaterialization(key))
    wanted = frozenset(keys[-1:])
    monkeypatch.setattr(dg.AssetKey, "__hash__", counted)
    log._settle(wanted)
    monkeypatch.undo()
    assert len(instance.get_asset_keys()) == len(keys)
    assert len(looked_at) < 20 * len(keys)


def store_together(home, entries):
    with instance_of(with_dagster(home)) as instance:
        log, all_told = instance.event_log_storage, Event()
        log._writer.submit(all_told.wait)
        for entry in entries:
            log.store_event(entry)
        all_told.set()


def test_an_event_that_cannot_be_stored_is_an_error_at_the_end(home, monkeypatch):
    def refuse(*_):
        raise OSError("no space left")

    monkeypatch.setattr(ConsolidatedSqliteEventLogStorage, "store_event", refuse)
    with pytest.raises(OSError, match="no space left"), instance_of(with_dagster(home)) as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization("release"))


def test_an_empty_inbox_starts_nothing(home, instance):
    assert isinstance(look(instance)[0], dg.SkipReason)


def test_a_file_at_rest_starts_one_night_and_no_second(home, instance):
    drop(home, "甲.md")
    said, cursor = look(instance)
    assert isinstance(said, dg.SkipReason)
    request, cursor = look(instance, cursor)
    assert isinstance(request, dg.RunRequest)
    assert isinstance(look(instance, cursor)[0], dg.SkipReason)
    drop(home, "甲.md", "新内容")
    _, cursor = look(instance, cursor)
    again, _ = look(instance, cursor)
    assert isinstance(again, dg.RunRequest)
    assert again.run_key != request.run_key


def test_a_file_that_is_still_being_written_waits(home, instance):
    cursor = None
    for text in ("一半", "一半又一半", "全部内容"):
        drop(home, "甲.md", text)
        said, cursor = look(instance, cursor)
        assert isinstance(said, dg.SkipReason)
    assert isinstance(look(instance, cursor)[0], dg.RunRequest)


def test_a_file_rests_as_long_as_the_settings_say(home, instance):
    home.config.write_text("settle_seconds = 3600\n")
    drop(home, "甲.md")
    _, cursor = look(instance)
    assert isinstance(look(instance, cursor)[0], dg.SkipReason)
    hour_ago = json.dumps({**json.loads(cursor), "seen_at": AN_HOUR_AGO})
    assert isinstance(look(instance, hour_ago)[0], dg.RunRequest)


@pytest.mark.parametrize("cursor", ["", "abc", "[1]", '{"other": 1}'])
def test_a_cursor_that_cannot_be_read_is_as_none(home, instance, cursor):
    drop(home, "甲.md", modified=time.time() + 9e6)
    _, cursor = look(instance, cursor)
    assert isinstance(look(instance, cursor)[0], dg.RunRequest)


def test_no_night_is_asked_for_while_one_is_running(home, instance):
    drop(home, "甲.md")
    instance.create_run_for_job(defs.resolve_job_def("nightly"), status=dg.DagsterRunStatus.STARTED)
    _, cursor = look(instance)
    said, after = look(instance, cursor)
    assert isinstance(said, dg.SkipReason)
    assert after == cursor


def test_a_run_that_vanished_is_alerted_by_the_sensor_once(home, instance):
    run = instance.create_run_for_job(defs.resolve_job_def("nightly"), status=dg.DagsterRunStatus.STARTED)
    event = instance.report_run_failed(run)
    context = dg.build_run_status_sensor_context(
        sensor_name=failure_sensor.name, dagster_instance=instance, dagster_run=run, dagster_event=event
    ).for_run_failure()
    failure_sensor(context)
    (path,) = home.alerts.iterdir()
    assert "请再运行一次" in json.loads(path.read_text("utf-8"))["message"]
    assert alert_failure(home, run.run_id, "另一种说法", "", datetime.now(UTC)) is None
