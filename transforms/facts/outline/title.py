"""The title of a document, wherever its lines broke, and what kind of document it announces.

Whose report it is and for which year is read in identity/reading.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.documents.model import BlockKind, Document, TextBlock
from transforms.facts.outline.numbering import STYLE_RANK, Marker
from transforms.facts.outline.sections import meaning_of
from transforms.facts.printed import Printed
from transforms.language.lexicon import LexiconError, load_data

_FRONT_BLOCKS = 40
_LONGEST_LINE = 60
_MOST_LINES = 6
_REPORT_WORDS = ("报告", "情况", "自评", "评价", "总结", "表")
_BROKEN_OFF = re.compile(r"[。;!?]$|[:]")
_YEAR = re.compile(r"20\d\d|二[〇零○]..|20[〇零]")
_YEAR_LINE = re.compile(r"[(]?(?:20\d\d|二[〇零○]..)年?度?[)]?")
_ORGANISATION = re.compile(r"[\u4e00-\u9fff]{2,}(?:办事处|政府|局|委员会|委|中心|办公室|街道?|镇|乡|院|校|会|所|队|站)")


class Title(NamedTuple):
    """The title: blocks ``start`` to ``stop``, normalised ``text``, ``printed`` without blanks, ``line`` of its first
    character, ``kind`` of document (overall_report / overall_form / project_form / unknown); ``is_item``: whether it
    stands in a list, as links to other reports do."""

    start: int
    stop: int
    text: str
    printed: str
    line: int | None
    kind: str
    visual_level: int | None
    is_item: bool


class _Words(NamedTuple):
    report: re.Pattern[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    apart: re.Pattern[str]


@cache
def _words() -> _Words:
    data = load_data("titles")
    try:
        kinds = tuple((kind, re.compile("|".join(words))) for kind, words in data["kinds"].items())
        return _Words(re.compile(data["report"]), kinds, re.compile(data["cover"]["apart"]))
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 titles.toml 有误：{error}") from error


def find_title(document: Document, markers: list[Marker | None]) -> Title | None:
    """The title among the blocks before the first numbered heading; of several (cover, first page) the one that says
    most. None when no line reads like the title of such a document and no visual heading stands in front."""
    titles = [title for run in _runs(document, markers) for title in _titles(document, run)]
    if titles:
        return max(titles, key=lambda title: (*_worth(title), -title.start))
    return _first_heading(document, markers)


def title_kind(text: str) -> str:
    """The kind of document that a normalised title announces."""
    return next((kind for kind, pattern in _words().kinds if pattern.search(text)), "unknown")


def _worth(title: Title) -> tuple[bool, ...]:
    is_dated, has_name = _YEAR.search(title.text) is not None, _ORGANISATION.match(title.text) is not None
    return title.kind != "unknown", not title.is_item, is_dated, has_name


def _runs(document: Document, markers: list[Marker | None]) -> list[list[int]]:
    """Consecutive short lines in front that may make up a title."""
    runs: list[list[int]] = [[]]
    for index, block in enumerate(document.blocks[:_FRONT_BLOCKS]):
        marker = markers[index]
        if marker and marker.style != "①" and STYLE_RANK[marker.style] <= STYLE_RANK["1、"] and runs != [[]]:
            break
        if runs[-1] and _is_item(document.blocks[runs[-1][-1]]) and not _is_item(block):
            runs.append([])
        if _is_title_line(block):
            runs[-1].append(index)
        else:
            runs.append([])
    return [run for run in runs if run]


def _is_item(block: object) -> bool:
    return isinstance(block, TextBlock) and block.kind is BlockKind.LIST_ITEM


def _is_title_line(block: object) -> bool:
    if not isinstance(block, TextBlock) or not block.text or len(block.text) > _LONGEST_LINE:
        return False
    return not _BROKEN_OFF.search(block.text) and not _words().apart.match(block.text)


def _titles(document: Document, run: list[int]) -> list[Title]:
    found, first = [], 0
    for last, _ in enumerate(run):
        start = max(first, last + 1 - _MOST_LINES)
        joined = "".join(_text(document, index) for index in run[start : last + 1])
        if _words().report.search(joined) and not _goes_on(document, run, last):
            stop = last + 2 if _is_year(document, run, last + 1) else last + 1
            found.append(_title(document, run[start:stop]))
            first = stop
    return found


def _is_year(document: Document, run: list[int], position: int) -> bool:
    """Whether the next line is nothing but the year: （2021年度）."""
    return position < len(run) and _YEAR_LINE.fullmatch(_text(document, run[position])) is not None


def _goes_on(document: Document, run: list[int], last: int) -> bool:
    """Whether the next line still belongs: 绩效自评 / 报告."""
    return last + 1 < len(run) and _text(document, run[last + 1]).startswith(_REPORT_WORDS)


def _text(document: Document, index: int) -> str:
    block = document.blocks[index]
    return block.text if isinstance(block, TextBlock) else ""


def _title(document: Document, indices: list[int]) -> Title:
    blocks = [block for index in indices if isinstance(block := document.blocks[index], TextBlock)]
    text = "".join(block.text for block in blocks)
    printed = "".join(Printed(block).text(0, len(block.text)) for block in blocks)
    first = blocks[0]
    is_item = all(_is_item(block) for block in blocks)
    kind, level = title_kind(text), first.visual_level
    return Title(indices[0], indices[-1] + 1, text, printed, first.place.line, kind, level, is_item)


def _first_heading(document: Document, markers: list[Marker | None]) -> Title | None:
    for index, block in enumerate(document.blocks[:_FRONT_BLOCKS]):
        if isinstance(block, TextBlock) and block.text:
            is_title = block.kind is BlockKind.HEADING and not markers[index] and not meaning_of(block.text).is_whole
            return _title(document, [index]) if is_title else None
    return None
