"""When the night runs. Off until somebody switches it on."""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import nightly_job

nightly_schedule = dg.ScheduleDefinition(
    name="nightly_schedule",
    job=nightly_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="每天凌晨两点（北京时间）。",
)
