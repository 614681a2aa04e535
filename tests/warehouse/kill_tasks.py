"""The work that ``kill_points`` kills: an intake, a release, its publication alone. Runs in a process of its own."""

from datetime import datetime
from pathlib import Path

from release_samples import Report, build_staged, stage

from benchmarks.chaos.touches import DISK
from warehouse.archive.archive import Archive
from warehouse.home import Home, exclusive
from warehouse.intake.intake import Limits, take_in
from warehouse.release import build
from warehouse.release.releases import Releases

WATCHED = (
    *DISK,
    (build, ("renew", "audit_changes", "write_release", "create_views", "render_page", "write_manifest")),
)


def _intake(home: str, inbox: str, now: str) -> None:
    place = Home(Path(home)).create()
    with exclusive(place):
        take_in(place, Path(inbox), datetime.fromisoformat(now), Limits(quiet_seconds=0))


def _release(home: str, at: str) -> None:
    """The second night of the tests: a better version of one report, and a new one."""
    place = Home(Path(home)).create()
    old, new, other = Report(), Report(version=2, amount="300.00", supersedes=Report().key), Report(fiscal_year=2022)
    with exclusive(place):
        releases = Releases(place)
        releases.clear_leftovers()
        Archive(place.archive).clear_leftovers()
        newest = releases.newest()
        if newest is None or newest.manifest["submission_count"] < 3:
            staging = stage(place, new, other, superseded=(old,))
            built = build_staged(place, staging, [new, other], [old], datetime.fromisoformat(at))
            releases.publish(built.release_id)
        releases.prune(1)


def _publication(home: str, release_id: str) -> None:
    """The end of the second night: its release is built."""
    place = Home(Path(home))
    with exclusive(place):
        releases = Releases(place)
        releases.publish(release_id)
        releases.prune(1)


TASKS = {"intake": _intake, "release": _release, "publication": _publication}
