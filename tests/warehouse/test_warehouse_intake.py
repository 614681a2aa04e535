"""Taking files in: whatever lies in the inbox, whatever happens to it meanwhile, whenever the process dies."""

import os
import shutil
import threading
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kill_points import Trials

from warehouse.archive.archive import Archive
from warehouse.archive.receipts import Receipt
from warehouse.errors import ArchiveFault, SystemFault, UsageError
from warehouse.home import Home
from warehouse.intake import intake as intake_module
from warehouse.intake.file_names import readable_name
from warehouse.intake.inbox import walk
from warehouse.intake.intake import Intake, Limits, take_in
from warehouse.ledger.ledger import Ledger

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home").create()


def take(home: Home, now: datetime = NOW, **limits) -> Intake:
    return take_in(home, home.inbox, now, Limits(**({"quiet_seconds": 0} | limits)))


def outcomes(intake: Intake) -> dict[str, str]:
    return {receipt.file_name: receipt.outcome for receipt in intake.receipts}


def receipts(home: Home) -> list[Receipt]:
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        return ledger.receipts()


def test_new_files_are_taken_from_any_folder_and_the_inbox_is_not_touched(home) -> None:
    deep = home.inbox / "石碁" / "2021" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "报告.md").write_text("一")
    (home.inbox / "x.txt").write_text("二")
    before = _look(home.inbox)
    taken = take(home)
    assert outcomes(taken) == {"石碁/2021/a/b/报告.md": "taken", "x.txt": "taken"}
    assert [Archive(home.archive).read(receipt.sha256).decode() for receipt in taken.receipts] == ["二", "一"]
    assert [receipt.received_at for receipt in taken.receipts] == [NOW, NOW]
    assert list(Archive(home.archive).receipts()) == taken.receipts == receipts(home)
    assert _look(home.inbox) == before


