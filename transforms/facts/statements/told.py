"""Problems and measures told in passing, in reports that have no section for them: 毛病有两个。一是…；二是…, 今后将….

Sections and tables of their own are read in reading.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.outline.items import Item, items_within
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Outline, Piece
from transforms.language.tables import patterns

_KEYS = ("problems", "counted", "measures", "turn", "past", "quick")
_MOST = 12


class ToldStatements(NamedTuple):
    """The items of problems and of measures."""

    problems: list[Item]
    measures: list[Item]


def told_statements(outline: Outline) -> ToldStatements:
    """What the last passage lists that announces problems and lists them; and the measures that the same paragraph or
    the next one goes on to tell."""
    words = _words()
    pieces = [piece for piece in outline.all_pieces() if isinstance(piece.block, TextBlock)]
    for at in range(len(pieces) - 1, -1, -1):
        piece, text = pieces[at], _text(pieces[at])
        announced = _announced(text, piece.start) if words["quick"].search(text) else None
        if announced is None or words["past"].search(_sentence(text, announced)):
            continue
        turn = words["turn"].search(text, announced.end())
        stop = turn.end("mark") if turn else len(text)
        problems = _listed(piece, announced, stop)
        if problems:
            return ToldStatements(problems, _measures(piece, stop, pieces[at + 1 : at + 2]))
    return ToldStatements([], [])


def _announced(text: str, start: int) -> re.Match[str] | None:
    return _words()["problems"].search(text, start) or _words()["counted"].search(text, start)


def _measures(piece: Piece, start: int, following: list[Piece]) -> list[Item]:
    """Those behind the words that turn to them, else those that the next paragraph announces."""
    if start < len(_text(piece)):
        return _within(piece, start, len(_text(piece)))
    for other in following:
        announced = _words()["measures"].match(_text(other), other.start)
        if announced:
            return _listed(other, announced, len(_text(other)))
    return []


def _listed(piece: Piece, announced: re.Match[str], stop: int) -> list[Item]:
    """As many items as are announced, at least two where no number says how many."""
    items = _within(piece, announced.end(), stop)
    number = chinese_count(announced["n"]) if announced["n"] else None
    return items if len(items) == number or (number is None and len(items) > 1) else []


def _within(piece: Piece, start: int, stop: int) -> list[Item]:
    assert isinstance(piece.block, TextBlock)
    items = items_within(piece.index, piece.block, start, stop)
    return items if len(items) <= _MOST else []


def _sentence(text: str, announced: re.Match[str]) -> str:
    return text[text.rfind("。", 0, announced.start()) + 1 : announced.end()]


def _text(piece: Piece) -> str:
    assert isinstance(piece.block, TextBlock)
    return piece.block.text


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("statements", "told", _KEYS)
