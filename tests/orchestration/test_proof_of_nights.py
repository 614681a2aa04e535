"""The proof of each night: what it says when all is well, and each break of it found, told and alerted."""

import json
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import duckdb
import pytest
from homes import FIRST_NIGHT, HE, ask, copy_of, drop, made_once, night, report, two_published

from orchestration.alerting.conditions import proof_sentence
from orchestration.night.log import read_night_log
from warehouse.archive.archive import Archive, hash_of
from warehouse.archive.proof import SHARES, share_of
from warehouse.home import Home
from warehouse.release.manifest import DATABASE, NAME
from warehouse.release.nightly_proof import prove
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def before(common):
    """A home with a release, a channel, and another report in its inbox."""

    def make(folder):
        home = copy_of(two_published(common), folder)
        home.config.write_text(home.config.read_text("utf-8") + '\n[channels.all]\nurl = "file:outgoing"\n', "utf-8")
        drop(home, "禾浦.md", report(HE, budget="1000.01"))

    return Home(made_once(common, "proven-home", make))


@pytest.fixture
def home(before, tmp_path):
    return copy_of(before, tmp_path / "home")


def damage(path, content=b"!"):
    path.chmod(0o644)
    path.write_bytes(content)


def rewrite(home, statement):
    """Changes the rows of the published file as nobody but a broken program could, and makes it look untouched."""
    folder = home.current.resolve()
    (folder / DATABASE).chmod(0o644)
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute(statement)
        assert connection.execute("CHECKPOINT")
    manifest = json.loads((folder / NAME).read_text("utf-8"))
    manifest["files"][DATABASE] = {"size": (folder / DATABASE).stat().st_size, "sha256": hash_of(folder / DATABASE)}
    damage(folder / NAME, json.dumps(manifest).encode())


def original(home, file_name):
    """The archived bytes of a file."""
    (sha256,) = ask(home, f"SELECT sha256 FROM quality.received_file WHERE file_name = '{file_name}'")[0]
    return Archive(home.archive).path_of(sha256)


def damage_unseen(path):
    """Other bytes, as many as before."""
    damage(path, bytes(path.stat().st_size))


def days_until_due(name):
    """How many nights after the first one the share of this object or record is read."""
    first = FIRST_NIGHT.date()
    return next(n for n in range(1, SHARES + 1) if share_of(first + timedelta(days=n))(name))


def receipts(home):
    """The receipts, a file an intake, oldest first."""
    return sorted((home.archive / "receipts").glob("*.jsonl"))


BREAKS_OF_THE_NIGHT = {
    "a fen": (
        lambda home: rewrite(
            home,
            "UPDATE core.fact_project_spending SET spent_yuan = spent_yuan + 0.01"
            " WHERE submission_key = (SELECT submission_key FROM core.dim_submission WHERE department_id = 's-he')"
            " AND row_number = 1",
        ),
        "s-he 2021 年度采纳与发布不一致",
    ),
    "an original": (lambda home: damage_unseen(original(home, "禾浦.md")), "已损坏"),
}
BREAKS_OF_WHAT_STOOD = {
    "a key": (
        lambda home: rewrite(home, "UPDATE core.fact_goal SET department_key = 5 WHERE position = 1"),
        "指向 core.dim_department 的键不存在",
    ),
    "the size of an earlier original": (lambda home: damage(original(home, "松溪.md")), "已损坏"),
    "the receipts of an earlier night": (lambda home: receipts(home)[0].unlink(), "缺少收件记录"),
    "a file": (lambda home: damage(home.current / "dictionary.html"), "dictionary.html"),
}
"""What is spoiled in one night -> (how, words of its own that tell of it)."""


@contextmanager
def broken_after_publication(home, breaks):
    publish = Releases.publish

    def publish_and_spoil(releases, release_id):
        publish(releases, release_id)
        for spoil, _ in breaks.values():
            spoil(home)

    with mock.patch.object(Releases, "publish", publish_and_spoil):
        yield


def test_a_night_proves_that_what_was_accepted_is_published(home):
    log = night(home, 1)
    assert log.proof.problems == ()
    assert log.proof.release_id == log.release_id
    assert log.proof.original_count == 3
    (line,) = log.proof.lines
    assert (line.department_id, line.fiscal_year) == ("s-he", 2021)
    assert (line.accepted_rows, line.accepted_yuan) == (line.published_rows, line.published_yuan)
    assert line.published_yuan.endswith(".00")
    assert read_night_log(home, log.night_id) == log
    assert "采纳等于发布，1 个部门年度" in proof_sentence(log.proof)
    again = night(home, 2)
    assert (again.release_id, again.proof.release_id, again.proof.lines) == (None, log.release_id, ())


@pytest.mark.parametrize("breaks", [BREAKS_OF_THE_NIGHT, BREAKS_OF_WHAT_STOOD], ids=["of the night", "of what stood"])
def test_each_break_is_found_told_and_alerted(home, breaks):
    with broken_after_publication(home, breaks):
        log = night(home, 1)
    assert log.is_unproven
    (alert,) = home.alerts.glob("proof-*.json")
    (message,) = (home.path / "outgoing").glob("proof-*.txt")
    for break_, (_, words) in breaks.items():
        assert [words in problem for problem in log.proof.problems].count(True) == 1, (break_, log.proof.problems)
        assert words in json.loads(alert.read_text("utf-8"))["message"]
        assert words in message.read_text("utf-8")


def test_what_breaks_later_is_found_by_a_night_with_nothing_to_do(before, tmp_path, jixiao, monkeypatch):
    home = copy_of(before, tmp_path / "home")
    for path in home.inbox.rglob("*.*"):
        path.unlink()
    damage(original(home, "松溪.md"))
    monkeypatch.setattr("expectations.second_opinion.warm_up", lambda: None)
    code, out, _ = jixiao(home, "nightly")
    assert code == 1
    assert "核验：发现 1 个问题。" in out
    assert "  ✗ " in out
    assert len(list(home.alerts.glob("proof-*.json"))) == 1


def proof_of(home, days):
    """What a night with nothing new proves, so many days after the first."""
    return prove(home, Releases(home).current(), FIRST_NIGHT.date() + timedelta(days=days))


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda home: original(home, "松溪.md"),
        lambda home: receipts(home)[0],
        lambda home: next((home.archive / "nights").glob("*.json")),
    ],
    ids=["original", "receipts", "journal"],
)
def test_damage_that_keeps_the_size_is_found_by_its_turn_and_by_verify_at_once(home, jixiao, spoiled):
    path = spoiled(home)
    damage_unseen(path)
    turn = days_until_due(path.stem)
    quiet = [proof_of(home, days).problems for days in range(turn - 2, turn)]
    assert quiet == [(), ()]
    assert any("已损坏" in problem for problem in proof_of(home, turn).problems)
    code, out, _ = jixiao(home, "verify")
    assert code == 1
    assert "已损坏" in out


def test_every_share_has_its_turn_whatever_the_rhythm_of_the_nights(home):
    path = original(home, "松溪.md")
    for rhythm in (1, 2, 7, 30):
        proofs = [share_of(FIRST_NIGHT.date() + timedelta(days=rhythm * n))(path.name) for n in range(SHARES)]
        assert proofs.count(True) == 1
    assert [proof_of(home, days_until_due(path.name) + n).hashed_count for n in (0, 1)] == [1, 0]
