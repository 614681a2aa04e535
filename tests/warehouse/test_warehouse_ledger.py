"""The ledger: the state machine, settling, damage, and that it can be made again from the receipts."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from warehouse.archive.archive import Archive
from warehouse.archive.proof import SHARES, everything, share_of
from warehouse.archive.receipts import Receipt, receipt_keys
from warehouse.errors import IllegalTransition, LedgerFault
from warehouse.home import Home
from warehouse.ledger.file import problem_of
from warehouse.ledger.ledger import Ledger
from warehouse.ledger.rows import Stamp, Version
from warehouse.ledger.states import IN_FORCE, MIDDLE, MOVES, is_legal, path
from warehouse.release.reconcile import check_ledger

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
VERSION = Version(1, "D1", 2021, 1)


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(tmp_path / "archive").create()


@pytest.fixture
def ledger(tmp_path, archive):
    with Ledger.open(tmp_path / "ledger", archive) as opened:
        yield opened


def receipts_of(intake_id: str, *names: str) -> list[Receipt]:
    hashes = [hashlib.sha256(name.encode()).hexdigest() for name in names]
    keys = receipt_keys([(name, sha256, 0) for name, sha256 in zip(names, hashes, strict=True)])
    return [
        Receipt(*key, intake_id, name, sha256, 5, NOW, "taken")
        for key, name, sha256 in zip(keys, names, hashes, strict=True)
    ]


def test_a_ledger_on_a_disk_that_can_only_be_read_is_checked_all_the_same(tmp_path, archive, monkeypatch) -> None:
    file = tmp_path / "ledger"
    Ledger.open(file, archive).close()
    file.with_name("ledger-wal").mkdir()  # as if SQLite could make no file of its own
    assert problem_of(file) is not None
    monkeypatch.setattr("warehouse.ledger.file.access", lambda path, mode: False)
    assert problem_of(file) is None
    with pytest.raises(LedgerFault, match="只能读"):
        Ledger.open(file, archive)
    file.write_bytes(file.read_bytes()[:5000])
    assert "已损坏" in str(problem_of(file))


def test_receipts_are_pending_until_a_release_settles_them(ledger) -> None:
    receipts = receipts_of("i1", "a", "b", "c")
    ledger.record("i1", receipts, Path("/inbox"), [])
    assert ledger.pending() == receipts
    assert ledger.settle("r1", [receipts[0].receipt_key, receipts[2].receipt_key, 12345]) == 2
    assert ledger.pending() == [receipts[1]]
    assert ledger.settle("r2", [receipts[0].receipt_key]) == 0, "what one release settled stays settled by it"
    assert ledger.receipts() == receipts


def test_an_intake_is_entered_whole_or_not_at_all(ledger) -> None:
    receipts = receipts_of("i1", "a", "a")
    with pytest.raises(sqlite3.IntegrityError):
        ledger.record("i1", receipts, Path("/inbox"), [(b"a", Stamp(1, 2, 3))])
    assert ledger.receipts() == []
    assert ledger.known_files(Path("/inbox")) == {}


def test_files_are_known_by_inbox_and_name_as_bytes(ledger) -> None:
    ledger.record("i1", [], Path("/inbox"), [(b"\xff\n", Stamp(1, 2**62, 3)), (b"a", Stamp(0, 0, 0))])
    ledger.record("i2", [], Path("/inbox"), [(b"a", Stamp(9, 9, 9))])
    assert ledger.known_files(Path("/inbox")) == {b"\xff\n": Stamp(1, 2**62, 3), b"a": Stamp(9, 9, 9)}
    assert ledger.known_files(Path("/other")) == {}


def test_versions_move_and_leave_their_history(ledger) -> None:
    ledger.register([VERSION], NOW)
    ledger.register([VERSION], NOW + timedelta(days=1))
    ledger.move([(1, "read")], NOW)
    assert ledger.stuck(NOW + timedelta(seconds=1)) == [(VERSION, "read")]
    assert ledger.stuck(NOW) == []
    ledger.move([(1, "accepted")], NOW, "r1", "fine")
    assert [(step.from_status, step.to_status, step.release_id) for step in ledger.history(1)] == [
        (None, "received", None),
        ("received", "read", None),
        ("read", "judged", "r1"),
        ("judged", "accepted", "r1"),
    ]
    assert ledger.statuses() == {1: "accepted"}
    assert ledger.stuck(NOW + timedelta(days=9)) == []


def test_a_repeated_night_finds_its_versions_further_along(ledger) -> None:
    ledger.register([VERSION], NOW)
    ledger.move([(1, "judged")], NOW)
    assert ledger.move([(1, "read"), (1, "judged")], NOW) == 0
    assert ledger.statuses() == {1: "judged"}
    assert ledger.move([(1, "quarantined")], NOW) == 1
    assert ledger.move([(1, "quarantined")], NOW) == 0
    assert ledger.move([(1, "judged")], NOW) == 1, "a waiver"


def test_illegal_moves_are_impossible(ledger) -> None:
    ledger.register([VERSION, Version(2, None, None, 1)], NOW)
    ledger.move([(1, "accepted")], NOW)
    with pytest.raises(IllegalTransition):
        ledger.move([(2, "read"), (1, "quarantined")], NOW)
    assert ledger.statuses() == {1: "accepted", 2: "received"}, "all moves or none"
    with pytest.raises(LedgerFault):
        ledger.move([(3, "read")], NOW)
    with pytest.raises(IllegalTransition):
        ledger.move([(2, "nonsense")], NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE submission_version SET status = 'quarantined'",
        "UPDATE submission_version SET status = 'received'",
        "DELETE FROM submission_version",
        "UPDATE transition SET to_status = 'read'",
        "DELETE FROM transition",
    ],
)
def test_not_even_a_stray_statement_breaks_the_history(ledger, tmp_path, statement) -> None:
    ledger.register([VERSION], NOW)
    ledger.move([(1, "accepted")], NOW)
    stray = sqlite3.connect(tmp_path / "ledger")
    with pytest.raises(sqlite3.IntegrityError):
        stray.execute(statement)
    stray.close()


def test_restored_versions_say_so(ledger) -> None:
    ledger.restore([(VERSION, "superseded")], NOW, "r7")
    assert [(step.from_status, step.to_status, step.release_id) for step in ledger.history(1)] == [
        (None, "superseded", "r7")
    ]


@given(st.sampled_from(sorted(MOVES)), st.sampled_from(sorted(MOVES)))
def test_every_way_is_made_of_legal_moves_through_middle_states(before, after) -> None:
    try:
        way = (before, *path(before, after))
    except IllegalTransition:
        return
    assert way[-1] == after
    assert all(is_legal(one, other) for one, other in pairwise(way))
    assert set(way[1:-1]) <= set(MIDDLE)


def test_the_states_are_those_of_the_product() -> None:
    assert path("received", "accepted") == ("read", "judged", "accepted")
    assert path("quarantined", "accepted_with_warnings") == ("judged", "accepted_with_warnings")
    assert path("received", "unreadable") == ("unreadable",)
    assert path("withdrawn", "accepted") == ("judged", "accepted"), "a withdrawal that is revoked"
    for status in IN_FORCE:
        (other,) = {*IN_FORCE} - {status}
        assert MOVES[status] == (other, "superseded", "withdrawn")
        with pytest.raises(IllegalTransition):
            path(status, "quarantined")
    for before, after in (
        ("superseded", "accepted"),
        ("withdrawn", "read"),
        ("accepted", "judged"),
        ("judged", "read"),
        ("unreadable", "read"),
    ):
        with pytest.raises(IllegalTransition):
            path(before, after)


class LedgerMachine(RuleBasedStateMachine):
    """The ledger against a model that knows nothing but the table of moves."""

    folder: Path
    number = 0

    @initialize()
    def open(self) -> None:
        type(self).number += 1
        self.file = self.folder / f"ledger-{self.number}"
        self.archive = Archive(self.folder / f"archive-{self.number}").create()
        self.ledger = Ledger.open(self.file, self.archive)
        self.model: dict[int, list[str]] = {}

    @rule(key=st.integers(1, 3))
    def register(self, key: int) -> None:
        self.ledger.register([Version(key, "D", 2021, key)], NOW)
        self.model.setdefault(key, ["received"])

    @rule(key=st.integers(1, 5), status=st.sampled_from(sorted(MOVES)))
    def move(self, key: int, status: str) -> None:
        before = self.model.get(key, [None])[-1]
        try:
            self.ledger.move([(key, status)], NOW)
        except LedgerFault:
            assert before is None or not _leads(before, status)
            return
        after = self.ledger.statuses()[key]
        if after != before:
            assert after == status
            self.model[key] += path(before, status)

    @rule(key=st.integers(1, 3), status=st.sampled_from([*sorted(MOVES), "nonsense"]))
    def move_by_a_stray_statement(self, key: int, status: str) -> None:
        """Somebody else's statement: carried out exactly where one legal move leads there."""
        before = self.model.get(key, [None])[-1]
        with closing(sqlite3.connect(self.file, isolation_level=None)) as stray:
            change = ("UPDATE submission_version SET status = ? WHERE submission_key = ?", (status, key))
            if before is None or is_legal(before, status):
                stray.execute(*change)
            else:
                with pytest.raises(sqlite3.IntegrityError):
                    stray.execute(*change)
        if before is not None and is_legal(before, status):
            self.model[key].append(status)

    @rule(key=st.integers(4, 5), status=st.sampled_from(sorted(MOVES)))
    def restore(self, key: int, status: str) -> None:
        """What only a release remembers comes in as it is there, once."""
        self.ledger.restore([(Version(key, "D", 2021, key), status)], NOW, "r1")
        self.model.setdefault(key, [status])

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.file, self.archive)
        assert self.ledger.set_aside is None

    @invariant()
    def history_is_the_models(self) -> None:
        for key, states in getattr(self, "model", {}).items():
            history = self.ledger.history(key)
            assert [step.to_status for step in history] == states
            assert [step.from_status for step in history] == [None, *states[:-1]]
            assert all(is_legal(before, after) for before, after in pairwise(states))

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()


