"""Where slips lie once written, and which were: ``slips/<year>/…``, and ``slips/issued.jsonl``, a line an issue.

What was sent is never overwritten by something else: the same verdict gives the same files, another one of the same
version is a further issue with a number of its own. What a slip says is not looked at here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from expectations.slips.model import Slip
from expectations.slips.press import Made, Order, made
from expectations.slips.writing import WRITERS
from warehouse.files import append_lines, clear_temporaries, write_together
from warehouse.home import Home

FORMATS = tuple(WRITERS)
Failure = tuple[Slip, Exception]
_REGISTER = "issued.jsonl"
_UNKNOWN_YEAR = "年度不明"
_NOT_FOR_NAMES = re.compile(r"[^\w【】（）().-]+")


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a slip. ``stem``: its files below ``slips/``, without ending; ``files``: ending -> SHA-256.

    ``key``, ``fingerprint``, ``judged_at`` and ``number`` are the slip's (see Slip).
    """

    key: int
    fingerprint: str
    judged_at: datetime
    number: int
    stem: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a slip comes to lie: with its number, what the register says of the same one, and its files."""

    slip: Slip
    before: Issue | None
    stem: str
    paths: dict[str, Path]

    @property
    def order(self) -> Order:
        """The slip and the endings of its files that are not there."""
        return self.slip, tuple(ending for ending, path in self.paths.items() if not path.exists())


@dataclass(frozen=True, slots=True)
class _Draft:
    """A slip on its way to the shelf: its issue, what the register says of the same one, and what is to be written."""

    issue: Issue
    before: Issue | None
    paths: dict[str, Path]
    contents: dict[str, bytes]


class Shelf:
    """The slips of a home. Its register is read once; what is issued meanwhile by others, another shelf knows."""

    def __init__(self, home: Home) -> None:
        self._folder = home.slips
        self._issues: dict[int, list[Issue]] = {}
        for issue in self._read():
            self._issues.setdefault(issue.key, []).append(issue)
        self._stems = {issue.stem for issues in self._issues.values() for issue in issues}

    def lacks(self, key: int, judged_at: datetime) -> bool:
        """Whether nothing was issued of this submission or file since it was judged at that instant."""
        return all(issue.judged_at < judged_at for issue in self._issues.get(key, []))

    def issue(self, slip: Slip, formats: Sequence[str] = FORMATS) -> dict[str, Path]:
        """Ending -> path of the slip's files; what the shelf has of it stays as it was sent, the rest is written."""
        place = self._placed(slip, formats)
        (content,) = made([place.order])
        if isinstance(content, Exception):
            self._stems -= set() if place.before else {place.stem}
            raise content
        draft = _drafted(place, content)
        self._put([draft])
        return draft.paths

    def issue_all(
        self, slips: Iterable[Slip], make: Callable[[Sequence[Order]], list[Made]] = made
    ) -> tuple[list[Path], list[Failure]]:
        """Every slip in every format, many at once: the Word files, and the slips that failed with the reason. ``make``
        writes them."""
        drafts, failed = self._all_drafted(list(slips), make)
        try:
            self._put([draft for _, draft in drafts])
        except OSError:
            drafts = self._put_singly(drafts, failed)
        return [draft.paths["docx"] for _, draft in drafts], failed

    def _all_drafted(
        self, slips: Sequence[Slip], make: Callable[[Sequence[Order]], list[Made]]
    ) -> tuple[list[tuple[Slip, _Draft]], list[Failure]]:
        """What is to be written of them, and the slips that failed. A name is only taken by a slip that lies under it:
        after a failure the others are numbered without the one that failed."""
        placed: list[tuple[Slip, _Place]] = []
        drafts: list[tuple[Slip, _Draft]] = []
        failed: list[Failure] = []
        for slip in slips:
            try:
                placed.append((slip, self._placed(slip, FORMATS)))
            except Exception as error:
                failed.append((slip, error))
        for (slip, place), content in zip(placed, make([place.order for _, place in placed]), strict=True):
            if isinstance(content, Exception):
                failed.append((slip, content))
            else:
                drafts.append((slip, _drafted(place, content)))
        if not failed:
            return drafts, failed
        self._stems -= {place.stem for _, place in placed if place.before is None}
        drafts, further = self._all_drafted([slip for slip, _ in drafts], make)
        return drafts, failed + further

    def _put_singly(self, drafts: Iterable[tuple[Slip, _Draft]], failed: list[Failure]) -> list[tuple[Slip, _Draft]]:
        """After something stood in the way of one of them: those that could be put; the others go to ``failed``."""
        put = []
        for slip, draft in drafts:
            try:
                self._put([draft])
                put.append((slip, draft))
            except OSError as error:
                failed.append((slip, error))
        return put

    def _placed(self, slip: Slip, formats: Sequence[str]) -> _Place:
        """Where the slip comes to lie; its name is reserved."""
        before = next((each for each in self._issues.get(slip.key, []) if each.fingerprint == slip.fingerprint), None)
        numbered = replace(slip, issue=before.number) if before else self._first_free(slip)
        stem = before.stem if before else _stem(numbered)
        self._stems.add(stem)
        return _Place(numbered, before, stem, {ending: self._path(stem, ending) for ending in formats})

    def _put(self, drafts: Sequence[_Draft]) -> None:
        """Write what is to be written, then say so in the register."""
        write_together({each.paths[ending]: text for each in drafts for ending, text in each.contents.items()})
        news = [each for each in drafts if each.issue != each.before]
        if news:
            append_lines(self._folder / _REGISTER, [_line(each.issue) for each in news])
        for each in news:
            issues = self._issues.setdefault(each.issue.key, [])
            issues[:] = [issue for issue in issues if issue != each.before] + [each.issue]

    def clear(self) -> None:
        """Remove what killed writers left; for the holder of the home's lock."""
        for folder in (self._folder, *self._folder.glob("*/")):
            clear_temporaries(folder)

    def _first_free(self, slip: Slip) -> Slip:
        """The slip with the first number that nothing else bears; files of the same content are its own, left by a
        writer that was killed before it could register them."""
        for number in count(1):
            numbered = replace(slip, issue=number)
            stem = _stem(numbered)
            if stem not in self._stems and all(self._is_free(numbered, stem, ending) for ending in FORMATS):
                return numbered
        raise AssertionError("numbers do not end")

    def _is_free(self, slip: Slip, stem: str, ending: str) -> bool:
        path = self._path(stem, ending)
        return not path.exists() or path.read_bytes() == WRITERS[ending](slip)

    def _path(self, stem: str, ending: str) -> Path:
        return self._folder / f"{stem}.{ending}"

    def _read(self) -> Iterator[Issue]:
        """Later lines of the same stem replace earlier ones; a line that is torn or damaged says nothing."""
        path = self._folder / _REGISTER
        issues: dict[str, Issue] = {}
        for line in path.read_text("utf-8", errors="replace").splitlines() if path.exists() else ():
            issue = _issue_of(line)
            if issue is not None:
                issues[issue.stem] = issue
        yield from issues.values()


def _drafted(place: _Place, contents: dict[str, bytes]) -> _Draft:
    """What is to be written, and its line in the register."""
    slip, known = place.slip, dict(place.before.files) if place.before else {}
    for ending, path in place.paths.items():
        if ending in contents or ending not in known:
            content = contents[ending] if ending in contents else path.read_bytes()
            known[ending] = hashlib.sha256(content).hexdigest()
    issue = Issue(slip.key, slip.fingerprint, slip.judged_at, slip.issue, place.stem, known)
    return _Draft(issue, place.before, place.paths, contents)


def _line(issue: Issue) -> str:
    told = {**asdict(issue), "key": str(issue.key), "judged_at": issue.judged_at.isoformat()}
    return json.dumps(told, ensure_ascii=False)


def _stem(slip: Slip) -> str:
    return f"{slip.fiscal_year or _UNKNOWN_YEAR}/{_NOT_FOR_NAMES.sub('_', slip.name)}"


def _issue_of(line: str) -> Issue | None:
    try:
        found = json.loads(line)
        return Issue(**{**found, "key": int(found["key"]), "judged_at": datetime.fromisoformat(found["judged_at"])})
    except (ValueError, TypeError, KeyError):
        return None
