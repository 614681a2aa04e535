"""The nightly job run by a real Dagster in process, on a line whose outcomes the test sets."""

import errno
import json
import os
import resource
import signal
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from types import SimpleNamespace

import dagster as dg
import duckdb
import polars as pl
import pytest
from homes import with_dagster

from orchestration.dagster_home import instance_of
from orchestration.definitions import defs
from orchestration.jobs import NightResult, failure_of_run, run_nightly
from orchestration.night.results import ContractOutcome, Malformed, RuleOutcome, StageReport, SubmissionState
from orchestration.retries import only_what_can_pass, sentence_of_mendable
from warehouse.errors import JixiaoError, ReleaseFault, UsageError
from warehouse.home import Home, exclusive

pytestmark = pytest.mark.pipeline

NOW = datetime(2024, 7, 1, 18, tzinfo=UTC)
STAGES = ["take_in", "read", "conform", "check_contracts", "judge", "build", "publish", "prove", "write_slips", "tell"]
BAD = Malformed("乙/报告.md", "乙街道", 2023, "quarantined", "", "ab", ("第 3 行：应为 98.5%", "第 9 行：没有单位"))
UNREADABLE = Malformed("坏.md", None, None, "unreadable", "不是文本文件", "cd")
STATES = [
    SubmissionState("a", 2023, "accepted", 1, 1),
    SubmissionState("b", 2023, "quarantined", 2, 1),
]


class FakeLine:
    """A line that records its calls; ``errors`` are raised by the stage of that name, one a call."""

    def __init__(self):
        self.calls = []
        self.errors = {}
        self.has_work = True
        self.base = None
        self.malformed_ones = [UNREADABLE, BAD]
        self.unproven = ()
        self.made_for = None
        self.held = nullcontext()

    def __call__(self, home, settings, night_id, now, inbox=None):
        if self.errors.get("open"):
            raise self.errors["open"].pop(0)
        self.made_for = (home.path, night_id, now, inbox)
        return self

    def __getattr__(self, name):
        if name not in STAGES:
            raise AttributeError(name)

        def stage():
            self.calls.append(name)
            if self.errors.get(name):
                raise self.errors[name].pop(0)
            return StageReport({"core.fact_headcount": 5, "release_id": "r1"})

        return stage

    def rule_outcomes(self):
        return [RuleOutcome("C01", "标题", "blocking", 3, 1, 2)]

    def contract_outcomes(self):
        return [ContractOutcome("core.fact_headcount", 2)]

    def changed_submissions(self):
        return STATES

    def malformed(self):
        return self.malformed_ones

    def proof_problems(self):
        return self.unproven


@pytest.fixture
def line(monkeypatch):
    fake = FakeLine()
    monkeypatch.setitem(sys.modules, "orchestration.night.line", SimpleNamespace(Line=fake))
    return fake


@pytest.fixture
def home(tmp_path):
    return with_dagster(Home(tmp_path / "数据 目录"))


def night(home: Home, inbox: Path | None = None) -> NightResult:
    return run_nightly(home, inbox, NOW)


def events(home: Home, result: NightResult, kind: dg.DagsterEventType) -> list[dg.DagsterEvent]:
    with instance_of(home) as instance:
        return [entry.dagster_event for entry in instance.all_logs(result.run_id, of_type=kind)]


def checks(home: Home, result: NightResult) -> dict[tuple[str, str], object]:
    evaluations = [
        event.asset_check_evaluation_data for event in events(home, result, dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    ]
    return {(each.asset_key.to_user_string(), each.check_name): each for each in evaluations}


def alerts(home: Home) -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(home.alerts.glob("*.json"))]


