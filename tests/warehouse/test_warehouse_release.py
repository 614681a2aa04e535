"""Releases: publishing, readers meanwhile, going back, proving, pruning, and dying at any moment."""

import json
import os
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kill_points import Trials
from release_samples import NOON, Report, build, dump, later, night, stage, tree

from warehouse.archive.archive import Archive
from warehouse.archive.proof import nothing
from warehouse.connection import open_reader, sqlalchemy_url
from warehouse.errors import HomeFault, ReleaseFault, SystemFault, UsageError, WriterBusy
from warehouse.files import point_link
from warehouse.home import Home, exclusive
from warehouse.ledger.ledger import Ledger
from warehouse.ledger.rows import Version
from warehouse.release.build import build_release
from warehouse.release.reconcile import reconcile
from warehouse.release.releases import Release, Releases, _last_of_months

pytestmark = pytest.mark.pipeline

FIRST = Report()
OTHER = Report("D2", amount="20.50")
SECOND = Report(version=2, amount="300.00", supersedes=FIRST.key)

STAGES = ("copyfile", "renew", "audit_changes", "link", "chmod", "write_manifest", "replace", "fsync", "rename")
"""Calls of a build, from its begin to its end."""


@pytest.fixture(scope="module")
def two_nights(tmp_path_factory) -> Home:
    """A home with two releases; tests work on copies of it."""
    home = Home(tmp_path_factory.mktemp("two") / "home").create()
    night(home, FIRST, OTHER)
    night(home, SECOND, superseded=(FIRST,), at=later(1))
    return home


