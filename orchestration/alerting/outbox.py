"""The outbox of a home: a letter a message and channel, from when it is put there until it is sent, and remembered.

``alerts/outbox/<channel>/<name>.json`` waits, ``alerts/sent/<channel>/<name>.json`` is done. A name that stands in
either is never put in again, so a night that runs again tells nothing twice; a process that dies between sending and
remembering sends that one letter again.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from orchestration.alerting.channels import Channel, Kind
from warehouse.files import read_file, sync, write_atomically
from warehouse.home import Home
from warehouse.reasons import reason_of

_REMEMBERED = timedelta(days=400)
"""How long what was sent is remembered: longer than any name can come again."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be told. ``name`` says what it tells, in characters of a file name; ``title`` and ``body`` are plain
    Chinese text in which everything foreign has been made harmless."""

    name: str
    kind: Kind
    title: str
    body: str
    department_id: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message on its way through one channel. ``put_at`` is ISO 8601; ``problem`` is why the last try failed."""

    channel: str
    message: Message
    put_at: str
    tries: int = 0
    problem: str | None = None


_LETTER = TypeAdapter(Letter)


class Outbox:
    """The letters of a home."""

    def __init__(self, home: Home) -> None:
        self._waiting = home.alerts / "outbox"
        self._sent = home.alerts / "sent"

    def put(self, message: Message, channels: Mapping[str, Channel], at: datetime) -> int:
        """A letter for each channel that wants the message and has none of its name yet; their number."""
        number = 0
        for name, channel in channels.items():
            letter = Letter(name, message, at.isoformat())
            if channel.wants(message.kind, message.department_id) and not self._knows(letter):
                self._write(letter)
                number += 1
        return number

    def waiting(self) -> list[Letter]:
        """All letters that are not sent, oldest first; those that failed before come last, and block no other."""
        letters = _found(self._waiting)[0].values()
        return sorted(letters, key=lambda letter: (letter.tries, letter.put_at, letter.channel, letter.message.name))

    def damaged(self) -> list[str]:
        """A Chinese sentence on each file that should hold a letter that is not sent, and holds none."""
        return _found(self._waiting)[1]

    def remember(self, letter: Letter) -> None:
        """The letter was sent."""
        path, target = _path(self._waiting, letter), _path(self._sent, letter)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        sync(target.parent)
        sync(path.parent)

    def keep(self, letter: Letter, problem: str) -> Letter:
        """A try failed; the letter stays, as it is given back."""
        kept = replace(letter, tries=letter.tries + 1, problem=problem)
        self._write(kept)
        return kept

    def forget(self, now: datetime) -> None:
        """Removes what was sent long ago."""
        for path, letter in _found(self._sent)[0].items():
            if datetime.fromisoformat(letter.put_at) < now - _REMEMBERED:
                path.unlink()

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this process is the one that sends; of two at once the second leaves it to the first."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._waiting / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(descriptor)

    def _knows(self, letter: Letter) -> bool:
        return _path(self._waiting, letter).exists() or _path(self._sent, letter).exists()

    def _write(self, letter: Letter) -> None:
        path = _path(self._waiting, letter)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(letter), ensure_ascii=False, indent=1).encode())


def _path(folder: Path, letter: Letter) -> Path:
    return folder / letter.channel / f"{letter.message.name}.json"


def _found(folder: Path) -> tuple[dict[Path, Letter], list[str]]:
    """The letters in a folder, and a sentence on each file that holds none."""
    letters, problems = {}, []
    for path in sorted(folder.glob("*/*.json")):
        try:
            letters[path] = _letter_of(path, folder)
        except (OSError, ValueError) as error:
            reason = reason_of(error) if isinstance(error, OSError) else "不是一条完整的告警"
            problems.append(f"告警文件“{path}”已损坏（{reason}），送不出去。请移走这个文件；其他告警照常发送。")
    return letters, problems


def _letter_of(path: Path, folder: Path) -> Letter:
    """The letter; ValueError where the file does not hold the one that its place says."""
    letter = _LETTER.validate_json(read_file(path))
    datetime.fromisoformat(letter.put_at)
    if _path(folder, letter) != path:
        raise ValueError(f"the letter {letter.message.name!r} of {letter.channel!r}")
    return letter
