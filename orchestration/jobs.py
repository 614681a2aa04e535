"""The night as a job, and the night as a call: ``jixiao nightly`` runs the same job in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from orchestration.alerts import alert_failure
from orchestration.assets.stages import STAGES
from orchestration.dagster_home import instance_of
from orchestration.night.log import NightLog, read_night_log
from orchestration.resources import JOB_NAME
from orchestration.retries import INTERRUPTED, INTERRUPTIONS, NoAnswer, broken_inside, sentence_of_mendable
from orchestration.watching import WATCHES
from warehouse.errors import JixiaoError, SystemFault
from warehouse.home import Home

nightly_job = dg.define_asset_job(
    JOB_NAME,
    selection=dg.AssetSelection.assets(*STAGES) - dg.AssetSelection.checks(*WATCHES),
    executor_def=dg.in_process_executor,
    tags={"dagster/retry_strategy": "ALL_STEPS"},
    description="收取收件夹中的新文件，评判、入库、发布；没有新内容时不产生发布。",
)


@dataclass(frozen=True, slots=True)
class NightResult:
    """How a night ended. ``log`` is None when it failed before it could write one; ``message`` says why it failed, in
    Chinese, ``detail`` in English for the log."""

    success: bool
    run_id: str
    log: NightLog | None
    message: str | None = None
    detail: str = ""


def run_nightly(home: Home, inbox: Path | None, now: datetime) -> NightResult:
    """One night in this process, recorded in the home's Dagster instance; a failure also raises an alert.

    ``now`` is when the files are taken in. An error of a stage is in the result, not raised; HomeFault when the
    home cannot be made, SystemFault when the night cannot be recorded.
    """
    from orchestration.alerting.telling import tell_of_failure
    from orchestration.definitions import defs

    night = {
        "home": str(home.path),
        "inbox": str(inbox.absolute()) if inbox else None,
        "now": now.isoformat(),
    }
    config = {
        "resources": {"night": {"config": {key: value for key, value in night.items() if value}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    job = defs.resolve_job_def(JOB_NAME)
    with _recording(home):
        with instance_of(home) as instance:
            result = job.execute_in_process(run_config=config, instance=instance, raise_on_error=False)
            message, detail = (None, "") if result.success else failure_of_run(instance, result.run_id)
        if message:
            alert_failure(home, result.run_id, message, detail, now)
            tell_of_failure(home, result.run_id, message, now)
    return NightResult(result.success, result.run_id, read_night_log(home, result.run_id), message, detail)


_DAMAGED = ("file is not a database", "database disk image is malformed")
"""What SQLite says of a file that is none of its own any more."""
_ANEW = (
    "运行记录“{}”已损坏。请把这个文件夹移走，再运行一次：收到的文件和发布不受影响；"
    "其中有运行历史和定时的开关，用 Dagster 定时的，请随后重新打开定时任务。"
)


@contextmanager
def _recording(home: Home) -> Iterator[None]:
    """SystemFault, with what to do, when Dagster's records are damaged, or they or an alert cannot be written for the
    disk's sake."""
    try:
        yield
    except JixiaoError:
        raise
    except Exception as error:
        is_damaged = any(said in str(error) for said in _DAMAGED)
        sentence = _ANEW.format(home.dagster) if is_damaged else sentence_of_mendable(error, home.dagster)
        if sentence is None:
            raise
        raise SystemFault(sentence, str(error)) from error


def failure_of_run(instance: dg.DagsterInstance, run_id: str) -> tuple[str, str]:
    """Why a run failed: the Chinese sentence for whoever can act, and the English detail for the log."""
    for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        failure = entry.get_dagster_event().step_failure_data
        causes = list(_causes(failure.error))
        detail = causes[-1].to_string() if causes else ""
        if failure.user_failure_data and failure.user_failure_data.description:
            return failure.user_failure_data.description, detail
        names = {cause.cls_name for cause in causes}
        if not names.isdisjoint(each.__name__ for each in INTERRUPTIONS):  # raised by Dagster between stages
            return INTERRUPTED, detail
        if NoAnswer.__name__ in names:
            return NoAnswer.SENTENCE, detail
        return broken_inside((causes[-1].cls_name if causes else None) or "Dagster"), detail
    return "任务没有走完，进程可能被结束；请再运行一次。", ""


def _causes(error: SerializableErrorInfo | None) -> Iterator[SerializableErrorInfo]:
    """The error and what caused it, the first cause last."""
    while error:
        yield error
        error = error.cause