def test_a_night_runs_every_stage_once_and_materializes_every_asset(home, line, tmp_path):
    result = night(home, tmp_path)
    assert result.success
    assert result.message is None
    assert line.calls == STAGES
    assert line.made_for == (home.path, result.run_id, NOW, tmp_path)
    made = {
        event.asset_key: event.materialization.metadata
        for event in events(home, result, dg.DagsterEventType.ASSET_MATERIALIZATION)
    }
    job = defs.resolve_job_def("nightly")
    assert made.keys() == {*job.asset_layer.selected_asset_keys, dg.AssetKey("submission")}
    assert made[dg.AssetKey("release")]["release_id"].value == "r1"
    assert made[dg.AssetKey(["core", "fact_headcount"])]["dagster/row_count"].value == 5
    assert "dagster/row_count" not in made[dg.AssetKey(["core", "fact_goal"])]


def test_only_changed_submissions_are_reported_in_their_partitions(home, line):
    result = night(home)
    with instance_of(home) as instance:
        assert instance.get_dynamic_partitions("fiscal_year") == ["2023"]
        assert instance.get_dynamic_partitions("department") == ["a", "b"]
        assert instance.get_materialized_partitions(dg.AssetKey("submission")) == {"a|2023"}
        (observed,) = instance.fetch_observations(dg.AssetKey("submission"), limit=10).records
    assert observed.partition_key == "b|2023"
    assert observed.asset_observation.metadata["status"].value == "quarantined"
    assert observed.run_id == result.run_id


def test_a_failed_rule_or_contract_warns_and_stops_nothing(home, line):
    result = night(home)
    said = checks(home, result)
    failed = {key: each for key, each in said.items() if not each.passed}
    assert failed.keys() == {("verdicts", "C01"), ("core/fact_headcount", "contract")}
    assert all(each.severity is dg.AssetCheckSeverity.WARN for each in failed.values())
    rule = failed["verdicts", "C01"].metadata
    assert {name: rule[name].value for name in ("passed", "failed", "not_applicable")} == {
        "passed": 3, "failed": 1, "not_applicable": 2,
    }  # fmt: skip
    assert said["warehouse_build", "audit"].passed
    assert "publish" in line.calls


def test_a_night_with_nothing_new_succeeds_skips_the_rest_and_shows_what_it_saw(home, line):
    line.has_work = False
    result = night(home)
    assert result.success
    assert line.calls == ["take_in", "prove", "write_slips", "tell"]
    assert len(events(home, result, dg.DagsterEventType.STEP_SKIPPED)) == len(STAGES) - 1
    assert events(home, result, dg.DagsterEventType.ASSET_MATERIALIZATION) == []
    (seen,) = events(home, result, dg.DagsterEventType.ASSET_OBSERVATION)
    assert seen.asset_key == dg.AssetKey("received_files")
    assert alerts(home) == []


def test_each_malformed_submission_is_alerted_once_whatever_runs_again(home, line):
    night(home)
    told = {each["file_name"]: each for each in alerts(home)}
    assert told.keys() == {"乙/报告.md", "坏.md"}
    assert told["乙/报告.md"]["message"] == "“乙/报告.md”（乙街道 2023）已退回：第 3 行：应为 98.5%（另有问题 1 处）"
    assert told["乙/报告.md"]["findings"] == list(BAD.findings)
    assert told["坏.md"]["message"] == "“坏.md”（部门不明 年度不明）无法读取：不是文本文件"
    before = {path: path.stat().st_mtime_ns for path in home.alerts.iterdir()}
    night(home)
    assert {path: path.stat().st_mtime_ns for path in home.alerts.iterdir()} == before


def test_malformed_submissions_are_alerted_before_anything_is_built(home, line):
    line.errors["build"] = [JixiaoError("建不成", "broken")]
    assert not night(home).success
    assert {each.get("file_name") for each in alerts(home)} == {"乙/报告.md", "坏.md", None}


def test_alerts_stand_in_the_log_of_the_run(home, line):
    result = night(home)
    with instance_of(home) as instance:
        lines = [entry.user_message for entry in instance.all_logs(result.run_id) if not entry.is_dagster_event]
    assert len([each for each in lines if "乙/报告.md" in each]) == 1


def test_an_error_with_a_reason_fails_the_run_at_once_and_says_why(home, line):
    line.errors["conform"] = [UsageError("名录第 3 行有误", "bad registry"), UsageError("x")]
    result = night(home)
    assert not result.success
    assert result.message == "名录第 3 行有误"
    assert line.calls == ["take_in", "read", "conform"]
    (failure,) = [each for each in alerts(home) if "run_id" in each]
    assert "名录第 3 行有误" in failure["message"]
    assert "bad registry" in failure["detail"]