@pytest.fixture
def home(two_nights, tmp_path) -> Home:
    shutil.copytree(two_nights.path, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")


@pytest.fixture
def empty(tmp_path) -> Home:
    return Home(tmp_path / "empty").create()


def total(release: Release | None) -> str:
    assert release is not None
    with open_reader(release.database) as connection:
        return str(connection.sql("SELECT sum(budget_yuan) FROM core.fact_project_spending").pl().item())


def test_before_the_first_release_there_is_none(empty) -> None:
    releases = Releases(empty)
    assert releases.list() == []
    assert releases.current() is None
    assert releases.newest() is None
    assert releases.clear_leftovers() == []
    with pytest.raises(UsageError, match="没有发布"):
        releases.get("20261122T180000Z-0001")
    with pytest.raises(UsageError):
        releases.verify("../../etc")


def test_a_release_holds_what_it_promises(home) -> None:
    release = Releases(home).current()
    assert release is not None
    manifest = json.loads((release.path / "manifest.json").read_text("utf-8"))
    assert manifest["release_id"] == release.release_id == "20261122T050000Z-0001"
    assert manifest["base_release_id"] == "20261122T040000Z-0001"
    assert manifest["published_at"] == "2026-11-22T05:00:00+00:00"
    assert manifest["submission_count"] == 2
    assert set(manifest["files"]) == {
        str(path.relative_to(release.path))
        for path in release.path.rglob("*")
        if path.name != "manifest.json" and path.is_file()
    }
    assert os.readlink(home.current) == f"releases/{release.release_id}"  # noqa: PTH115 - the text of the link
    assert release.release_id in (release.path / "dictionary.html").read_text("utf-8")


def test_a_release_opens_without_the_programs_settings(home) -> None:
    import duckdb

    with duckdb.connect(str(home.current.resolve() / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) AS n FROM core.dim_submission").pl()["n"].item() == 2
        assert connection.sql("SELECT count(*) AS n FROM mart.submission_board").pl()["n"].item() >= 0
        assert connection.sql("SELECT count(*) AS n FROM meta.data_dictionary").pl()["n"].item() > 100


def test_nothing_of_a_built_release_shows_before_it_is_published(home) -> None:
    releases = Releases(home)
    built = build(home, Report(fiscal_year=2022), at=later(2))
    assert releases.newest().release_id != built.release_id
    release = releases.publish(built.release_id)
    assert releases.current() == releases.newest() == release
    assert not built.folder.exists()


def test_readers_of_an_old_release_go_on_undisturbed(home) -> None:
    releases = Releases(home)
    old = releases.current()
    reader = open_reader(home.current / "warehouse.duckdb")
    night(home, Report(fiscal_year=2022, amount="1.00"), at=later(2))
    night(home, Report("D2", 2022, amount="1.00"), at=later(3))
    assert releases.prune(1) == [old.release_id] or not old.path.exists()
    assert str(reader.sql("SELECT sum(budget_yuan) FROM core.fact_project_spending").pl().item()) == "320.50"
    reader.close()
    assert total(releases.current()) == "322.50"


def test_concurrent_readers_never_see_a_half_release(home) -> None:
    """Each reader's two questions agree with each other, through publications and rollbacks."""
    releases = Releases(home)
    known = {release.release_id: total(release) for release in releases.list()}
    problems: list[str] = []
    reads: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with open_reader(home.current / "warehouse.duckdb") as connection:
                release_id = connection.sql("SELECT max(release_id) FROM meta.release").pl().item()
                found = str(connection.sql("SELECT sum(budget_yuan) FROM core.fact_project_spending").pl().item())
            reads.append(release_id)
            if known.get(release_id, found) != found:
                problems.append(f"{release_id}: {found}")
            time.sleep(0.02)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    built = build(home, Report(fiscal_year=2022, amount="1.00"), at=later(2))
    known[built.release_id] = "321.50"
    releases.publish(built.release_id)
    for _ in range(5):
        for release in releases.list():
            releases.rollback(release.release_id)
            time.sleep(0.01)
    stop.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert set(reads) >= {built.release_id}


def test_going_back_moves_the_link_only(home) -> None:
    releases = Releases(home)
    first, second = releases.list()
    before = tree(home.releases)
    assert releases.rollback(first.release_id) == first
    assert releases.current() == first
    assert total(releases.current()) == "120.51"
    assert tree(home.releases) == before
    assert releases.clear_leftovers() == [], "going back is no unfinished publication"
    assert releases.current() == first
    third = night(home, Report(fiscal_year=2022, amount="1.00"), at=later(2))
    assert third.manifest["base_release_id"] == second.release_id
    assert releases.current() == third
    releases.rollback(second.release_id)
    releases.rollback(third.release_id)
    assert releases.clear_leftovers() == []
    assert releases.current() == third


def test_going_back_to_nothing_or_to_damage_is_refused(home) -> None:
    releases = Releases(home)
    first, second = releases.list()
    with pytest.raises(UsageError):
        releases.rollback("20200101T000000Z-0001")
    _damage(first.path / "parquet" / "core.dim_submission.parquet")
    with pytest.raises(ReleaseFault) as caught:
        releases.rollback(first.release_id)
    assert caught.value.violations == ("文件 parquet/core.dim_submission.parquet 与发布时不同。",)
    with exclusive(home), pytest.raises(WriterBusy):
        releases.rollback(first.release_id)
    assert releases.current() == second


def _damage(path: Path) -> None:
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def test_a_sound_release_is_proven(home) -> None:
    releases = Releases(home)
    for release in releases.list():
        assert releases.verify(release.release_id) == []
        assert releases.verify(release.release_id, full=True) == []


@pytest.mark.parametrize("name", ["warehouse.duckdb", "dictionary.html", "parquet/core.provenance.parquet"])
def test_a_damaged_file_is_found(home, name) -> None:
    release = Releases(home).newest()
    _damage(release.path / name)
    assert Releases(home).verify(release.release_id) == [f"文件 {name} 与发布时不同。"]


def test_missing_and_strange_files_are_found(home) -> None:
    release = Releases(home).newest()
    (release.path / "dictionary.html").unlink()
    (release.path / "parquet" / "extra.parquet").write_text("x")
    assert Releases(home).verify(release.release_id) == [
        "缺少文件 dictionary.html。",
        "多出文件 parquet/extra.parquet。",
    ]
    (release.path / "manifest.json").unlink()
    assert Releases(home).verify(release.release_id) == ["清单 manifest.json 缺失或损坏。"]
    with pytest.raises(ReleaseFault):
        _ = Release(release.path).manifest


def test_rows_changed_behind_the_manifest_are_found_by_the_full_proof(home) -> None:
    """Somebody with access to everything alters a figure and the file's hash; the checksums and sums still tell."""
    from warehouse.connection import open_writer
    from warehouse.release.manifest import file_entries, read_manifest, write_manifest

    release = Releases(home).newest()
    release.database.chmod(0o644)
    with open_writer(release.database) as connection:
        connection.execute("UPDATE core.fact_project_spending SET budget_yuan = budget_yuan + 0.01")
        connection.execute("DELETE FROM core.dim_project")
    manifest = read_manifest(release.path)
    (release.path / "manifest.json").unlink()
    write_manifest(release.path, {**manifest, "files": file_entries(release.path)})
    problems = Releases(home).verify(release.release_id, full=True)
    assert "数据表 core.fact_project_spending 的内容与发布时的校验值不符。" in problems
    assert "数据表 core.dim_project 应有 2 行，实有 0 行。" in problems
    assert "表中的合计与发布时的合计不符：项目数、项目预算合计（不重复）。" in problems
    assert any("指向 core.dim_project 的键不存在" in problem for problem in problems)


def test_lost_and_damaged_originals_are_found(home) -> None:
    release = Releases(home).newest()
    archive = Archive(home.archive)
    first, *_ = sorted((home.archive / "objects").glob("*/*"))
    _damage(first)
    assert Releases(home).verify(release.release_id, is_due=nothing) == []
    assert Releases(home).verify(release.release_id) == [archive.problem_of(first.name, 0, full=False)]
    first.unlink()
    assert Releases(home).verify(release.release_id) == [f"归档中缺少文件 {first.name[:12]}…。"]


def test_identifiers_sort_even_when_the_clock_goes_back(home) -> None:
    release = night(home, Report(fiscal_year=2022), at=NOON - timedelta(days=400))
    assert release.release_id == "20261122T050000Z-0002"
    assert Releases(home).newest() == release


def test_pruning_keeps_the_newest_the_current_and_the_last_of_each_month(empty) -> None:
    stamps = ["20260105T180000Z", "20260120T180000Z", "20260131T150000Z", "20260131T160000Z", "20260210T180000Z"]
    stamps += ["20260301T180000Z", "20260302T180000Z", "20260303T180000Z"]
    for stamp in stamps:
        (empty.releases / f"{stamp}-0001").mkdir(parents=True)
    releases = Releases(empty)
    point_link(empty.current, "releases/20260105T180000Z-0001")
    assert releases.prune(2) == ["20260120T180000Z-0001", "20260131T160000Z-0001", "20260301T180000Z-0001"]
    kept = [release.release_id[:8] for release in releases.list()]
    assert kept == ["20260105", "20260131", "20260210", "20260302", "20260303"]
    assert releases.prune(2) == []
    assert list(empty.warehouse.glob("removed-*")) == []
    with pytest.raises(UsageError):
        releases.prune(0)


def test_months_are_those_of_the_bureau() -> None:
    ids = ["20260131T150000Z-0001", "20260131T170000Z-0001"]
    assert _last_of_months([Release(Path(each)) for each in ids]) == set(ids)


def test_leftovers_are_cleared_and_a_begun_publication_is_finished(home) -> None:
    releases = Releases(home)
    (home.warehouse / "building-20270101T000000Z-0001" / "parquet").mkdir(parents=True)
    (home.warehouse / "removed-20200101T000000Z-0001").mkdir()
    (home.published / ".writing-1-1").symlink_to("releases/nowhere")
    first, second = releases.list()
    point_link(home.current, f"releases/{first.release_id}")
    assert releases.clear_leftovers() == [
        "removed building-20270101T000000Z-0001",
        "removed removed-20200101T000000Z-0001",
        f"published {second.release_id}",
    ]
    assert releases.current() == second
    assert sorted(path.name for path in home.published.iterdir()) == ["current", "releases"]


def test_a_link_into_nowhere_is_reported(home) -> None:
    point_link(home.current, "releases/20200101T000000Z-0001")
    with pytest.raises(HomeFault, match="rollback"):
        Releases(home).current()


def test_publishing_what_was_never_built_fails_loudly(home) -> None:
    with pytest.raises(SystemFault):
        Releases(home).publish("20300101T000000Z-0001")


def built_with(home, quality_docs):
    return build_release(
        home,
        stage(home, FIRST),
        None,
        accepted=[FIRST.key],
        superseded=[],
        published_at=NOON,
        code_version="t",
        catalogue_version="c",
        quality_docs=quality_docs,
    )


def test_docs_and_the_synthetic_mark_become_part_of_the_release(empty) -> None:
    empty.mark_synthetic()
    docs = empty.warehouse / "docs"
    (docs / "static").mkdir(parents=True)
    (docs / "index.html").write_text("<html>")
    (docs / "static" / "a.css").write_text("")
    release = Releases(empty).publish(built_with(empty, lambda: docs).release_id)
    assert (release.path / "quality" / "index.html").read_text() == "<html>"
    assert "quality/static/a.css" in release.manifest["files"]
    assert release.manifest["is_synthetic"] is True
    assert docs.exists(), "a build that is repeated needs them again"


def test_docs_that_are_refused_end_the_build_and_leave_nothing(empty) -> None:
    def refused() -> Path:
        raise SystemFault("两套引擎判出的问题数不同，本次不发布。")

    with pytest.raises(SystemFault, match="两套引擎"):
        built_with(empty, refused)
    assert Releases(empty).newest() is None
    assert [path for path in empty.warehouse.rglob("*") if path.name == "warehouse.duckdb"] == []


def test_the_ledger_follows_the_newest_release(home) -> None:
    archive = Archive(home.archive)
    with Ledger.open(home.ledger, archive) as ledger:
        ledger.register([Version(SECOND.key, "D1", 2021, 2), Version(99, None, None, 1)], NOON)
        ledger.move([(SECOND.key, "judged")], NOON)
        done = reconcile(ledger, home)
        assert (done.moved_count, done.restored_count) == (1, 2)
        assert len(done.unknown_receipts) == 3, "these samples never went through an intake"
        assert ledger.statuses() == {
            FIRST.key: "superseded",
            SECOND.key: "accepted",
            OTHER.key: "accepted",
            99: "received",
        }
        assert ledger.history(SECOND.key)[-1].release_id == Releases(home).newest().release_id
        again = reconcile(ledger, home)
        assert (again.settled_count, again.moved_count, again.restored_count) == (0, 0, 0)


def test_a_ledger_that_contradicts_the_release_is_made_again(home) -> None:
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        reconcile(ledger, home)
        statuses = ledger.statuses()
        with closing(sqlite3.connect(home.ledger, isolation_level=None)) as stray:
            stray.execute("DROP TRIGGER only_legal_moves")
            stray.execute("UPDATE submission_version SET status = 'nonsense'")
        reconcile(ledger, home)
        assert ledger.statuses() == statuses
        assert ledger.set_aside == home.path / "ledger.damaged-1"


def test_without_a_release_there_is_nothing_to_follow(empty) -> None:
    with Ledger.open(empty.ledger, Archive(empty.archive).create()) as ledger:
        assert reconcile(ledger, empty).moved_count == 0


def test_sqlalchemy_opens_a_release_read_only(home) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    engine = sqlalchemy.create_engine(sqlalchemy_url(home.current / "warehouse.duckdb"))
    with engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT count(*) FROM core.dim_submission")).scalar() == 2
        with pytest.raises(sqlalchemy.exc.SQLAlchemyError):
            connection.execute(sqlalchemy.text("DELETE FROM core.dim_submission"))
    engine.dispose()


def test_a_confined_reader_reads_no_other_file(home) -> None:
    import duckdb

    with open_reader(home.current / "warehouse.duckdb", confined=True) as connection:
        assert connection.sql("SELECT count(*) FROM core.dim_submission").pl().item() == 2
        with pytest.raises(duckdb.Error):
            connection.sql("SELECT * FROM read_text('/etc/hostname')").pl()
        with pytest.raises(duckdb.Error):
            connection.execute("SET enable_external_access = true")


def test_a_ledger_that_cannot_be_read_just_now_is_neither_set_aside_nor_made_again(home) -> None:
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        ledger._connection.set_progress_handler(lambda: 1, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            reconcile(ledger, home)
        assert ledger.set_aside is None
    assert list(home.ledger.parent.glob("ledger.damaged*")) == []


def test_killed_at_any_stage_nothing_is_lost_and_readers_are_undisturbed(tmp_path, tmp_path_factory) -> None:
    """A night that replaces one submission and adds one. It dies once in each stage of the build, each time in what
    the last death left behind, and in homes of their own at every call of the publication and what follows it."""
    base = Home(tmp_path_factory.mktemp("base") / "home").create()
    night(base, FIRST, OTHER)
    before = dump(Releases(base).newest())
    undisturbed, dying = _copy(base, tmp_path / "undisturbed"), _copy(base, tmp_path / "dying")
    with Trials() as trials:
        calls = trials.run("release", _second_night(undisturbed, 1))
        expected = dump(Releases(undisturbed).current())
        assert expected != before
        for number, stage_of_build in enumerate(STAGES, start=1):
            trials.run("release", _second_night(dying, number), kill_at=stage_of_build)
            assert _seen(dying) == before, stage_of_build
        (built,) = dying.warehouse.glob("building-*")
        release_id = built.name.removeprefix("building-")
        for point in range(1, len(calls) - calls.index("rename") + 1):
            home = _copy(dying, tmp_path / str(point))
            trials.run("publication", {"home": str(home.path), "release_id": release_id}, kill_at=point)
            assert _seen(home) in (before, expected), point
            trials.run("release", _second_night(home, 24))
            assert _seen(home) == expected, point
            assert Releases(home).current() == Releases(home).newest(), point
            assert sorted(path.name for path in home.warehouse.iterdir()) == [".lock", "staging-test"], point
            assert [path for path in home.path.rglob(".writing-*")] == [], point
            shutil.rmtree(home.path)


def _copy(home: Home, path: Path) -> Home:
    shutil.copytree(home.path, path, symlinks=True)
    return Home(path)


def _second_night(home: Home, hours: int) -> dict[str, str]:
    return {"home": str(home.path), "at": (NOON + timedelta(hours=hours)).isoformat()}


def _seen(home: Home) -> dict[str, list]:
    """What people read now, proven."""
    release = Releases(home).current()
    assert release is not None
    assert Releases(home).verify(release.release_id) == []
    return dump(release)


def test_the_time_of_publication_is_handed_in(home) -> None:
    release = night(home, Report(fiscal_year=2022), at=datetime(2027, 3, 4, 5, 6, 7, tzinfo=UTC))
    assert release.release_id == "20270304T050607Z-0001"
    with open_reader(release.database) as connection:
        rows = connection.sql("SELECT release_id, published_at FROM meta.release ORDER BY 1").pl().rows()
    assert rows[-1] == (release.release_id, datetime(2027, 3, 4, 5, 6, 7, tzinfo=UTC))
    assert len(rows) == 3, "the history of releases is handed on"
