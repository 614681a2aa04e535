"""The slips of a home: those that a night owes, and the one that somebody asks for. What they say is not made here."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.slips.model import Slip
from expectations.slips.press import Press
from expectations.slips.reading import Office, read_slips
from expectations.slips.shelf import Shelf
from orchestration.settings import Settings
from warehouse.desk import Row, department_known, frame_of, has_release, open_release, rows_of
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.ledger.states import SUPERSEDED, WITHDRAWN

_LOG = logging.getLogger("jixiao.night")
_AT_ONCE = 200
"""Slips whose rows are read together."""


@dataclass(frozen=True, slots=True)
class SlipReport:
    """Word files that were written, below the home's ``slips``; and what could not be, as Chinese sentences."""

    written: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def office_of(home: Home, settings: Settings) -> Office:
    """Who writes the slips of this home."""
    return Office(settings.bureau, settings.reply_days, home.is_synthetic)


def slip_of_department(home: Home, settings: Settings, department: str, year: int) -> Slip | None:
    """The slip of the last version of that year; None when it was accepted without a question.

    UsageError when there is no such department, or nothing was received of it for that year.
    """
    with open_release(home) as release:
        department_id = department_known(release, department)
        found = rows_of(release, "slip_keys", department=department_id, year=year, file=None, sha256=None)
        if not found:
            raise UsageError(f"没有收到“{department}”{year}年度的材料，用 jixiao status --year {year} 可看报送情况。")
        return _first(release, found, office_of(home, settings))


def slip_of_file(home: Home, settings: Settings, file: str) -> Slip | None:
    """The slip of what that file was part of, by its bytes where it lies there, else by its name in the inbox.

    None when it was accepted without a question; UsageError when no such file was ever received.
    """
    path = Path(file)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
    with open_release(home) as release:
        found = rows_of(release, "slip_keys", department=None, year=None, file=file, sha256=sha256)
        if not found:
            raise UsageError(f"没有收到过文件“{file}”。请写它在收件夹中的名称，或文件本身的路径。")
        return _first(release, found, office_of(home, settings))


def _first(release: duckdb.DuckDBPyConnection, found: Sequence[Row], office: Office) -> Slip | None:
    key, status = int(str(found[0]["slip_key"])), str(found[0]["status"])
    if status in (SUPERSEDED, WITHDRAWN):
        raise UsageError("这份材料已被新的版本取代或已撤回，不再退回。请用 --department 和 --year 写现行版本的退回单。")
    return next(read_slips(release, [key], office), None)


def write_due_slips(home: Home, settings: Settings) -> SlipReport:
    """Every slip that the current release asks for and nobody wrote yet; for the holder of the home's lock.

    Nothing is raised: what goes wrong is logged and told, and owed to the next night.
    """
    try:
        return _write_due(home, settings) if has_release(home) else SlipReport()
    except Exception as error:  # a release is published; no slip is worth failing the night for
        _LOG.error("退回单没有写成（%s），下次任务再写。", error, exc_info=error)
        return SlipReport(problems=(f"退回单没有写成（{type(error).__name__}：{error}），下次任务再写。",))


def _write_due(home: Home, settings: Settings) -> SlipReport:
    shelf = Shelf(home)
    shelf.clear()
    written: list[Path] = []
    problems: list[str] = []
    with open_release(home) as release:
        due = frame_of(release, "slips_due").iter_rows()
        owed = [key for key, judged_at in due if shelf.lacks(key, judged_at)]
        with Press(len(owed)) as press:
            for start in range(0, len(owed), _AT_ONCE):
                slips = read_slips(release, owed[start : start + _AT_ONCE], office_of(home, settings))
                paths, failed = shelf.issue_all(slips, press.made)
                written += paths
                problems += [_failure(slip, error) for slip, error in failed]
    return SlipReport(tuple(str(path.relative_to(home.slips)) for path in written), tuple(problems))


def _failure(slip: Slip, error: Exception) -> str:
    _LOG.error("slip %s failed", slip.name, exc_info=error)
    return f"“{slip.name}”没有写成（{type(error).__name__}），下次任务再写。"
