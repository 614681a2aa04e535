"""What follows a publication, or a night without one: the proof of what people read, and the telling.

Each is a stage of a night; what is proven and told is not decided here.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from orchestration.night import report as night_report
from orchestration.night.results import StageLine, StageReport
from orchestration.night.work_folder import WorkFolder
from orchestration.settings import Settings
from warehouse.home import Home
from warehouse.release.nightly_proof import prove
from warehouse.release.releases import Releases

_LOG = logging.getLogger("jixiao.night")


def prove_night(home: Home, night_id: str, work: WorkFolder, now: datetime) -> StageReport:
    """That people read what was accepted, and that nothing behind it is lost; of a release that was there before the
    night, that it is still as it was."""
    release = Releases(home).current()
    if release is None:
        return StageReport({})
    is_new = work.has("built") and work.read("built")["release_id"].item() == release.release_id
    proof = prove(home, release, now.date(), work.staging if is_new else None)
    night_report.tell_proof(home, night_id, proof)
    return StageReport(
        {
            "files": proof.file_count,
            "originals": proof.original_count,
            "hashed": proof.hashed_count,
            "department_years": len(proof.sums),
            "problems": len(proof.problems),
        }
    )


def write_slips(home: Home, settings: Settings, night_id: str) -> StageReport:
    """The slips that are owed, of this night or of one that was killed; none of them can fail the night."""
    from orchestration.night.slips import write_due_slips

    report = write_due_slips(home, settings)
    night_report.tell_slips(home, night_id, report.written, report.problems)
    if report.written:
        _LOG.info("退回单和审核意见单：写出 %d 份", len(report.written))
    return StageReport({"written": len(report.written), "failed": len(report.problems)})


def tell_people(
    home: Home, settings: Settings, night_id: str, now: datetime, stages: Sequence[StageLine]
) -> StageReport:
    """Whoever is to be told, through the channels of the settings; no message can fail the night. Closes its log with
    the stages gone through."""
    from orchestration.alerting.telling import tell_of_night

    delivery = tell_of_night(home, settings, night_id, now)
    night_report.close(home, night_id, stages, delivery.problems)
    return StageReport({"sent": delivery.sent, "waiting": delivery.waiting})
