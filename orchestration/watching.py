"""Checks that look at a home from beside the nights: whether these still come, and who is overdue. They change nothing.

A night cannot tell that it did not come; so they run by a clock of their own, and alert.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from orchestration.assets.tables import asset_key
from orchestration.resources import JOB_NAME, Night

RELEASE = dg.AssetKey("release")
ROSTER = asset_key("quality.roster")
_SHOWN = 50


@dg.asset_check(
    asset=RELEASE,
    name="fresh",
    description="最近几晚（fresh_nights）之内有成功的夜间任务，且没有文件等了更久还没有发布。",
)
def fresh(context: dg.AssetCheckExecutionContext, night: Night) -> dg.AssetCheckResult:
    """Fails, and alerts, when nights stay away or publish nothing of what waits."""
    from orchestration.alerting.telling import tell_of_silence
    from orchestration.settings import load_settings
    from warehouse.archive.archive import Archive
    from warehouse.ledger.ledger import Ledger
    from warehouse.release.releases import Releases

    home, now = night.place, datetime.now(UTC)
    limit = timedelta(days=load_settings(home).fresh_nights)
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        waits_since = min((each.received_at for each in ledger.pending() if each.is_news), default=now)
    last = _last_night(context.instance)
    release = Releases(home).current()
    is_fresh = last is not None and now - last <= limit and now - waits_since <= limit
    if not is_fresh:
        tell_of_silence(home, last, now)
    return _warning(
        is_fresh,
        {
            "last_night": last.isoformat() if last else "从未成功",
            "release_id": release.release_id if release else "还没有发布",
            "waits_since": waits_since.isoformat() if waits_since < now else "没有文件在等",
        },
    )


@dg.asset_check(
    asset=ROSTER,
    name="on_time",
    description="报送截止日已过的年度，每个部门都有已采纳的报送。",
)
def on_time(night: Night) -> dg.AssetCheckResult:
    """Fails with the departments that are overdue, the latest years first."""
    from warehouse.desk import has_release, open_release, rows_of
    from warehouse.release.releases import BEIJING

    if not has_release(night.place):
        return _warning(True, {"overdue": 0})
    with open_release(night.place) as release:
        rows = rows_of(release, "overdue", today=datetime.now(BEIJING).date())
    named = "\n".join(f"- {row['fiscal_year']} 年度 {row['short_name']}，应于 {row['due_on']}" for row in rows[:_SHOWN])
    return _warning(not rows, {"overdue": len(rows), "departments": dg.MetadataValue.md(named or "无")})


WATCHES = [fresh, on_time]
watch_job = dg.define_asset_job(
    "watch",
    selection=dg.AssetSelection.checks(*WATCHES),
    executor_def=dg.in_process_executor,
    description="查看夜间任务是否按时进行、哪些部门逾期未报；不改动任何数据。",
)
watch_schedule = dg.ScheduleDefinition(
    name="watch_schedule",
    job=watch_job,
    cron_schedule="0 8 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="每天早上八点（北京时间）。",
)


def _last_night(instance: dg.DagsterInstance) -> datetime | None:
    """When a night last ended well."""
    ended_well = dg.RunsFilter(job_name=JOB_NAME, statuses=[dg.DagsterRunStatus.SUCCESS])
    records = instance.get_run_records(ended_well, limit=1)
    ended_at = records[0].end_time if records else None
    return datetime.fromtimestamp(ended_at, UTC) if ended_at else None


def _warning(is_passed: bool, metadata: dict[str, Any]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=is_passed, severity=dg.AssetCheckSeverity.WARN, metadata=metadata)