def test_an_error_that_can_pass_is_tried_again(home, line):
    line.errors["read"] = [OSError(errno.EIO, "disk")]
    result = night(home)
    assert result.success
    assert line.calls == ["take_in", "read", *STAGES[1:]]


def test_a_release_whose_partitions_could_not_be_told_of_at_once_is_told_of_at_last(home, line, monkeypatch):
    errors = [OSError(errno.EIO, "disk")]

    def changed():
        if errors and "publish" in line.calls:
            raise errors.pop()
        return STATES

    monkeypatch.setattr(line, "changed_submissions", changed)
    assert night(home).success
    assert [name for name in line.calls if name == "publish"] == ["publish", "publish"]
    with instance_of(home) as instance:
        assert instance.get_materialized_partitions(dg.AssetKey("submission")) == {"a|2023"}


def test_a_night_that_could_not_be_opened_is_not_in_its_own_way(home, line):
    line.errors["open"] = [OSError(errno.EIO, "disk")]
    assert night(home).success
    assert line.calls == STAGES


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "gone"), ValueError("bug")])
def test_an_error_that_cannot_pass_is_not_tried_again(home, line, error):
    line.errors["read"] = [error, error]
    result = night(home)
    assert not result.success
    assert result.message.startswith(f"系统内部出错（{type(error).__name__}）")
    assert line.calls == ["take_in", "read"]


def interrupted_python():
    signal.raise_signal(signal.SIGTERM)


def interrupted_query():
    Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    alone = duckdb.connect(config={"threads": 1})  # where others work too, DuckDB waits for them
    alone.execute("SELECT sum(sin(range)) FROM range(2_000_000_000)").fetchall()


class ReportOfInterrupted:
    """Of a stage that is done; the interruption comes while Dagster is told so."""

    @property
    def counts(self):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("interrupted", [interrupted_python, interrupted_query, ReportOfInterrupted])
@pytest.mark.parametrize("name", ["take_in", "conform", "judge", "build", "prove"])
def test_an_interrupted_night_ends_at_once_and_says_so(home, line, name, interrupted):
    def stage():
        line.calls.append(name)
        return interrupted()

    setattr(line, name, stage)
    result = night(home)
    assert not result.success
    assert result.message.startswith("任务被中断")
    assert line.calls == STAGES[: STAGES.index(name) + 1], "not tried again"


FULL = "parquet: underlying IO error: No space left on device (os error 28)"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "full"), "磁盘已满"),
        (pl.exceptions.ComputeError(FULL), "磁盘已满"),
        (duckdb.IOException('IO Error: Cannot open file "x": Permission denied'), "没有读写数据目录的权限"),
        (OSError(errno.EROFS, "read-only"), "磁盘只能读"),
    ],
)
def test_what_an_operator_can_mend_is_told_as_that(tmp_path, error, sentence):
    with pytest.raises(dg.Failure) as failure, only_what_can_pass(tmp_path):
        raise error
    assert failure.value.description.startswith(sentence)
    assert not failure.value.allow_retries


