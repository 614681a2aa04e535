"""The archive: nothing is lost, nothing is stored twice, damage never goes unnoticed."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.archive.archive import Archive
from warehouse.archive.receipts import RECEIPT_SCHEMA, Receipt, decode, encode, receipt_keys, receipts_frame
from warehouse.errors import ArchiveFault

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 22, 18, 0, 0, 123, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(tmp_path / "archive").create()


def receipt(name: str = "报告.md", content: bytes = b"x", **values) -> Receipt:
    sha256 = hashlib.sha256(content).hexdigest()
    ((key, document),) = receipt_keys([(name, sha256, 0)])
    fields = {
        "receipt_key": key,
        "document_key": document,
        "intake_id": "20261122T180000Z-0001",
        "file_name": name,
        "sha256": sha256,
        "byte_count": len(content),
        "received_at": NOW,
        "outcome": "taken",
    }
    return Receipt(**(fields | values))


def test_what_was_stored_is_read_again(archive) -> None:
    sha256 = archive.store("报告".encode())
    assert sha256 == hashlib.sha256("报告".encode()).hexdigest()
    assert archive.read(sha256) == "报告".encode()
    assert archive.path_of(sha256) == archive.path / "objects" / sha256[:2] / sha256
    assert archive.path_of(sha256).stat().st_mode & 0o777 == 0o444


def test_storing_again_changes_nothing(archive) -> None:
    sha256 = archive.store(b"same")
    before = archive.path_of(sha256).stat()
    assert archive.store(b"same") == sha256
    after = archive.path_of(sha256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert list((archive.path / "incoming").iterdir()) == []


def test_a_batch_stores_equal_bytes_once(archive) -> None:
    with archive.batch() as batch:
        found = [batch.add([content]) for content in (b"a", b"b", b"a", b"")]
    assert [size for _, size in found] == [1, 1, 1, 0]
    assert len(list((archive.path / "objects").glob("*/*"))) == 3
    assert [archive.read(sha256) for sha256, _ in found] == [b"a", b"b", b"a", b""]


def test_a_batch_that_fails_leaves_no_trace(archive) -> None:
    with pytest.raises(RuntimeError), archive.batch() as batch:
        _add_and_fail(batch)
    with pytest.raises(RuntimeError), archive.batch() as batch:
        batch.add(_breaking_off())
    assert list(archive.path.glob("objects/*/*")) == []
    assert list((archive.path / "incoming").iterdir()) == []


def _add_and_fail(batch) -> None:
    batch.add([b"a"])
    raise RuntimeError


def _breaking_off():
    yield b"half"
    raise RuntimeError


def test_absent_and_damaged_objects_are_never_used(archive) -> None:
    sha256 = archive.store(b"content")
    path = archive.path_of(sha256)
    path.chmod(0o644)
    path.write_bytes(b"Content")
    with pytest.raises(ArchiveFault, match="已损坏"):
        archive.read(sha256)
    assert archive.problem_of(sha256, 7, full=False) is None, "only hashing tells damage of the same length"
    assert "已损坏" in (archive.problem_of(sha256, 7, full=True) or "")
    assert "已损坏" in (archive.problem_of(sha256, 8, full=False) or "")
    path.unlink()
    with pytest.raises(ArchiveFault, match="缺少"):
        archive.read(sha256)
    assert "缺少" in (archive.problem_of(sha256, 7, full=False) or "")


def test_the_same_bytes_received_again_mend_a_damaged_object(archive) -> None:
    sha256 = archive.store(b"content")
    archive.path_of(sha256).chmod(0o644)
    archive.path_of(sha256).write_bytes(b"damaged")
    archive.store(b"content")
    assert archive.read(sha256) == b"content"


def test_leftovers_of_a_killed_intake_go(archive) -> None:
    batch = archive.batch()
    batch.add([b"never named"])
    assert archive.clear_leftovers() == 1
    batch.__exit__(RuntimeError, None, None)
    assert archive.clear_leftovers() == 0


def test_receipts_are_read_as_they_were_written(archive) -> None:
    batches = {
        "20261122T180000Z-0002": [receipt("b.md", b"b")],
        "20261122T180000Z-0001": [receipt(), receipt("空.md", b"", outcome="unreadable", reason="文件是空的。")],
    }
    for intake_id, batch in batches.items():
        archive.write_receipts(intake_id, batch)
    assert archive.intake_ids() == sorted(batches)
    assert list(archive.receipts()) == [*batches["20261122T180000Z-0001"], *batches["20261122T180000Z-0002"]]


@pytest.mark.parametrize("damage", ["cut", "altered", "line lost", "empty", "gone"])
def test_damaged_receipts_are_reported(archive, damage) -> None:
    archive.write_receipts("i1", [receipt(), receipt("b.md", b"b")])
    path = archive.path / "receipts" / "i1.jsonl"
    content = path.read_bytes()
    path.chmod(0o644)
    damaged = {
        "cut": content[:-30],
        "altered": content.replace(b"taken", b"taker"),
        "line lost": b"".join(content.splitlines(keepends=True)[1:]),
        "empty": b"",
    }
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(damaged[damage])
    with pytest.raises(ArchiveFault):
        archive.receipts_of("i1")


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(st.lists(st.tuples(names, st.binary(max_size=5), st.none() | names), max_size=5))
def test_any_receipt_survives_writing_and_reading(rows) -> None:
    receipts = [receipt(name, content, reason=reason) for name, content, reason in rows]
    assert decode(encode(receipts), "r") == receipts


def test_receipts_as_a_frame() -> None:
    frame = receipts_frame([receipt()])
    assert frame.schema == RECEIPT_SCHEMA
    assert frame["received_at"].item() == NOW
    assert receipts_frame([]).schema == RECEIPT_SCHEMA


def test_keys_follow_name_and_content_only() -> None:
    first, second = receipt(), receipt(received_at=datetime(2027, 1, 1, tzinfo=UTC), intake_id="other")
    assert (first.receipt_key, first.document_key) == (second.receipt_key, second.document_key)
    other = receipt("别的.md")
    assert other.receipt_key != first.receipt_key
    assert other.document_key == first.document_key
    assert receipt_keys([]) == []


def test_objects_are_on_the_disk_before_they_have_a_name(archive, monkeypatch) -> None:
    synced: set[int] = set()
    real_sync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.add(os.fstat(fd).st_ino), real_sync(fd))[1])

    def replace(source, target, **rest):
        assert Path(source).stat().st_ino in synced
        return real_replace(source, target, **rest)

    monkeypatch.setattr(os, "replace", replace)
    sha256 = archive.store(b"content")
    assert archive.path_of(sha256).parent.stat().st_ino in synced
