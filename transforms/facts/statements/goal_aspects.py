"""How the aspect of a goal is named in front of it: ①党建方面：…, 党建——…, 【党建】…, a line of its own.

Which passages are goals is told in goal_items.py; the words stand in statements.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.outline.items import Item, Stretch
from transforms.facts.outline.outline import Outline
from transforms.facts.wording import unquoted
from transforms.language.tables import patterns

_KEYS = (
    "generic", "group", "managed", "process", "states", "elsewhere", "announcing", "numbered", "title_end", "announces",
    "lists", "lead", "speaks", "told", "other", "goes_on", "labels", "own", "work", "campaign", "turns",
)  # fmt: skip
SIDES = "方面|维度|层面|板块"
"""Words behind the name of an aspect."""
_SIDE = rf"{SIDES}|(?<!重点)领域"
_FRAMED = re.compile(
    r"[【〖〔\[](?P<framed>[^【】〖〗〔〕\[\]。;:,]{2,16})[】〗〕\]](?:方面)?[:,。]?|“(?P<quoted>[^“”。;:,]{2,16})”(?:方面)?[:,。]"
)
_DASHED = re.compile(
    r"(?!目标[一二三四五六七八九十\d])(?:在)?(?P<aspect>[\u4e00-\u9fff、“”]{2,14}?)"
    rf"(?:{_SIDE})?(?:[—–]+|-{{1,2}})(?=\S)"
)
_ASPECT = re.compile(
    rf"(?:在)?(?P<aspect>[^。;:,!?]{{2,24}}?)(?:{_SIDE})?(?:的?(?:总体|绩效|工作|年度)*(?:目标|任务))?:"
)
_IN_ASPECT = re.compile(
    r"(?:在)?(?P<aspect>[^。;:,!?]{2,20}?)(?<![一二两三四五六七八九十几多各个\d])(?:方面[,。]?|(?:维度|层面|板块)[,。])"
    r"|在(?P<field>[^。;:,!?]{2,20}?)(?<!重点)领域,"
)
_UPON = re.compile(r"在(?P<aspect>[^。;:,!?]{2,14}?)(?:工作)?上(?:[,:]|[—–]+|-{1,2})")
_AT_WORK = re.compile(r"(?P<aspect>[^。;:,!?]{2,14}?)工作上,")
_RUN_IN = re.compile(r"(?P<aspect>[^。;:,!?]{2,20})。(?=.)")
_SPACED = re.compile(r"(\S{2,14})\s+(?=\S)")
_SPELT_OUT = (_FRAMED, _UPON, _DASHED, _ASPECT, _IN_ASPECT, _AT_WORK)
"""Signs of an aspect that show by themselves that what begins with them is a goal of its own."""
_END = re.compile("[。;:,!?]$")
_LONGEST_TITLE = 14


def has_aspect(outline: Outline, stretch: Stretch) -> bool:
    """Whether a stretch begins with the name of an aspect, set off by a sign, by words or by bold type."""
    is_bold = outline.text_block(stretch.block).is_bold
    first = next(_spelt_out(outline, stretch, (*_SPELT_OUT, _RUN_IN) if is_bold else _SPELT_OUT), None)
    if first is None or first[1] >= stretch.stop:
        return False
    return not goal_words()["announcing"].search(
        text_of(outline, stretch._replace(start=first[0][0], stop=first[0][1]))
    )


def aspect_of(outline: Outline, item: Item, may_dash: bool) -> tuple[str | None, list[Stretch]]:
    """The aspect as printed and what is left of the item; a heading alone is a goal without an aspect."""
    if item.title is not None:
        if not item.body:
            return None, [item.title]
        stop = item.title.start + len(goal_words()["title_end"].sub("", text_of(outline, item.title)))
        return outline.printed(item.title.block).text(item.title.start, stop) or None, item.body
    first = item.body[0]
    if len(item.body) > 1 and item.body[1].block != first.block and is_title(outline, first):
        return _name(outline, *first), item.body[1:]
    for name, end in _aspects(outline, first, may_dash):
        if end < first.stop or len(item.body) > 1:
            text = outline.text_block(first.block).text[slice(*name)]
            rest = [Stretch(first.block, end, first.stop), *item.body[1:]]
            return None if goal_words()["announcing"].search(text) else _name(outline, first.block, *name), rest
    return _line_above(outline, first), item.body


def _line_above(outline: Outline, first: Stretch) -> str | None:
    """The aspect in a line of its own above a paragraph, 党建："""
    above = outline.document.blocks[first.block - 1] if first.block and not first.start else None
    if not isinstance(above, TextBlock) or not above.text.endswith(":") or outline.markers[first.block - 1]:
        return None
    is_name = len(above.text) <= _LONGEST_TITLE and not goal_words()["speaks"].search(above.text)
    is_name = is_name and not goal_words()["announcing"].search(above.text[:-1])
    return _name(outline, first.block - 1, 0, len(above.text)) if is_name else None


def _aspects(outline: Outline, first: Stretch, may_dash: bool) -> Iterator[tuple[tuple[int, int], int]]:
    """Where the name of an aspect may stand at the beginning of a stretch, and where what it says begins."""
    signs = tuple(sign for sign in (*_SPELT_OUT, _RUN_IN) if may_dash or sign is not _DASHED)
    yield from _spelt_out(outline, first, signs)
    is_bold = outline.text_block(first.block).is_bold
    spaced = _SPACED.match(outline.printed(first.block).raw(*first[1:]).lstrip()) if is_bold else None
    if spaced and not _END.search(spaced[1]):
        stop = first.start + len(spaced[1])
        yield (first.start, stop), stop


def _spelt_out(
    outline: Outline, stretch: Stretch, signs: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Where the name of an aspect stands at the beginning of a stretch, and where what it says begins."""
    text = outline.text_block(stretch.block).text
    for sign in signs:
        match = sign.match(text, *stretch[1:])
        if match:
            yield next(match.span(name) for name, found in match.groupdict().items() if found), match.end()


def _name(outline: Outline, block: int, start: int, stop: int) -> str | None:
    """The name of an aspect without a number in front of it and words like 绩效目标 behind it."""
    text = outline.text_block(block).text[start:stop]
    numbered = goal_words()["numbered"].match(text)
    begin, end = numbered.span("name") if numbered else (0, len(text))
    kept = goal_words()["title_end"].sub("", text[begin:end])
    return unquoted(outline.printed(block).text(start + begin, start + begin + len(kept))) or None


def is_title(outline: Outline, stretch: Stretch) -> bool:
    """Whether a stretch is a short line that ends with no mark."""
    return stretch.stop - stretch.start <= _LONGEST_TITLE and not _END.search(text_of(outline, stretch))


def text_of(outline: Outline, stretch: Stretch) -> str:
    """The normalised text of a stretch."""
    return outline.text_block(stretch.block).text[stretch.start : stretch.stop]


@cache
def goal_words() -> dict[str, re.Pattern[str]]:
    """The words of ``[goals]`` in statements.toml, compiled. Raises LexiconError when it breaks its schema."""
    return patterns("statements", "goals", _KEYS)