def _look(folder: Path) -> list[tuple]:
    return sorted(
        (str(path), status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        for path in folder.rglob("*")
        for status in [path.lstat()]
    )


def test_nothing_new_gives_nothing(home) -> None:
    assert take(home) == Intake(None, [], [])
    (home.inbox / "a.md").write_text("一")
    take(home)
    assert take(home, NOW + timedelta(days=1)) == Intake(None, [], [])
    assert len(Archive(home.archive).intake_ids()) == 1


def test_known_files_are_only_looked_at(home, monkeypatch) -> None:
    for number in range(50):
        (home.inbox / f"{number}.md").write_text(str(number))
    take(home)
    opened = []
    really_open = os.open
    monkeypatch.setattr(os, "open", lambda path, *args, **rest: opened.append(path) or really_open(path, *args, **rest))
    monkeypatch.setattr(Archive, "batch", _must_not_happen)
    assert take(home).receipts == []
    assert opened
    assert not [path for path in opened if Path(path).parent == home.inbox]


def _must_not_happen(*_: object, **__: object) -> None:
    raise AssertionError("the archive was written to")


def test_the_same_bytes_again_are_a_duplicate(home) -> None:
    (home.inbox / "a.md").write_text("一")
    (home.inbox / "b.md").write_text("一")
    first = take(home)
    assert outcomes(first) == {"a.md": "taken", "b.md": "duplicate"}
    assert first.receipts[1].reason == "与已收到的“a.md”内容完全相同，不重复计入。"
    assert first.receipts[0].document_key == first.receipts[1].document_key
    (home.inbox / "c.md").write_text("一")
    assert outcomes(take(home)) == {"c.md": "duplicate"}


def test_a_touched_or_rewritten_file_with_the_same_bytes_is_no_event(home) -> None:
    path = home.inbox / "a.md"
    path.write_text("一")
    take(home)
    os.utime(path, (1, 1))
    assert take(home).receipts == []
    path.unlink()
    path.write_text("一")
    assert take(home).receipts == []
    assert len(receipts(home)) == 1


def test_a_changed_file_is_taken_again_and_its_return_is_a_duplicate(home) -> None:
    path = home.inbox / "a.md"
    for content, outcome in (("一", "taken"), ("二", "taken"), ("一", "duplicate"), ("二", "duplicate")):
        path.write_text(content)
        os.utime(path, ns=(time.time_ns(), time.time_ns()))
        assert outcomes(take(home)) == {"a.md": outcome}
    assert len({receipt.receipt_key for receipt in receipts(home)}) == 4


def test_a_change_that_keeps_size_and_time_is_noticed(home) -> None:
    path = home.inbox / "a.md"
    path.write_text("一")
    os.utime(path, (5, 5))
    take(home)
    time.sleep(0.02)
    path.write_text("二")
    os.utime(path, (5, 5))
    assert outcomes(take(home)) == {"a.md": "taken"}


def test_files_that_nobody_sent_are_passed_over(home) -> None:
    for name in (
        "~$报告.docx",
        ".hidden",
        "a.tmp",
        "b.PART",
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        "c.md~",
        "d.crdownload",
    ):
        (home.inbox / name).write_text("x")
    for folder in (".git", "__MACOSX"):
        (home.inbox / folder).mkdir()
        (home.inbox / folder / "a.md").write_text("x")
    assert take(home) == Intake(None, [], [])


def test_empty_files_are_unreadable_but_kept(home) -> None:
    (home.inbox / "a.md").touch()
    (receipt,) = take(home).receipts
    assert (receipt.outcome, receipt.byte_count) == ("unreadable", 0)
    assert "空的" in (receipt.reason or "")
    assert Archive(home.archive).read(receipt.sha256) == b""


def test_too_large_files_are_kept_but_unreadable(home) -> None:
    (home.inbox / "a.md").write_bytes(b"x" * 3_000_000)
    (receipt,) = take(home, max_bytes=1 << 20).receipts
    assert receipt.outcome == "unreadable"
    assert "文件过大（2.9 MiB，上限 1 MiB）" in (receipt.reason or "")
    assert len(Archive(home.archive).read(receipt.sha256)) == 3_000_000


def test_links_out_of_the_inbox_are_not_followed(home, tmp_path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.md").write_text("secret")
    (home.inbox / "real.md").write_text("一")
    for name, target in (
        ("out.md", tmp_path / "secret"),
        ("folder", tmp_path / "folder"),
        ("broken.md", home.inbox / "nothing"),
        ("inside.md", home.inbox / "real.md"),
        ("loop", home.inbox),
        ("dots.md", Path("../../secret")),
    ):
        (home.inbox / name).symlink_to(target)
    taken = take(home)
    assert outcomes(taken) == {
        "real.md": "taken",
        "out.md": "unreadable",
        "folder": "unreadable",
        "broken.md": "unreadable",
        "loop": "unreadable",
        "dots.md": "unreadable",
    }
    stored = [Archive(home.archive).read(receipt.sha256) for receipt in taken.receipts]
    assert b"secret" not in stored
    assert take(home).receipts == []


def test_pipes_are_reported_and_do_not_hang(home) -> None:
    os.mkfifo(home.inbox / "pipe")
    (home.inbox / "a.md").write_text("一")
    taken = take(home)
    assert outcomes(taken) == {"a.md": "taken"}
    assert [each.file_name for each in taken.postponed] == ["pipe"]


def test_a_file_that_was_just_changed_waits(home) -> None:
    path = home.inbox / "a.md"
    path.write_text("半")
    now = datetime.now(UTC)
    waiting = take(home, now, quiet_seconds=60)
    assert waiting.receipts == []
    assert [(each.file_name, each.reason[:4]) for each in waiting.postponed] == [("a.md", "文件刚刚")]
    assert outcomes(take(home, now + timedelta(minutes=2), quiet_seconds=60)) == {"a.md": "taken"}


def test_a_file_from_the_future_does_not_wait_for_ever(home) -> None:
    path = home.inbox / "a.md"
    path.write_text("一")
    os.utime(path, (4e9, 4e9))
    assert outcomes(take(home, quiet_seconds=60)) == {"a.md": "taken"}


def test_a_file_that_changes_while_it_is_read_waits(home, monkeypatch) -> None:
    path = home.inbox / "a.md"
    path.write_bytes(b"x" * (3 << 20))
    (home.inbox / "b.md").write_text("一")
    real = intake_module.chunks_of

    def chunks_of(descriptor):
        for number, chunk in enumerate(real(descriptor)):
            yield chunk
            if number == 0 and len(chunk) > 100:
                with path.open("ab") as other:
                    other.write(b"more")

    monkeypatch.setattr(intake_module, "chunks_of", chunks_of)
    taken = take(home)
    assert outcomes(taken) == {"b.md": "taken"}
    assert [(each.file_name, each.reason) for each in taken.postponed] == [("a.md", "文件在读取时变动，留待下次。")]
    monkeypatch.undo()
    assert outcomes(take(home)) == {"a.md": "taken"}
    assert len(list((home.archive / "objects").glob("*/*"))) == 2


def test_a_file_that_vanishes_or_cannot_be_read_holds_up_no_other(home, monkeypatch) -> None:
    for name in ("a.md", "b.md", "c.md", "d.md"):
        (home.inbox / name).write_text(name)
    real = os.open

    def fails(path, *rest, **named):
        name = Path(os.fsdecode(path)).name
        if name == "a.md":
            raise FileNotFoundError(2, "gone")
        if name == "b.md":
            raise PermissionError(13, "denied")
        if name == "c.md":
            raise OSError(5, "Input/output error")
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", fails)
    taken = take(home)
    monkeypatch.undo()
    assert outcomes(taken) == {"d.md": "taken"}
    assert [each.reason for each in taken.postponed] == [
        "文件在读取前消失，留待下次。",
        "没有读取权限，留待下次。",
        "无法读取（磁盘没有应答），留待下次。",
    ]
    assert outcomes(take(home)) == {"a.md": "taken", "b.md": "taken", "c.md": "taken"}


def test_an_archive_that_cannot_be_written_stops_the_intake(home, monkeypatch) -> None:
    (home.inbox / "a.md").write_text("一")
    monkeypatch.setattr(os, "fsync", _disk_error)
    with pytest.raises(SystemFault, match="磁盘"):
        take(home)
    monkeypatch.undo()
    assert outcomes(take(home)) == {"a.md": "taken"}


def _disk_error(*_: object) -> None:
    raise OSError(5, "Input/output error")


def test_a_full_disk_leaves_files_for_the_next_time(home, monkeypatch) -> None:
    (home.inbox / "a.md").write_text("一")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
        taken = take(home)
    assert [each.reason for each in taken.postponed] == ["磁盘空间不足，无法存档，留待下次。"]
    assert outcomes(take(home)) == {"a.md": "taken"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.md", "a\\nb.md"),
        ("长".encode() * 80 + b".md", "长" * 80 + ".md"),
        (b"x" * 200, "x" * 200),
        ("报告.md".encode("gb18030"), "报告.md"),
        (b"\xff.md", "\\xff.md"),
        (b"\x1b[31mred.md", "\\x1b[31mred.md"),
        ("\u202egpj.md".encode(), "\\u202egpj.md"),
        (b"'; DROP TABLE x; --.md", "'; DROP TABLE x; --.md"),
        (b"a b  c.md", "a b  c.md"),
        ("报 告　（终稿）.md".encode(), "报 告　（终稿）.md"),
    ],
)
def test_strange_names_break_nothing(home, name, shown) -> None:
    Path(os.fsdecode(os.path.join(os.fsencode(home.inbox), name))).write_bytes(name)  # noqa: PTH118 - bytes
    assert readable_name(name) == shown
    assert outcomes(take(home)) == {shown: "taken"}
    assert take(home).receipts == []
    assert [receipt.file_name for receipt in Archive(home.archive).receipts()] == [shown]


def test_a_folder_that_cannot_be_read_is_reported(home, monkeypatch) -> None:
    (home.inbox / "open").mkdir()
    (home.inbox / "open" / "a.md").write_text("一")
    (home.inbox / "closed").mkdir()
    real = os.scandir

    def scandir(path):
        if os.fsdecode(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    taken = take(home)
    assert outcomes(taken) == {"open/a.md": "taken"}
    assert [(each.file_name, each.reason) for each in taken.postponed] == [
        ("closed", "文件夹无法读取（没有权限），留待下次。")
    ]


def test_a_missing_inbox_is_wrong_use(home, tmp_path) -> None:
    with pytest.raises(UsageError, match="不存在"):
        take_in(home, tmp_path / "nothing", NOW)


def test_another_inbox_with_the_same_names_and_bytes_brings_nothing_new(home, tmp_path) -> None:
    (home.inbox / "a.md").write_text("一")
    take(home)
    other = tmp_path / "elsewhere"
    shutil.copytree(home.inbox, other)
    (other / "b.md").write_text("二")
    assert outcomes(take_in(home, other, NOW, Limits(quiet_seconds=0))) == {"b.md": "taken"}


def test_an_inbox_that_changes_under_the_walk(home) -> None:
    stop = threading.Event()

    def stir() -> None:
        number = 0
        while not stop.is_set():
            path = home.inbox / f"{number % 20}.md"
            path.write_text(f"内容 {number}")
            if number % 3 == 0:
                path.unlink()
            number += 1

    stirring = threading.Thread(target=stir)
    stirring.start()
    try:
        for _ in range(15):
            take(home)
            walk(home.inbox)
    finally:
        stop.set()
        stirring.join()
    take(home)
    archive = Archive(home.archive)
    assert receipts(home) == list(archive.receipts())
    assert all(
        archive.read(receipt.sha256).decode().startswith("内容") for receipt in receipts(home) if receipt.byte_count
    )


def test_a_ledger_made_again_knows_what_was_taken(home) -> None:
    (home.inbox / "a.md").write_text("一")
    (home.inbox / "b.md").write_text("一")
    take(home)
    before = receipts(home)
    home.ledger.write_bytes(b"damaged")
    assert take(home).receipts == []
    assert receipts(home) == before


def test_damaged_receipts_stop_the_intake(home) -> None:
    (home.inbox / "a.md").write_text("一")
    taken = take(home)
    path = home.archive / "receipts" / f"{taken.intake_id}.jsonl"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-10])
    home.ledger.unlink()
    with pytest.raises(ArchiveFault, match="收件记录"):
        take(home)


