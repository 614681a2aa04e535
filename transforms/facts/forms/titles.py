"""Titles of forms (项目支出绩效自评表): their kinds, and those that a line was too short for put together again.

Where a form begins is decided in regions.py; titles of whole documents belong to transforms/facts/outline/title.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.documents.model import TextBlock
from transforms.facts.outline.title import title_kind

FORM_KINDS = ("project_form", "overall_form")
_APART = re.compile(r"[,。;:!?()]")
_YEAR = re.compile(r"20\d\d年")
_SAYS = re.compile("[。;!?]")
_LONGEST = 60
_MOST_LINES = 3


def form_kind(text: str) -> str | None:
    """The kind of form whose title a normalised text is, or None: all of them are called 表, and none is a sentence."""
    is_title = len(text) <= _LONGEST and "表" in text and not _SAYS.search(text)
    kind = title_kind(text) if is_title else "unknown"
    return kind if kind in FORM_KINDS else None


def whole_titles(blocks: Sequence[TextBlock]) -> Iterator[Sequence[TextBlock]]:
    """The blocks one by one, but together those that only together are a form's title."""
    at = 0
    while at < len(blocks):
        sizes = range(2, min(_MOST_LINES, len(blocks) - at) + 1)
        size = next((size for size in sizes if _is_broken(blocks[at : at + size])), 1)
        yield blocks[at : at + size]
        at += size


def _is_broken(blocks: Sequence[TextBlock]) -> bool:
    """Whether all of the lines are a title and no shorter part of them, unless the year stands in the first."""
    if form_kind(_joined(blocks)) is None or form_kind(_joined(blocks[:-1])) is not None:
        return False
    return form_kind(_joined(blocks[1:])) is None or _begins_title(blocks[0].text, blocks[1].text)


def _begins_title(text: str, below: str) -> bool:
    """Whether a line is the first of a title: it names the year, which the line below does not."""
    return _APART.search(text) is None and _YEAR.search(text) is not None and _YEAR.search(below) is None


def _joined(blocks: Sequence[TextBlock]) -> str:
    return "".join(block.text for block in blocks)
