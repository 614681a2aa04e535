"""The file of one kind of decision: JSON, a line a record; a line once written is never changed.

Each line bears its number, so that a line taken out is noticed; what is revoked is revoked by a line of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from warehouse.decisions.records import Kind, Record, Revocation
from warehouse.errors import HomeFault, UsageError
from warehouse.files import read_file, write_atomically
from warehouse.home import Home
from warehouse.reasons import reason_of
from warehouse.release.releases import BEIJING

R = TypeVar("R", bound=Record)


class DecisionError(UsageError):
    """A decision cannot stand: a file edited by hand is malformed (the message names file, line and reason), or what
    is to be recorded makes no sense. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class History(Generic[R]):
    """All rows of a file, in their order."""

    kind: Kind[R]
    path: Path
    rows: tuple[R | Revocation, ...]

    @property
    def decisions(self) -> tuple[R, ...]:
        """The rows but for the revocations."""
        return tuple(row for row in self.rows if not isinstance(row, Revocation))

    def revoked(self, at: datetime | None = None) -> dict[int, Revocation]:
        """Number of a row to what revoked it by then; without an instant whenever."""
        revocations = (row for row in self.rows if isinstance(row, Revocation))
        return {row.revokes: row for row in revocations if at is None or row.is_in_force(at)}

    def standing(self, at: datetime) -> tuple[R, ...]:
        """What is in force at that instant."""
        gone = self.revoked(at)
        return tuple(row for row in self.decisions if row.number not in gone and row.is_in_force(at))

    def where(self, row: Record) -> str:
        """File and line of a row, as messages name it."""
        return f"{self.kind.title}文件 {self.path} 第 {row.number} 行"


def read_history(home: Home, kind: Kind[R]) -> History[R]:
    """The kind's file, every line checked; without a file there are no rows. DecisionError; HomeFault when it cannot be
    read."""
    path = home.decisions / kind.file_name
    rows: list[R | Revocation] = []
    for number, line in enumerate(_lines(path, kind), 1):
        try:
            row = _row(line, kind)
            _check_place(row, number, rows)
        except ValueError as error:
            raise DecisionError(
                f"{kind.title}文件 {path} 第 {number} 行有误：{reason_of(error)}。",
                f"{path.name}:{number}: {error}",
            ) from error
        rows.append(row)
    return History(kind, path, tuple(rows))


def record(home: Home, kind: Kind[R], make: Callable[[int], R], check: Callable[[History[R], R], None]) -> R:
    """Add the row that ``make`` gives for its number, once ``check`` (which raises DecisionError) lets it pass.

    For the holder of the home's lock. DecisionError also when the file is malformed.
    """
    history = read_history(home, kind)
    row = _made(make, len(history.rows) + 1)
    check(history, row)
    _add(history, row)
    return row


def revoke(home: Home, kind: Kind[R], number: int, *, reason: str, by: str, at: datetime) -> tuple[R, Revocation]:
    """Take a row back: it and the row that does so. For the holder of the home's lock; DecisionError when there is no
    such row, or it has been taken back."""
    history = read_history(home, kind)
    taken = next((row for row in history.decisions if row.number == number), None)
    if taken is None:
        raise DecisionError(f"没有{kind.title} {kind.letter}{number}。用 --list 看全部{kind.title}。")
    if number in history.revoked():
        raise DecisionError(f"{kind.title} {kind.letter}{number} 已经撤销。")
    row = _made(
        lambda new: Revocation(number=new, recorded_at=to_second(at), recorded_by=by, reason=reason, revokes=number),
        len(history.rows) + 1,
    )
    _add(history, row)
    return taken, row


def to_second(at: datetime) -> datetime:
    """The instant as it is recorded: Beijing time, whole seconds."""
    return at.astimezone(BEIJING).replace(microsecond=0)


def _made(make: Callable[[int], R], number: int) -> R:
    try:
        return make(number)
    except ValidationError as error:
        raise DecisionError(f"不能记录：{reason_of(error)}。", str(error)) from error


def _lines(path: Path, kind: Kind[R]) -> list[str]:
    try:
        content = read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise HomeFault(f"无法读取{kind.title}文件 {path}：{reason_of(error)}。", str(error)) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DecisionError(f"{kind.title}文件 {path} 第 {line} 行不是 UTF-8 编码。", str(error)) from error
    return text.removesuffix("\n").split("\n") if text else []


def _row(line: str, kind: Kind[R]) -> R | Revocation:
    try:
        content = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError("不是一条完整的 JSON 记录") from error
    if not isinstance(content, dict):
        raise ValueError("不是一条记录")
    model = Revocation if "revokes" in content else kind.record
    return model.model_validate_json(line)


def _check_place(row: Record, number: int, before: list[R | Revocation]) -> None:
    if row.number != number:
        raise ValueError(f"number 应为 {number}，现为 {row.number}：各行须按编号排列，不得删改")
    if not isinstance(row, Revocation):
        return
    if not any(row.revokes == each.number and not isinstance(each, Revocation) for each in before):
        raise ValueError(f"第 {row.revokes} 行没有可以撤销的记录")
    if any(isinstance(each, Revocation) and each.revokes == row.revokes for each in before):
        raise ValueError(f"第 {row.revokes} 行的记录已经撤销")


def _add(history: History[R], row: Record) -> None:
    path = history.path
    path.parent.mkdir(parents=True, exist_ok=True)
    before = read_file(path) if path.exists() else b""
    line = json.dumps(row.model_dump(mode="json"), ensure_ascii=False)
    write_atomically(path, before + (b"" if before.endswith(b"\n") or not before else b"\n") + f"{line}\n".encode())