@pytest.mark.pipeline
def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(tmp_path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, content in (("a.md", "一"), ("b.md", "二"), ("c.md", "一"), ("d.md", "")):
        (inbox / name).write_text(content)
    with zipfile.ZipFile(inbox / "e.zip", "w") as bundle:
        for name, content in (("甲.md", "一"), ("乙.md", "乙")):
            bundle.writestr(zipfile.ZipInfo(name), content)

    def arguments(home: str) -> dict:
        return {"home": str(tmp_path / home), "inbox": str(inbox), "now": NOW.isoformat()}

    with Trials() as trials:
        calls = trials.run("intake", arguments("undisturbed"))
        for point in range(1, len(calls) + 1):
            trials.run("intake", arguments(str(point)), kill_at=point)
            trials.run("intake", arguments(str(point)))
    expected = receipts(Home(tmp_path / "undisturbed"))
    assert [(receipt.file_name, receipt.outcome) for receipt in expected] == [
        ("a.md", "taken"), ("b.md", "taken"), ("c.md", "duplicate"), ("d.md", "unreadable"),
        ("e.zip", "taken"), ("e.zip/甲.md", "duplicate"), ("e.zip/乙.md", "taken"),
    ]  # fmt: skip
    for point in range(1, len(calls) + 1):
        home = Home(tmp_path / str(point))
        archive = Archive(home.archive)
        assert receipts(home) == expected == list(archive.receipts()), f"killed at {point}: {calls[point - 1]}"
        assert list((home.archive / "incoming").iterdir()) == []
        assert [path for path in home.archive.rglob(".writing-*")] == []
        for receipt in expected:
            archive.read(receipt.sha256)


def test_a_thousand_files_are_taken_once(home) -> None:
    for number in range(1000):
        (home.inbox / f"{number}.md").write_text(f"报告 {number}" * 500)
    assert [len(take(home).receipts) for _ in range(2)] == [1000, 0]