def _leads(before: str, after: str) -> bool:
    try:
        path(before, after)
    except IllegalTransition:
        return before in MIDDLE and after in MIDDLE
    return True


def test_the_ledger_as_a_state_machine(tmp_path) -> None:
    LedgerMachine.folder = tmp_path
    run_state_machine_as_test(LedgerMachine, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))


def test_every_legal_move_can_be_made_and_no_other(ledger) -> None:
    """Each pair of states on the real ledger, the first one reached from ``received`` by legal moves."""
    pairs = [(before, after) for before in MOVES for after in MOVES]
    for key, (before, after) in enumerate(pairs, start=1):
        ledger.register([Version(key, None, None, key)], NOW)
        for state in _way_to(before):
            assert ledger.move([(key, state)], NOW) == 1
        if _leads(before, after):
            ledger.move([(key, after)], NOW)
        else:
            with pytest.raises(IllegalTransition):
                ledger.move([(key, after)], NOW)
        states = [step.to_status for step in ledger.history(key)]
        assert all(is_legal(one, other) for one, other in pairwise(states))
        if is_legal(before, after):
            assert states[-2:] == [before, after]


def _way_to(state: str) -> tuple[str, ...]:
    """The shortest way from ``received`` through any states."""
    ways: list[tuple[str, ...]] = [("received",)]
    for way in ways:
        if way[-1] == state:
            return way[1:]
        ways.extend((*way, following) for following in MOVES[way[-1]] if following not in way)
    raise AssertionError(f"no way leads to {state}")


