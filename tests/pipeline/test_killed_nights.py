"""Nights killed by SIGKILL at each stage: what readers see at once, and what the next night makes of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from homes import (
    HE,
    SONG,
    ask,
    bare_night,
    copy_of,
    drop,
    made_once,
    night,
    report,
    statuses,
    two_published,
    with_dagster,
)

from warehouse.archive.archive import Archive
from warehouse.connection import open_reader
from warehouse.home import Home
from warehouse.ledger.ledger import Ledger
from warehouse.registry import TABLES, quote_name
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

BEFORE_PUBLICATION = {
    "taking in, receipts written, ledger not": ("warehouse.ledger.ledger:Ledger.record", False, 1),
    "reading, some facts written": ("orchestration.night.work_folder:WorkFolder.append", True, 4),
    "conforming, versions registered": ("warehouse.ledger.ledger:Ledger.register", True, 1),
    "contracts checked": ("orchestration.night.line:Line.check_contracts", True, 1),
    "judged": ("orchestration.night.line:Line.judge", True, 1),
    "building, tables filled": ("warehouse.release.build:_complete", False, 1),
    "built, not published": ("warehouse.release.releases:Releases.publish", False, 1),
}
PUBLICATION = {
    "the release in place, the link not yet": ("warehouse.release.releases:Releases._point_to", False, 1),
    "published, the ledger not yet": ("orchestration.night.line:reconcile", False, 2),
}
"""What stood when it died -> (function, killed after it, at which call)."""


@pytest.fixture(scope="module")
def before(common):
    """A home with a release, and in its inbox a correction, a new report and two that will be refused."""

    def make(folder):
        home = copy_of(two_published(common), folder)
        drop(home, "松溪（更正）.md", report(SONG, spent="940.00", rate="94.0"))
        drop(home, "禾浦.md", report(HE))
        drop(home, "禾浦 2020.md", report(HE, 2020, rate="90.0"))
        drop(home, "空.md", b"")

    return Home(made_once(common, "before-the-kill", make))


@pytest.fixture(scope="module")
def undisturbed(before, common):
    """The rows that an undisturbed night makes of it."""
    return rows_of(Home(made_once(common, "undisturbed", lambda folder: bare_night(copy_of(before, folder), 1))))


@pytest.fixture(scope="module")
def dying():
    """A process that runs nights which die."""
    tests = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tests.parents[1]), str(tests.parent)])}
    with subprocess.Popen(
        [sys.executable, tests / "dying_night.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    ) as process:
        assert process.stdout.readline() == "ready\n"

        def kill(home, point):
            target, after, times = (BEFORE_PUBLICATION | PUBLICATION)[point]
            order = {"home": str(with_dagster(home).path), "day": 1, "bare": point in BEFORE_PUBLICATION}
            order |= {"target": target, "after": after, "times": times}
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield kill
        process.stdin.close()


def rows_of(home):
    """Every row of core and quality; identifiers of intakes may differ."""
    tables = [table for table in TABLES if table.schema != "meta"]
    with open_reader(home.current / "warehouse.duckdb") as release:
        return {
            table.qualified_name: sorted(
                map(repr, release.sql(f"SELECT * FROM {quote_name(table.qualified_name)}").fetchall())
            )
            for table in tables
        }


def test_nights_that_die_one_after_the_other_before_publication_leave_the_next_a_home_to_complete(
    before, undisturbed, dying, tmp_path
):
    """Each night goes through what the last one left, at every stage of it, and comes a stage further."""
    home = copy_of(before, tmp_path / "home")
    with open_reader(home.current / "warehouse.duckdb") as reader:
        for point in BEFORE_PUBLICATION:
            assert dying(home, point) == -9, point
            assert reader.sql("SELECT count(*) FROM core.dim_submission").fetchall() == [(2,)]
            assert ask(home, "SELECT count(*) FROM core.dim_submission") == [(2,)], point
    log = night(home, 1)
    assert log.release_id is not None
    assert_complete(home, undisturbed)
    assert statuses(home)["s-song", 2021, 2] == "accepted"


@pytest.mark.parametrize("point", PUBLICATION)
def test_the_next_night_completes_a_publication_that_was_killed(before, undisturbed, dying, tmp_path, point):
    home = copy_of(before, tmp_path / "home")
    first = home.current.readlink().name
    with open_reader(home.current / "warehouse.duckdb") as reader:
        assert dying(home, point) == -9
        assert reader.sql("SELECT count(*) FROM core.dim_submission").fetchall() == [(2,)]
    is_published = home.current.readlink().name != first
    assert ask(home, "SELECT count(*) FROM core.dim_submission") == [(3 if is_published else 2,)]
    log = night(home, 1)
    assert log.release_id is None
    assert any("现已公布" in problem for problem in log.problems) == (not is_published)
    assert_complete(home, undisturbed)


def assert_complete(home, undisturbed):
    assert rows_of(home) == undisturbed
    releases = Releases(home)
    assert releases.verify(home.current.readlink().name, full=True) == []
    assert len(releases.list()) == 2
    assert_nothing_is_pending_or_left_over(home)


def assert_nothing_is_pending_or_left_over(home):
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        assert ledger.pending() == []
        told = {(v[0], v[1]) for v in ledger.statuses().items()}
    published = ask(home, "SELECT submission_key, status FROM quality.submission_version")
    assert told == set(published)
    assert not list(home.warehouse.glob("building-*"))
    told_of = sorted(json.loads(path.read_text("utf-8"))["file_name"] for path in home.alerts.glob("*.json"))
    assert told_of == ["禾浦 2020.md", "空.md"]
