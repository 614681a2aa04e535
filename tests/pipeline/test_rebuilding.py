"""The warehouse again from the archive alone: the same tables, and what was public on a day."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from homes import FIRST_NIGHT, ask, bare_night, copy_of, lived, one_engine

from orchestration.reprocessing.rebuilding import Rebuilding
from orchestration.settings import load_settings
from warehouse.archive.journal import Journal
from warehouse.connection import open_reader
from warehouse.home import Home, exclusive
from warehouse.registry import TABLES, quote_name
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

NOW = datetime(2022, 6, 1, tzinfo=UTC)


def rebuilding(home):
    return Rebuilding(home, load_settings(home), NOW)


def rows_of(home, release_id=None):
    """Every row of every table but those of ``meta``, instants of judgement included."""
    return {
        table.qualified_name: sorted(map(repr, ask(home, f"FROM {quote_name(table.qualified_name)}", release_id)))
        for table in TABLES
        if table.schema != "meta"
    }


def files_of(home):
    return {
        path.relative_to(home.path).as_posix(): path.read_bytes()
        for path in home.path.rglob("*")
        if path.is_file() and path != home.lock
    }


def falsify(home, table):
    """The journal's last entry says another checksum of a table."""
    entry = Journal(home).entries()[-1]
    Journal(home).enter(replace(entry, tables={**entry.tables, table: "0" * 16}))


@pytest.fixture(scope="module")
def original(common):
    return lived(common)


@pytest.fixture
def restored(original, tmp_path):
    """What a backup holds, at another place: archive, decisions and configuration."""
    home = Home(tmp_path / "elsewhere")
    for folder in (original.archive, original.decisions):
        shutil.copytree(folder, home.path / folder.name)
    for file in (original.config, original.path / "registry.csv"):
        shutil.copy(file, home.path)
    return home


def test_archive_decisions_and_configuration_are_a_backup(original, restored):
    falsify(restored, "core.fact_goal")
    with one_engine(), exclusive(restored):
        outcome = rebuilding(restored).publish(even_if_differing=True)
    assert (outcome.nights, outcome.differing, outcome.versions) == (3, ("core.fact_goal",), ())
    assert outcome.compared_with == Releases(original).current().release_id
    current = Releases(restored).current()
    assert current.release_id == outcome.release_id
    assert Releases(restored).verify(current.release_id, full=True) == []
    assert rows_of(restored) == rows_of(original)
    checksums = {name: table["checksum"] for name, table in current.manifest["tables"].items()}
    was = {name: table["checksum"] for name, table in Releases(original).current().manifest["tables"].items()}
    assert checksums == was
    assert bare_night(restored, 30).release_id is None, "everything is settled"
    assert [entry.is_rebuilt for entry in Journal(restored).entries()] == [False, False, False, True]


def test_what_was_public_on_a_day_is_written_beside(original, tmp_path):
    home, out = copy_of(original, tmp_path / "home"), tmp_path / "then"
    before = {**files_of(home)}
    with one_engine(), exclusive(home):
        outcome = rebuilding(home).write_to(out, date(2022, 5, 10))
    assert (outcome.nights, outcome.differing, outcome.release_id) == (1, (), None)
    first = Releases(home).list()[0].release_id
    assert outcome.compared_with == first
    with open_reader(out / "warehouse.duckdb") as then:
        assert then.sql("SELECT max(version) FROM quality.submission_version").fetchall() == [(1,)]
        assert then.sql("SELECT release_id FROM meta.release").fetchall() == [(first,)]
    assert files_of(home) == before


def test_what_a_killed_rebuild_left_goes_with_the_next_night(original, tmp_path):
    home = copy_of(original, tmp_path / "home")
    leftover = home.warehouse / "rebuilding-20220601T000000"
    (leftover / "archive").mkdir(parents=True)
    (leftover / "archive" / "objects").symlink_to(home.archive / "objects")
    assert Releases(home).clear_leftovers() == ["removed rebuilding-20220601T000000"]
    assert not leftover.exists()
    assert list((home.archive / "objects").iterdir())


def test_instants_and_contents_of_releases_stand_in_the_journal(original):
    entries = Journal(original).entries()
    assert [entry.release_id for entry in entries] == [release.release_id for release in Releases(original).list()]
    assert entries[0].published_at == FIRST_NIGHT
    assert Journal(original).entries(date(2022, 5, 10)) == entries[:1]