def test_receipts_that_a_killed_intake_did_not_enter_are_absorbed(tmp_path, archive) -> None:
    receipts = receipts_of("20261122T180000Z-0001", "a", "b")
    archive.write_receipts("20261122T180000Z-0001", receipts)
    with Ledger.open(tmp_path / "ledger", archive) as ledger:
        assert ledger.receipts() == receipts
    with Ledger.open(tmp_path / "ledger", archive) as ledger:
        assert ledger.receipts() == receipts


@pytest.mark.parametrize("damage", ["noise", "cut", "page", "row"])
def test_a_damaged_ledger_is_set_aside_and_made_again(tmp_path, archive, damage) -> None:
    file = tmp_path / "ledger"
    receipts = receipts_of("20261122T180000Z-0001", *(f"f{i}" for i in range(300)))
    archive.write_receipts("20261122T180000Z-0001", receipts)
    Ledger.open(file, archive).close()
    content = file.read_bytes()
    if damage == "row":
        stray = sqlite3.connect(file)
        stray.execute("DELETE FROM receipt WHERE position = 7")
        stray.commit()
        stray.close()
    else:
        damaged = {
            "noise": b"no database at all",
            "cut": content[: len(content) // 2],
            "page": content[:8192] + b"\xaa" * 4096 * 8 + content[8192 + 4096 * 8 :],
        }
        file.write_bytes(damaged[damage])
    assert "台账已损坏" in (problem_of(file) or "")
    with Ledger.open(file, archive) as ledger:
        assert ledger.set_aside == tmp_path / "ledger.damaged-1"
        assert problem_of(file) is None
        assert ledger.receipts() == receipts
    assert (tmp_path / "ledger.damaged-1").exists()
    with Ledger.open(file, archive) as ledger:
        assert ledger.set_aside is None


LIES = {
    "a figure": "UPDATE receipt SET byte_count = 6",
    "no text": "UPDATE receipt SET file_name = CAST(x'ff' AS TEXT)",
    "no instant": "UPDATE receipt SET received_at = 'yesterday'",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_sound_file_whose_receipts_are_not_those_of_the_archive_is_made_again(tmp_path, archive, lie) -> None:
    home, intake_id = Home(tmp_path), "20261122T180000Z-0001"
    archive.write_receipts(intake_id, receipts_of(intake_id, "a", "b"))
    with Ledger.open(home.ledger, archive) as ledger:
        ledger.settle("r1", [receipt.receipt_key for receipt in ledger.receipts()])
    _alter(home.ledger, LIES[lie])
    days = [NOW.date() + timedelta(days=n) for n in range(SHARES)]
    assert [check_ledger(home, day) for day in days if not share_of(day)(intake_id)] == [None] * (SHARES - 1)
    (turn,) = (day for day in days if share_of(day)(intake_id))
    assert check_ledger(home, turn) == tmp_path / "ledger.damaged-1"
    assert check_ledger(home, turn) is None


def test_what_no_release_has_settled_is_held_against_the_archive_each_night(tmp_path, archive) -> None:
    home, receipts = Home(tmp_path), receipts_of("20261122T180000Z-0001", "a", "b")
    archive.write_receipts("20261122T180000Z-0001", receipts)
    Ledger.open(home.ledger, archive).close()
    _alter(home.ledger, LIES["a figure"])
    other_day = next(
        day for n in range(2) if not share_of(day := NOW.date() + timedelta(days=n))(receipts[0].intake_id)
    )
    assert check_ledger(home, other_day) == tmp_path / "ledger.damaged-1"
    with Ledger.open(home.ledger, archive) as ledger:
        assert ledger.pending() == receipts


def _alter(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as stray:
        stray.execute(statement)


def test_a_lost_ledger_is_made_again(tmp_path, archive) -> None:
    receipts = receipts_of("20261122T180000Z-0001", "a")
    archive.write_receipts("20261122T180000Z-0001", receipts)
    with Ledger.open(tmp_path / "ledger", archive) as ledger:
        assert ledger.pending() == receipts
    with Ledger.rebuild(tmp_path / "ledger", archive) as ledger:
        assert ledger.pending() == receipts
        assert ledger.set_aside == tmp_path / "ledger.damaged-1"


def test_a_locked_ledger_is_not_mistaken_for_a_damaged_one(tmp_path, archive, monkeypatch) -> None:
    from warehouse.ledger import file as ledger_file

    monkeypatch.setattr(ledger_file, "PATIENCE_SECONDS", 0.05)
    holder = sqlite3.connect(tmp_path / "ledger", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LedgerFault, match="稍后再试"):
        Ledger.open(tmp_path / "ledger", archive)
    holder.close()
    assert [path.name for path in tmp_path.glob("ledger.damaged*")] == []


def test_a_ledger_that_cannot_be_read_just_now_is_not_mistaken_for_a_false_one(tmp_path, archive) -> None:
    archive.write_receipts("20261122T180000Z-0001", receipts_of("20261122T180000Z-0001", "a"))
    with Ledger.open(tmp_path / "ledger", archive) as ledger:
        ledger._connection.set_progress_handler(lambda: 1, 1)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            ledger.false_intakes(archive, everything)


def test_a_ledger_of_a_newer_program_is_left_alone(tmp_path, archive) -> None:
    Ledger.open(tmp_path / "ledger", archive).close()
    newer = sqlite3.connect(tmp_path / "ledger")
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(LedgerFault, match="升级程序"):
        Ledger.open(tmp_path / "ledger", archive)


def test_a_ledger_of_an_older_program_is_made_again(tmp_path, archive) -> None:
    Ledger.open(tmp_path / "ledger", archive).close()
    older = sqlite3.connect(tmp_path / "ledger")
    older.execute("PRAGMA user_version = 1")
    older.close()
    with Ledger.open(tmp_path / "ledger", archive) as ledger:
        assert ledger.set_aside is not None
        assert ledger.receipts() == list(archive.receipts())
