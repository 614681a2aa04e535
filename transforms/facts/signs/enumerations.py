"""Announcements of a number of things ("N 大板块", "以下 N 项") together with how many then follow.

Only where items clearly follow, told apart by numbering; by marks alone is for marked_lists.py, units and offices are
counted in organisation/reading.py.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from transforms.documents.model import TextBlock
from transforms.facts.model import EnumerationRow, Facts
from transforms.facts.outline.listing import blocks_listed, numbered_inline
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Outline
from transforms.language.expressions import first_characters, one_of
from transforms.language.lexicon import load_data

_NEARNESS = 30
_LONGEST_TEXT = 20_000
_MOST_ANNOUNCEMENTS = 50
_NO_COUNT = ("第", "“", '"', ".", "〔", "(")


class _Words(NamedTuple):
    announcement: re.Pattern[str]
    cue: re.Pattern[str]
    not_counted: re.Pattern[str]


@cache
def _words() -> _Words:
    words = load_data("enumerations")
    return _Words(
        announcement=re.compile(
            r"(?P<n>[0-9一二三四五六七八九十两][0-9一二三四五六七八九十两]{0,2}+)"
            rf"(?={one_of(first_characters(words['counter'])).pattern})(?:{words['counter']})(?P<noun>[\u4e00-\u9fff]{{0,8}}?)(?P<open>{words['opens']})"
        ),
        cue=re.compile(f"(?:{words['cue']})$"),
        not_counted=re.compile(words["not_counted"]),
    )


def add_enumerations(outline: Outline, facts: Facts) -> None:
    """Appends ``enumerations``: each announcing sentence with the number it states and the number of items listed."""
    announces = _words().announcement.search
    for index, block in enumerate(outline.document.blocks):
        if not isinstance(block, TextBlock) or not announces(block.text):
            continue
        if outline.title and index < outline.title.stop:
            continue
        row = _row(outline, index, block.text, len(facts.enumerations))
        if row:
            facts.enumerations.append(row)


def _row(outline: Outline, index: int, text: str, ordinal: int) -> EnumerationRow | None:
    for match in islice(_words().announcement.finditer(text[:_LONGEST_TEXT]), _MOST_ANNOUNCEMENTS):
        stated = chinese_count(match["n"])
        before = text[match.start() - 1 : match.start()] if match.start() else ""
        if stated is None or stated < 2 or before in _NO_COUNT:
            continue
        heading = outline.heading_at(index)
        if not _is_announced(match, text, is_heading=heading is not None and heading.block == index):
            continue
        listed = _listed(outline, index, text, match)
        if is_near(stated, listed):
            printed = outline.printed(index)
            words = printed.text(match.start("n"), match.end("noun"))
            return EnumerationRow(ordinal, stated, listed, words, printed.line(match.start("n")))
    return None


def is_near(stated: int, listed: int) -> bool:
    """Whether both can be of one list: numbers further apart are of different things."""
    return listed >= 2 and stated <= 2 * listed and listed <= 2 * stated


def _is_announced(match: re.Match[str], text: str, is_heading: bool) -> bool:
    """A colon or 分别是 announces by itself, and so does a heading; the mere end of a sentence only behind 有, 分为,
    以下 and the like. Units and offices are not counted here."""
    counted = match["noun"] or text[max(0, match.start() - 10) : match.start()]
    if _words().not_counted.search(counted):
        return False
    is_said = ":" in match["open"] or len(match["open"]) > 1 or is_heading
    return is_said or _words().cue.search(text, max(0, match.start() - 6), match.start()) is not None


def _listed(outline: Outline, index: int, text: str, match: re.Match[str]) -> int:
    inline = numbered_inline(text, match.end(), min(len(text), match.end() + _LONGEST_TEXT), _NEARNESS)
    if inline:
        return len(inline)
    is_last = match.end() >= len(text) - 1 or not re.search("[。;]", text[match.end() :].rstrip("。;:"))
    return len(blocks_listed(outline, index)) if is_last else 0
