"""Who is told what after a night, or when one failed: finds out, puts into the outbox, delivers.

Nothing here can fail a night: what goes wrong is logged and told the next time. A home without channels is left alone.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from orchestration.alerting import conditions
from orchestration.alerting.changes import changed_departments, open_findings, read_told, write_told
from orchestration.alerting.delivery import Delivery, deliver
from orchestration.alerting.outbox import Message, Outbox
from orchestration.night.log import read_night_log
from orchestration.settings import Settings, load_settings
from warehouse.archive.archive import Archive
from warehouse.errors import JixiaoError
from warehouse.home import Home
from warehouse.ledger.ledger import Ledger
from warehouse.reasons import reason_of
from warehouse.release.releases import Releases

_LOG = logging.getLogger("jixiao.alerts")
_GIBIBYTE = 1024**3
_Found = Callable[[], Iterable[Message]]


def tell_of_night(home: Home, settings: Settings, night_id: str, now: datetime) -> Delivery:
    """After a night that ended well: the digest, the departments, and whatever is not as it should be."""
    return _tell(home, settings, now, lambda: _of_night(home, settings, night_id, now))


def tell_of_failure(home: Home, run_id: str, why: str, now: datetime) -> Delivery:
    """After a night that failed; of a home whose configuration cannot be read nobody can be told."""
    try:
        settings = load_settings(home)
    except JixiaoError as error:
        _LOG.error("配置有误，告警无法送出：%s", error.message)
        return Delivery()
    return _tell(home, settings, now, lambda: [conditions.failed(run_id, why), *_of_home(home, settings, run_id, now)])


def tell_of_silence(home: Home, last: datetime | None, now: datetime) -> Delivery:
    """That no night ended well for too long, or that what waits is not published; ``last`` is when one last did."""
    settings = load_settings(home)
    return _tell(home, settings, now, lambda: [conditions.silent(last, now), *_of_home(home, settings, "silence", now)])


def _tell(home: Home, settings: Settings, now: datetime, found: _Found) -> Delivery:
    if not settings.channels:
        return Delivery()
    delivery, outbox, problems = Delivery(), Outbox(home), list[str]()
    with _failing_nothing(problems):
        for message in found():
            outbox.put(message, settings.channels, now)
    with _failing_nothing(problems):
        delivery = deliver(home, settings, now)
    for problem in delivery.problems:
        _LOG.warning("%s", problem)
    return replace(delivery, problems=(*problems, *delivery.problems))


@contextmanager
def _failing_nothing(problems: list[str]) -> Iterator[None]:
    """A night is done, and no message is worth failing it for: what goes wrong is put to the problems."""
    try:
        yield
    except JixiaoError as error:
        _LOG.error("%s", error.message)
        problems.append(error.message)
    except Exception as error:
        why = f"{error.filename}：{reason_of(error)}" if isinstance(error, OSError) else type(error).__name__
        _LOG.error("告警没有全部送出（%s），下次任务再发。", why, exc_info=error)
        problems.append(f"告警没有全部送出（{why}），下次任务再发。")


def _of_night(home: Home, settings: Settings, night_id: str, now: datetime) -> Iterator[Message]:
    log = read_night_log(home, night_id)
    if log is not None:
        yield conditions.digest(log, now)
        if log.proof is not None and log.proof.problems:
            yield conditions.unproven(log.proof)
    yield from _of_home(home, settings, night_id, now)
    release = Releases(home).current()
    if release is not None:
        findings = open_findings(home)
        yield from changed_departments(findings, read_told(home), release.release_id)
        write_told(home, findings)


def _of_home(home: Home, settings: Settings, night_id: str, now: datetime) -> Iterator[Message]:
    """What stands in the way, whatever the night said of itself."""
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        pending = [receipt.file_name for receipt in ledger.pending() if receipt.is_news]
        stuck = ledger.stuck(datetime.max.replace(tzinfo=now.tzinfo))
    if pending:
        yield conditions.unpublished(night_id, pending)
    if stuck:
        yield conditions.stuck(stuck)
    free, least = shutil.disk_usage(home.path).free, int(settings.least_free_gib * _GIBIBYTE)
    if free < least:
        yield conditions.disk_low(free, least, now)