def test_a_disk_is_asked_itself_where_a_library_keeps_the_cause_to_itself(tmp_path):
    message = sentence_of_mendable(pl.exceptions.ComputeError("Invalid thrift: transport error"), tmp_path / "gone")
    assert message is None, "a folder that is not there says nothing"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        message = sentence_of_mendable(pl.exceptions.ComputeError("Invalid thrift: transport error"), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert message.startswith("系统限制了文件的大小")
    assert sentence_of_mendable(pl.exceptions.ComputeError("Invalid thrift: transport error"), tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@dg.op
def silent_disk():
    with only_what_can_pass(Path()):
        raise OSError(errno.EIO, "disk")


@dg.op(out={"twice": dg.Out(int)})
def broken_outside_the_line():
    yield dg.Output("no number", "twice")


@dg.op(out={"one": dg.Out(int), "two": dg.Out(int)})
def interrupted_outside_the_line():
    yield dg.Output(1, "one")
    raise dg.DagsterExecutionInterruptedError


@pytest.mark.parametrize(
    ("op", "sentence"),
    [
        (silent_disk, "磁盘或网络没有应答"),
        (broken_outside_the_line, "系统内部出错（"),
        (interrupted_outside_the_line, "任务被中断"),
    ],
    ids=["no answer", "Dagster itself", "interrupted"],
)
def test_why_a_run_failed_is_told_as_it_was(home, op, sentence):
    job = dg.GraphDefinition("failing", node_defs=[op]).to_job()
    with instance_of(home) as instance:
        run = job.execute_in_process(instance=instance, raise_on_error=False)
        message, detail = failure_of_run(instance, run.run_id)
    assert message.startswith(sentence)
    assert detail


def test_a_release_that_fails_its_audit_is_not_published_and_fails_the_run(home, line):
    line.errors["build"] = [ReleaseFault("审计未通过", ["一个单位有两个现行版本"])]
    result = night(home)
    assert not result.success
    assert result.message == "审计未通过"
    assert "publish" not in line.calls
    audit = checks(home, result)["warehouse_build", "audit"]
    assert not audit.passed
    assert audit.severity is dg.AssetCheckSeverity.ERROR
    assert "一个单位有两个现行版本" in audit.metadata["violations"].value


def test_a_release_that_cannot_be_proven_fails_its_check_and_is_alerted(home, line):
    line.unproven = ("归档原件 ab 损坏。",)
    result = night(home)
    assert result.success
    proof = checks(home, result)["proof", "proof"]
    assert (proof.passed, proof.severity) == (False, dg.AssetCheckSeverity.ERROR)
    (alert,) = [each for each in alerts(home) if "problems" in each]
    assert "归档原件 ab 损坏" in alert["message"]


def test_a_second_night_at_the_same_time_is_refused_in_plain_words(home, line):
    home.create()
    with exclusive(home):
        result = night(home)
    assert not result.success
    assert "正在写入" in result.message
    assert line.calls == []
    assert night(home).success


def test_the_home_is_free_again_after_a_failed_night(home, line):
    line.errors["read"] = [JixiaoError("坏了")]
    night(home)
    with exclusive(home):
        pass


def test_a_run_that_was_killed_is_closed_by_the_next(home, line):
    with instance_of(home) as instance:
        killed = instance.create_run_for_job(defs.resolve_job_def("nightly"), status=dg.DagsterRunStatus.STARTED)
    night(home)
    with instance_of(home) as instance:
        assert instance.get_run_by_id(killed.run_id).status is dg.DagsterRunStatus.FAILURE


def test_a_run_that_repeats_later_stages_carries_the_same_night_on(home, line):
    line.errors["build"] = [JixiaoError("磁盘已满")]
    first = night(home)
    job = defs.resolve_job_def("nightly")
    config = {"resources": {"night": {"config": {"home": str(home.path), "now": NOW.isoformat()}}}}
    with instance_of(home) as instance:
        again = dg.execute_job(
            dg.reconstructable(nightly_of_definitions),
            instance,
            run_config=config,
            reexecution_options=dg.ReexecutionOptions.from_failure(first.run_id, instance),
        )
        assert again.success
    assert line.made_for[1] == first.run_id
    assert line.calls[-5:] == ["build", "publish", "prove", "write_slips", "tell"]
    assert job.name == "nightly"


def nightly_of_definitions() -> dg.JobDefinition:
    return defs.resolve_job_def("nightly")


def test_a_night_started_by_dagster_takes_home_and_instant_from_its_surroundings(home, line, monkeypatch):
    monkeypatch.setenv("JIXIAO_HOME", str(home.path))
    with instance_of(home) as instance:
        result = defs.resolve_job_def("nightly").execute_in_process(instance=instance)
        created_at = instance.get_run_record_by_id(result.run_id).create_timestamp
    assert line.made_for == (home.path, result.run_id, created_at, None)
