"""All that Dagster is told, in one object. Loading it reads code and the data files that ship with it, no more."""

from __future__ import annotations

import dagster as dg

from orchestration.assets.stages import STAGES
from orchestration.jobs import nightly_job
from orchestration.partitions import SUBMISSION
from orchestration.resources import Night
from orchestration.schedules import nightly_schedule
from orchestration.sensors import failure_sensor, inbox_sensor
from orchestration.watching import WATCHES, watch_job, watch_schedule

defs = dg.Definitions(
    assets=[*STAGES, SUBMISSION],
    asset_checks=WATCHES,
    jobs=[nightly_job, watch_job],
    schedules=[nightly_schedule, watch_schedule],
    sensors=[inbox_sensor, failure_sensor],
    resources={"night": Night()},
    executor=dg.in_process_executor,
)
