"""Alerts: a file in the home's ``alerts/`` and a log line for what somebody must act on. No channel, no judgement.

The name of a file derives from what it tells, so a night that is run again never tells the same thing twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from orchestration.night.results import Malformed
from warehouse.files import write_atomically
from warehouse.home import Home

LOG = logging.getLogger("jixiao.alerts")

_OUTCOMES = {"quarantined": "已退回", "unreadable": "无法读取"}
_LONGEST_NAME = 40
_MOST_PROBLEMS = 5
"""Problems that a message quotes; the file has all."""
_NOT_FOR_NAMES = re.compile(r"[^\w-]+")


def alert_malformed(home: Home, submissions: Sequence[Malformed], raised_at: datetime) -> list[Path]:
    """One alert for each malformed submission that none tells of yet; the new files."""
    return [
        path
        for each in submissions
        if (path := _raise(home, _malformed_name(each), _malformed_message(each), asdict(each), raised_at))
    ]


def alert_failure(home: Home, run_id: str, message: str, detail: str, raised_at: datetime) -> Path | None:
    """One alert for a run that failed; None if it stands already. ``detail`` is for the log, in English."""
    told = {"run_id": run_id, "detail": detail}
    return _raise(home, f"failure-{run_id}", f"夜间任务失败：{message}", told, raised_at)


def alert_unproven(home: Home, problems: Sequence[str], raised_at: datetime) -> Path | None:
    """One alert for what a proof found wrong; None if it found nothing, or the same stands already."""
    if not problems:
        return None
    digest = hashlib.sha256("\n".join(problems).encode()).hexdigest()[:12]
    message = f"核验不通过，请不要使用当前发布：{'；'.join(problems[:_MOST_PROBLEMS])}"
    return _raise(home, f"proof-{digest}", message, {"problems": list(problems)}, raised_at)


def _raise(home: Home, name: str, message: str, told: Mapping[str, object], raised_at: datetime) -> Path | None:
    path = home.alerts / f"{name}.json"
    if path.exists():
        return None
    home.alerts.mkdir(parents=True, exist_ok=True)
    content = {"message": message, "raised_at": raised_at.isoformat(), **told}
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1, default=str).encode())
    LOG.warning("%s（告警文件 %s）", message, path.name)
    return path


def _malformed_name(submission: Malformed) -> str:
    identity = json.dumps(asdict(submission), ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(identity.encode()).hexdigest()[:12]
    who = _NOT_FOR_NAMES.sub("_", submission.department or "部门不明")[:_LONGEST_NAME]
    return f"{submission.fiscal_year or '年度不明'}-{who}-{digest}"


def _malformed_message(submission: Malformed) -> str:
    who = f"{submission.department or '部门不明'} {submission.fiscal_year or '年度不明'}"
    outcome = _OUTCOMES.get(submission.outcome, submission.outcome)
    return f"“{submission.file_name}”（{who}）{outcome}：{_why(submission)}"


def _why(submission: Malformed) -> str:
    if submission.reason:
        return submission.reason
    first = next(iter(submission.findings), "")
    others = len(submission.findings) - 1
    return f"{first}（另有问题 {others} 处）" if others > 0 else first
