"""The home folder: where everything of one installation lies, in which layout, what kind of files it holds, who may
write.

Paths, the layout's version, the synthetic marker and the writer's lock only; what lies behind each path belongs to its
own module.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warehouse.errors import HomeFault, UsageError, WriterBusy
from warehouse.files import read_file, write_atomically
from warehouse.reasons import reason_of

MARKER = "SYNTHETIC"
"""A file of this name marks a home, or a folder of files to take in, as invented."""
_MARKER_TEXT = "本目录中的文件均为程序编造的样例，不是任何单位报送的材料。\n"

LAYOUT = 1
"""Version of the layout of a home, as its file ``VERSION`` states it. A home without that file is of layout 0: the same
folders, an archive without a journal, which the next night writes from the newest release."""


class Home:
    """One home folder. The properties are paths; ``create`` makes the folders."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    @property
    def inbox(self) -> Path:
        """Where files are dropped; never changed by the system."""
        return self.path / "inbox"

    @property
    def archive(self) -> Path:
        """Every byte received, and the receipts."""
        return self.path / "archive"

    @property
    def ledger(self) -> Path:
        """The SQLite file of what was received when, and what became of it."""
        return self.path / "ledger"

    @property
    def warehouse(self) -> Path:
        """Where a night builds; nobody queries it."""
        return self.path / "warehouse"

    @property
    def published(self) -> Path:
        """The releases and the link to the current one."""
        return self.path / "published"

    @property
    def releases(self) -> Path:
        """One folder a release."""
        return self.published / "releases"

    @property
    def current(self) -> Path:
        """The link to the current release."""
        return self.published / "current"

    @property
    def slips(self) -> Path:
        """Return slips."""
        return self.path / "slips"

    @property
    def alerts(self) -> Path:
        """Alerts."""
        return self.path / "alerts"

    @property
    def decisions(self) -> Path:
        """Small reviewed files: waivers, project identity, roster changes."""
        return self.path / "decisions"

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.path / "jixiao.toml"

    @property
    def version(self) -> Path:
        """The file that states the layout."""
        return self.path / "VERSION"

    @property
    def dagster(self) -> Path:
        """Dagster's own storage."""
        return self.path / "dagster"

    @property
    def lock(self) -> Path:
        """The file whose lock the one writer holds."""
        return self.warehouse / ".lock"

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that lie in it."""
        return (
            self.inbox, self.archive, self.warehouse, self.published,
            self.slips, self.alerts, self.decisions, self.dagster,
        )  # fmt: skip

    def create(self) -> Home:
        """Make the folders that are missing, and bring an older home to today's layout; HomeFault when that is not
        possible."""
        layout = self.layout()
        try:
            for folder in (*self.folders, self.releases):
                check_folder(folder)
                folder.mkdir(parents=True, exist_ok=True)
            if layout < LAYOUT:
                write_atomically(self.version, f"{LAYOUT}\n".encode())
        except OSError as error:
            raise HomeFault(f"无法建立数据目录“{self.path}”：{reason_of(error)}。", str(error)) from error
        return self

    def layout(self) -> int:
        """The version of the home's layout, 0 where none is stated; HomeFault when it is not one that this program
        knows."""
        try:
            text = read_file(self.version).decode("ascii", "replace").strip()
        except (FileNotFoundError, NotADirectoryError):
            check_folder(self.path)
            return 0
        except OSError as error:
            raise HomeFault(f"无法读取数据目录的版本文件“{self.version}”：{reason_of(error)}。", str(error)) from error
        if not text.isdecimal():
            raise HomeFault(f"数据目录的版本文件“{self.version}”内容不对，请从备份恢复该文件。", repr(text))
        if int(text) > LAYOUT:
            raise HomeFault(
                f"数据目录“{self.path}”由更新的程序写成（版本 {text}，本程序只认识到 {LAYOUT}），需要更新的程序。"
                "什么也没有改动；其中的发布仍可用 DuckDB 客户端查询。"
            )
        return int(text)

    def keep_clear(self, out: Path) -> None:
        """UsageError for a place among what the home is made of, where nothing else may be written."""
        place = out.resolve()
        for own in (*self.folders, self.ledger, self.config, self.version, self.path / MARKER):
            if place.is_relative_to(own.resolve()):
                raise UsageError(f"“{out}”在数据目录的 {own.name} 之中，那里不能写入别的文件。请换一个地方。")

    @property
    def is_synthetic(self) -> bool:
        """Whether the home holds invented files."""
        return (self.path / MARKER).exists()

    @property
    def holds_files(self) -> bool:
        """Whether anything was ever taken in."""
        receipts = self.archive / "receipts"
        return receipts.is_dir() and any(receipts.glob("*.jsonl"))

    def mark_synthetic(self) -> None:
        """Mark the home as holding invented files; UsageError if it holds received ones."""
        if self.is_synthetic:
            return
        if self.holds_files:
            raise UsageError(f"“{self.path}”中已有正式报送的文件，不能再放入编造的样例。请为样例另设一个目录。")
        write_atomically(self.path / MARKER, _MARKER_TEXT.encode())

    def admit(self, inbox: Path) -> None:
        """Agree to take files from ``inbox``, or raise UsageError: invented and received files never mix.

        Files are invented when the marker stands in their folder or in the one above it (as in a home of
        samples). The first invented files mark an empty home.
        """
        invented = any((folder / MARKER).exists() for folder in (inbox, inbox.absolute().parent))
        if invented:
            self.mark_synthetic()
        elif self.is_synthetic:
            raise UsageError(f"“{self.path}”是样例目录，不能放入正式报送的文件“{inbox}”。请用 --home 指定正式的目录。")


def check_folder(path: Path) -> None:
    """HomeFault where something else stands in a folder's place; nothing may."""
    if (path.is_symlink() or path.exists()) and not path.is_dir():
        raise HomeFault(
            f"“{path}”不是目录，或是指向别处的链接而那里没有目录（未挂载？）。请改正，或用 --home 另指数据目录。"
        )


_held: set[int] = set()


def _forget_in_child() -> None:
    """A forked child must not keep the lock alive after its parent was killed."""
    for descriptor in tuple(_held):
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)


@contextmanager
def exclusive(home: Home) -> Iterator[None]:
    """Be the one writer of a home; WriterBusy at once if another process (or this one) already is.

    The lock dies with its holder, so a killed night never blocks the next. HomeFault when this process may not write
    there.
    """
    try:
        home.warehouse.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise HomeFault(
            f"无法写入数据目录“{home.path}”：{reason_of(error)}。请用 jixiao doctor 检查。", str(error)
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise WriterBusy(
            f"另一个任务（进程 {holder or '未知'}）正在写入“{home.path}”，请等它结束后再试。",
            f"locked: {home.lock}",
        ) from None
    _held.add(descriptor)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        _held.discard(descriptor)
        os.close(descriptor)
