"""What starts a night besides the clock, and what notices a night that failed."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import NamedTuple

import dagster as dg

from orchestration.alerts import alert_failure
from orchestration.dagster_home import home_of_environment
from orchestration.jobs import failure_of_run, nightly_job
from orchestration.resources import JOB_NAME
from orchestration.settings import load_settings
from warehouse.intake.inbox import InboxEntry, walk

_UNDER_WAY = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


@dg.sensor(
    name="inbox_sensor",
    job=nightly_job,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="收件夹有变化、且文件已静置（两次查看之间没有变）后，运行一次夜间任务。",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """The cursor is what the inbox looked like when a night was last asked for, and when it was last looked at.

    A file counts as complete once a whole look finds the inbox as the one before did: no clock but this machine's
    decides, so a share whose clock is wrong, and a copy that keeps the times of its source, do no harm.
    """
    home, now = home_of_environment(), time.time()
    entries = walk(home.inbox) if home.inbox.is_dir() else []
    state, last = inbox_state(entries), Looked.of(context.cursor)
    if not entries or state == last.requested:
        return dg.SkipReason("收件夹没有变化。")
    if state != last.seen:
        context.update_cursor(Looked(last.requested, state, now).text)
        return dg.SkipReason("收件夹中的文件刚刚改动，等它静置后再收。")
    if now - last.seen_at < load_settings(home).settle_seconds:
        return dg.SkipReason("收件夹中的文件静置得还不够久。")
    if context.instance.get_runs(dg.RunsFilter(job_name=JOB_NAME, statuses=_UNDER_WAY), limit=1):
        return dg.SkipReason("夜间任务正在运行，等它结束后再收。")
    context.update_cursor(Looked(state, state, now).text)
    return dg.RunRequest(run_key=state)


class Looked(NamedTuple):
    """``requested``: the state for which a night was last asked; ``seen``, ``seen_at``: the last state that was new,
    and when (seconds since the epoch)."""

    requested: str = ""
    seen: str = ""
    seen_at: float = 0.0

    @classmethod
    def of(cls, cursor: str | None) -> Looked:
        """From a cursor; nothing was looked at before the first, nor before one that cannot be read."""
        try:
            return cls(**json.loads(cursor or "{}"))
        except (ValueError, TypeError):
            return cls()

    @property
    def text(self) -> str:
        """As a cursor."""
        return json.dumps(self._asdict())


@dg.run_failure_sensor(
    name="failure_sensor",
    monitored_jobs=[nightly_job],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="夜间任务失败时告警；进程突然消失的也算。",
)
def failure_sensor(context: dg.RunFailureSensorContext) -> None:
    """Alerts of the runs that the daemon started; ``jixiao nightly`` alerts by itself, under the same name."""
    from orchestration.alerting.telling import tell_of_failure

    home, run_id, now = home_of_environment(), context.dagster_run.run_id, datetime.now(UTC)
    message, detail = failure_of_run(context.instance, run_id)
    alert_failure(home, run_id, message, detail, now)
    tell_of_failure(home, run_id, message, now)


def inbox_state(entries: list[InboxEntry]) -> str:
    """A digest of names, sizes and times of all that lies in the inbox."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(entry.name + f"\0{entry.stamp}\0".encode())
    return digest.hexdigest()
