"""Sections whose headings say nothing that is known, told by what stands beside them: problems and what is to be done
about them follow each other, one for one.

What headings say by themselves is looked up in sections.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from transforms.documents.model import Document, TextBlock

if TYPE_CHECKING:
    from transforms.facts.outline.outline import Heading

_OTHER = re.compile(r"\d分|得分|等次|元")
_LONGEST = 12
_MOST = 12


def imply_statements(document: Document, headings: list[Heading], effective: list[tuple[str, ...]]) -> None:
    """Gives the meaning of measures to the unknown section behind that of problems, or of problems to the one before
    that of measures, where the report has no other and both have as many paragraphs."""
    for known, wanted, step in (("problems", "measures", 1), ("measures", "problems", -1)):
        of_known = [one for one in headings if known in one.meanings]
        if len(of_known) != 1 or any(wanted in one.meanings for one in headings):
            continue
        beside = _beside(headings, of_known[0], step)
        if beside is None or beside.meanings or beside.end - beside.start > _LONGEST:
            continue
        own, other = (_paragraphs(document, headings, one) for one in (of_known[0], beside))
        if own and other and len(own) == len(other) <= _MOST and not any(_OTHER.search(text) for text in other):
            headings[beside.ordinal] = replace(beside, meanings=(wanted,))
            effective[beside.ordinal] = (wanted,)


def _beside(headings: Sequence[Heading], heading: Heading, step: int) -> Heading | None:
    """The heading of the same level before or behind one, where neither has headings of its own."""
    at = heading.ordinal + step
    beside = headings[at] if 0 <= at < len(headings) else None
    if beside is None or beside.level != heading.level or beside.parent != heading.parent:
        return None
    last = max(at, heading.ordinal) + 1
    return None if last < len(headings) and headings[last].level > heading.level else beside


def _paragraphs(document: Document, headings: Sequence[Heading], heading: Heading) -> list[str]:
    """The texts under a heading, none where a table stands among them."""
    following = headings[heading.ordinal + 1 : heading.ordinal + 2]
    stop = following[0].block if following else len(document.blocks)
    blocks = document.blocks[heading.block : stop]
    if not all(isinstance(block, TextBlock) for block in blocks):
        return []
    texts = [block.text for block in blocks if isinstance(block, TextBlock)]
    texts[0] = texts[0][heading.end :]
    return [text for text in texts if text]
