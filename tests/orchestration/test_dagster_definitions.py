"""What Dagster is told: every table, view, rule and contract once; the import is cheap and touches nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from expectations.catalogue import load_catalogue
from orchestration.checks import AUDIT, CONTRACT
from orchestration.definitions import defs
from orchestration.jobs import nightly_job
from orchestration.partitions import SUBMISSION
from orchestration.schedules import nightly_schedule
from orchestration.sensors import failure_sensor, inbox_sensor
from warehouse.registry import TABLES, tables_of
from warehouse.views import views

pytestmark = pytest.mark.contract

ROOT = Path(__file__).parents[2]
STAGES = [
    "received_files", "document_facts", "star_frames", "contracts", "verdicts", "warehouse_build", "release",
    "proof", "return_slips", "messages",
]  # fmt: skip

WATCHED_IMPORT = """
import json, sys
import dagster  # what it does itself on import is not ours
touched = []
def watch(event, arguments):
    if event == "open" and not (isinstance(arguments[0], str) and arguments[2] & 3 == 0):
        touched.append(str(arguments))
    if event in ("socket.connect", "sqlite3.connect", "subprocess.Popen", "os.mkdir", "os.rename", "os.remove"):
        touched.append(event)
sys.addaudithook(watch)
import orchestration.definitions
heavy = {"great_expectations", "pandera", "duckdb", "pandas", "apprise", "orchestration.night.line"} & set(sys.modules)
print(json.dumps({"touched": touched, "heavy": sorted(heavy)}))
"""


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_import_warns_of_nothing_loads_nothing_heavy_and_touches_nothing(tmp_path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "JIXIAO_HOME": str(tmp_path / "home"),
    }
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", WATCHED_IMPORT],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert json.loads(ran.stdout) == {"touched": [], "heavy": []}
    assert list(tmp_path.iterdir()) == []


def test_stages_follow_each_other(graph):
    parents = {key: {each.to_user_string() for each in graph.get(dg.AssetKey(key)).parent_keys} for key in STAGES}
    assert parents == {key: {before} if before else set() for key, before in zip(STAGES, [None, *STAGES], strict=False)}


def test_every_table_is_an_asset_with_the_columns_of_its_definition(graph):
    for table in TABLES:
        node = graph.get(dg.AssetKey([table.schema, table.name]))
        columns = node.metadata["dagster/column_schema"].columns
        assert [(each.name, each.type, each.constraints.nullable) for each in columns] == [
            (column.name, column.kind.sql, column.nullable) for column in table.columns
        ]
        assert all(each.description for each in columns)
        assert table.title in node.description
        assert node.group_name == table.schema
        assert node.parent_keys == {dg.AssetKey("warehouse_build")}


def test_every_view_is_an_asset_below_the_tables_it_reads(graph):
    assert views()
    for view in views():
        node = graph.get(dg.AssetKey([view.schema, view.name]))
        assert {".".join(key.path) for key in node.parent_keys} == set(view.sources)


def test_the_nightly_job_makes_all_but_the_submissions_in_one_step_a_stage():
    job = defs.resolve_job_def(nightly_job.name)
    made = {key.to_user_string() for key in job.asset_layer.selected_asset_keys}
    names = {f"{each.schema}/{each.name}" for each in (*TABLES, *views())}
    assert made == {*STAGES, *names}
    assert len(job.nodes) == len(STAGES)
    assert job.executor_def is dg.in_process_executor


def test_a_backlog_is_one_run_whose_partitions_only_show(graph):
    assert defs.resolve_job_def(nightly_job.name).partitions_def is None
    node = graph.get(SUBMISSION.key)
    assert node.is_partitioned
    assert not node.is_materializable


def test_every_rule_is_one_check_of_the_verdicts(graph):
    rules = {rule.id for rule in load_catalogue().rules}
    keys = graph.asset_check_keys
    assert {key.name for key in keys if key.asset_key == dg.AssetKey("verdicts")} == rules


def test_every_core_table_has_a_contract_check(graph):
    assert {tuple(key.asset_key.path) for key in graph.asset_check_keys if key.name == CONTRACT} == {
        (table.schema, table.name) for table in tables_of("core")
    }


def test_the_build_has_an_audit_check(graph):
    assert AUDIT.key in graph.asset_check_keys
    assert AUDIT.asset_key == dg.AssetKey("warehouse_build")


def test_submissions_are_partitioned_by_year_and_department(graph):
    partitions = graph.get(SUBMISSION.key).partitions_def
    assert isinstance(partitions, dg.MultiPartitionsDefinition)
    assert partitions.partition_dimension_names == ["department", "fiscal_year"]
    assert SUBMISSION.key not in defs.resolve_job_def(nightly_job.name).asset_layer.selected_asset_keys


def test_the_clock_and_the_inbox_start_nothing_until_switched_on():
    assert nightly_schedule.cron_schedule == "0 2 * * *"
    assert nightly_schedule.execution_timezone == "Asia/Shanghai"
    assert nightly_schedule.default_status is dg.DefaultScheduleStatus.STOPPED
    assert inbox_sensor.default_status is dg.DefaultSensorStatus.STOPPED
    assert failure_sensor.default_status is dg.DefaultSensorStatus.RUNNING


def test_what_dagster_is_told_besides_tables_views_and_rules():
    """A change of a name loses the history under the old one, so it is to be meant."""
    told = {
        "jobs": {job.name for job in defs.resolve_all_job_defs() if not job.name.startswith("__")},
        "schedules": {each.name: (each.job_name, each.cron_schedule) for each in defs.schedules},
        "sensors": {each.name for each in defs.sensors},
        "resources": set(defs.resources),
        "checks": {
            f"{key.asset_key.to_user_string()}:{key.name}"
            for key in defs.resolve_asset_graph().asset_check_keys
            if key.name != CONTRACT and key.asset_key != dg.AssetKey("verdicts")
        },
        "groups": {node.group_name for node in defs.resolve_asset_graph().asset_nodes},
    }
    assert told == {
        "jobs": {"nightly", "watch"},
        "schedules": {"nightly_schedule": ("nightly", "0 2 * * *"), "watch_schedule": ("watch", "0 8 * * *")},
        "sensors": {"inbox_sensor", "failure_sensor"},
        "resources": {"night"},
        "checks": {"warehouse_build:audit", "proof:proof", "release:fresh", "quality/roster:on_time"},
        "groups": {"night", "submissions", "core", "quality", "meta", "mart"},
    }


def test_every_asset_and_check_says_what_it_is_whose_and_where_it_belongs(graph):
    for node in graph.asset_nodes:
        name = node.key.to_user_string()
        assert node.description, name
        assert node.owners, name
        assert node.group_name != "default", name
        assert node.kinds, name
    for key in graph.asset_check_keys:
        assert graph.get_check_spec(key).description, key


def test_stages_write_one_run_at_a_time(graph):
    job = defs.resolve_job_def(nightly_job.name)
    assert {node.definition.pools == {"writer"} for node in job.nodes} == {True}


def test_the_schedule_asks_for_the_nightly_job():
    (request,) = nightly_schedule.evaluate_tick(dg.build_schedule_context()).run_requests
    assert request.run_config == {}
    assert nightly_schedule.job_name == nightly_job.name
