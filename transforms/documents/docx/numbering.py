"""Automatic numbering: the labels that Word prints in front of paragraphs, counted in reading order.

How single numbers are written belongs to number_formats.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.documents.docx.names import ALTERNATE, contained, is_on, number, value, w, whole
from transforms.documents.docx.number_formats import format_number
from transforms.documents.docx.styles import Styles
from transforms.documents.package import Element

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_PLAIN_BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int
    restarts_after: int | None
    is_legal: bool
    has_gap: bool
    style_id: str | None


@dataclass(slots=True)
class _List:
    """An instance (w:num) of an abstract numbering: its levels, ``counters`` shared by all its instances, and where
    its own first paragraphs start anew."""

    levels: dict[int, _Level]
    counters: list[int | None]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document with their counters. Ask for labels in reading order, once a paragraph."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        numbers = [] if root is None else root.findall(w("num"))
        abstracts = [] if root is None else root.findall(w("abstractNum"))
        self._numbers = {one.get(w("numId")): one for one in numbers}
        self._abstracts = {one.get(w("abstractNumId")): one for one in abstracts}
        self._counters: dict[str | None, list[int | None]] = {}
        self._levels: dict[str | None, dict[int, _Level]] = {}
        self._lists: dict[str, _List | None] = {}

    def label(self, num_id: str, level: int, style_id: str | None = None) -> str:
        """The label of the next paragraph of the list ``num_id`` at ``level`` (from 0), what parts it from the text
        included; "" for a list that does not exist. ``style_id``: the style by which it is in the list, which
        decides the level where the list knows the style."""
        if num_id not in self._lists:
            self._lists[num_id] = self._list(num_id)
        numbering = self._lists[num_id]
        if numbering is None:
            return ""
        if style_id is not None:
            level = next((at for at, one in numbering.levels.items() if one.style_id == style_id), level)
        own = numbering.levels.get(level)
        if own is None:
            return ""
        _count(numbering, level, own)
        return _printed(numbering, own)

    def _list(self, num_id: str) -> _List | None:
        element = self._numbers.get(num_id)
        if element is None:
            return None
        key = value(element, w("abstractNumId"))
        abstract = self._abstracts.get(key)
        linked = value(abstract, w("numStyleLink"))
        if linked is not None:
            other = self._numbers.get(self._styles.numbering_of(linked) or "")
            key = value(other, w("abstractNumId"))
            abstract = self._abstracts.get(key)
        if abstract is None:
            return None
        if key not in self._levels:
            self._levels[key] = _levels(abstract)
        levels = dict(self._levels[key])
        starts: dict[int, int] = {}
        for override in element.iterfind(w("lvlOverride")):
            at = whole(override.get(w("ilvl"))) or 0
            start = number(override, w("startOverride"))
            if start is not None:
                starts[at] = start
            levels |= _levels(override)
        counters = self._counters.setdefault(key, [None] * _LEVELS)
        return _List(levels, counters, starts)


def _levels(parent: Element) -> dict[int, _Level]:
    found = ((whole(one.get(w("ilvl"))), one) for one in parent.iterfind(w("lvl")))
    return {at: _level(one) for at, one in found if at is not None and 0 <= at < _LEVELS}


def _level(element: Element) -> _Level:
    start, legal = number(element, w("start")), element.find(w("isLgl"))
    return _Level(
        kind=_kind(element),
        text=value(element, w("lvlText")) or "",
        start=0 if start is None else start,
        restarts_after=number(element, w("lvlRestart")),
        is_legal=legal is not None and is_on(legal),
        has_gap=value(element, w("suff")) != "nothing",
        style_id=value(element, w("pStyle")),
    )


def _kind(element: Element) -> str:
    """The number format; formats that only new programs know stand in an alternative."""
    alternate = element.find(ALTERNATE)
    own = value(element, w("numFmt"))
    return own or (value(contained(alternate), w("numFmt")) if alternate is not None else None) or "decimal"


def _count(numbering: _List, level: int, own: _Level) -> None:
    counters = numbering.counters
    if level in numbering.starts:
        counters[level] = numbering.starts.pop(level)
    else:
        counters[level] = own.start if counters[level] is None else (counters[level] or 0) + 1
    for above in range(level):
        if counters[above] is None:
            counters[above] = numbering.levels[above].start if above in numbering.levels else 0
    for below in range(level + 1, _LEVELS):
        after = numbering.levels[below].restarts_after if below in numbering.levels else None
        if after is None or level < after:
            counters[below] = None


def _printed(numbering: _List, own: _Level) -> str:
    if own.kind == "bullet":
        return f"{_PLAIN_BULLET} " if own.text.strip() else ""

    def fill(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = numbering.levels.get(at)
        kind = "decimal" if level is None or (own.is_legal and level.kind != "none") else level.kind
        return format_number(numbering.counters[at] or 0, kind)

    label = _PLACEHOLDER.sub(fill, own.text)
    return f"{label} " if label and own.has_gap and label[-1].isascii() else label
