"""What the items of a section of goals say: one goal or several each, with its aspect as printed. Passages that only
tell how goals are set, checked and made public are none.

Where goals stand is found in goals.py and told_goals.py; which words tell what stands in statements.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transforms.documents.model import Place
from transforms.facts.outline.items import Item, Stretch
from transforms.facts.outline.outline import Outline
from transforms.facts.wording import unquoted
from transforms.language.tables import patterns

_KEYS = (
    "generic", "group", "managed", "process", "states", "elsewhere", "announcing", "numbered", "title_end", "announces",
    "lists", "lead", "told", "other",
)  # fmt: skip
_FRAMED = re.compile(
    r"[【〖〔\[](?P<framed>[^【】〖〗〔〕\[\]。;:,]{2,16})[】〗〕\]](?:方面)?[:,。]?|“(?P<quoted>[^“”。;:,]{2,16})”(?:方面)?[:,。]"
)
_DASHED = re.compile(
    r"(?!目标[一二三四五六七八九十\d])(?:在)?(?P<aspect>[\u4e00-\u9fff、“”]{2,14}?)(?:方面)?(?:[—–]+|-{1,2})(?=\S)"
)
_ASPECT = re.compile(r"(?:在)?(?P<aspect>[^。;:,!?]{2,24}?)(?:方面)?(?:的?(?:总体|绩效|工作|年度)*(?:目标|任务))?:")
_IN_ASPECT = re.compile(r"(?:在)?(?P<aspect>[^。;:,!?]{2,20}?)方面[,。]?")
_UPON = re.compile(r"在(?P<aspect>[^。;:,!?]{2,14}?)(?:工作)?上,")
_AT_WORK = re.compile(r"(?P<aspect>[^。;:,!?]{2,14}?)工作上,")
_RUN_IN = re.compile(r"(?P<aspect>[^。;:,!?]{2,20})。(?=.)")
_SPACED = re.compile(r"(\S{2,14})\s+(?=\S)")
_SPELT_OUT = (_FRAMED, _DASHED, _ASPECT, _IN_ASPECT, _UPON, _AT_WORK)
"""Signs of an aspect that show by themselves that what begins with them is a goal of its own."""
_CLAUSE = re.compile("(?:(?<=^)|(?<=[。;:]))(?=在?[^。;:,!?]{2,14}方面[,:])")
_LEAD = re.compile("[^。;]*:$")
_PARTS = re.compile("[^;]+;?")
_SENTENCES = re.compile("[^。]+。?")
_END = re.compile("[。;:,!?]$")
_LONGEST_TITLE = 14
_SHORTEST_PART = 6


@dataclass(slots=True)
class Goal:
    """A goal as printed, with its place."""

    aspect: str | None
    text: str
    place: Place
    raw: str


def goals_of(outline: Outline, items: list[Item]) -> list[Goal]:
    """The goals that the items tell. A dash sets an aspect off where all of several begin with one."""
    own = [kept for item in items if (kept := _about_goals(outline, item))]
    parts = [part for item in own for part in _unfolded(outline, item)]
    plain = [part.body[0] for part in parts if part.title is None]
    may_dash = len(plain) > 1 and all(has_aspect(outline, stretch) for stretch in plain)
    return [goal for part in parts if (goal := _of_item(outline, part, may_dash))]


def has_aspect(outline: Outline, stretch: Stretch) -> bool:
    """Whether a stretch begins with the name of an aspect, set off by a sign, by words or by bold type."""
    is_bold = outline.text_block(stretch.block).is_bold
    first = next(_spelt_out(outline, stretch, (*_SPELT_OUT, _RUN_IN) if is_bold else _SPELT_OUT), None)
    if first is None or first[1] >= stretch.stop:
        return False
    return not goal_words()["announcing"].search(_text(outline, stretch._replace(start=first[0][0], stop=first[0][1])))


def _spelt_out(
    outline: Outline, stretch: Stretch, signs: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Where the name of an aspect stands at the beginning of a stretch, and where what it says begins."""
    text = outline.text_block(stretch.block).text
    for sign in signs:
        match = sign.match(text, *stretch[1:])
        if match:
            yield next(match.span(name) for name, found in match.groupdict().items() if found), match.end()


def tells_of_process(outline: Outline, stretch: Stretch) -> bool:
    """Whether a paragraph tells what becomes of goals, not what they are."""
    words, text = goal_words(), _text(outline, stretch)
    is_of_process = not stretch.start and words["process"].search(text) and not words["states"].search(text)
    return bool(is_of_process) and not has_aspect(outline, stretch)


def _about_goals(outline: Outline, item: Item) -> Item | None:
    """The item without paragraphs about how goals are managed behind it; None where it tells of nothing else."""
    body = list(item.body)
    least = 0 if item.title is None or _is_generic(outline, item.title) else 1
    while len(body) > least and tells_of_process(outline, body[-1]):
        body.pop()
    if item.title is None:
        return Item(None, body) if body else None
    words = _text(outline, item.title)
    is_empty = not body and _is_generic(outline, item.title)
    return None if is_empty or goal_words()["managed"].fullmatch(words) else Item(item.title, body)


def _is_generic(outline: Outline, title: Stretch) -> bool:
    return goal_words()["generic"].fullmatch(_text(outline, title)) is not None


def _unfolded(outline: Outline, item: Item) -> list[Item]:
    """The items of an item that only says 总体目标 or 分项目标 above them; clauses of several aspects one by one."""
    if item.title is None:
        return _apart(outline, item)
    if not _is_generic(outline, item.title):
        is_group = len(item.body) > 1 and goal_words()["group"].fullmatch(_text(outline, item.title))
        are_apart = is_group and all(has_aspect(outline, stretch) for stretch in item.body)
        return [Item(None, [stretch]) for stretch in item.body] if are_apart else [item]
    body = [stretch for stretch in item.body if not _text(outline, stretch).endswith(":")]
    first = next((at for at, stretch in enumerate(body) if stretch.start), len(body))
    if len(body) - first >= 2:
        lead = [Item(item.title, body[:first])] if first else []
        own = _titled(outline, body[first:]) or [Item(None, [stretch]) for stretch in body[first:]]
        return lead + own
    if len(body) == 1 and len(parts := clauses(outline, body[0])) > 1:
        return [Item(None, [part]) for part in parts]
    if len(body) > 1 and all(has_aspect(outline, stretch) for stretch in body):
        return [Item(None, [stretch]) for stretch in body]
    return _titled(outline, body) or [Item(item.title, body or item.body)]


def _apart(outline: Outline, item: Item) -> list[Item]:
    """The clauses of an item of one paragraph; what stands below words that only announce it (2022年目标为：) one by
    one."""
    if len(item.body) == 1:
        return [Item(None, [part]) for part in clauses(outline, item.body[0])]
    head, *body = item.body
    is_list = len(body) > 1 and all(stretch.start or has_aspect(outline, stretch) for stretch in body)
    return [Item(None, [stretch]) for stretch in body] if is_list and _text(outline, head).endswith(":") else [item]


def _titled(outline: Outline, body: list[Stretch]) -> list[Item]:
    """A short line and the text below it in turn, none where lines do not alternate so."""
    titles, texts = body[::2], body[1::2]
    are_titles = all(
        stretch.stop - stretch.start <= _LONGEST_TITLE and not _END.search(_text(outline, stretch))
        for stretch in titles
    )
    is_even = len(body) > 3 and len(titles) == len(texts)
    are_texts = all(stretch.stop - stretch.start > _SHORTEST_PART for stretch in texts)
    found = zip(titles, texts, strict=True) if is_even and are_titles and are_texts else ()
    return [Item(title, [text]) for title, text in found]


def clauses(outline: Outline, stretch: Stretch) -> list[Stretch]:
    """A stretch cut in front of each aspect that it names, or where it announces goals at each semicolon; whole where
    it does neither. Words that only announce are left out."""
    text = outline.text_block(stretch.block).text
    may_cut = text.find("方面", *stretch[1:]) >= 0
    cuts = [match.end() for match in _CLAUSE.finditer(text, *stretch[1:])] if may_cut else []
    if len(cuts) > 1:
        only_counts = goal_words()["lead"].fullmatch(text, stretch.start, cuts[0])
        lead = only_counts or _LEAD.search(text, stretch.start, cuts[0])
        bounds = [
            (stretch.start, lead.start() if lead else cuts[0]),
            *zip(cuts, [*cuts[1:], stretch.stop], strict=True),
        ]
        return _spans(stretch, bounds)
    begins = (goal_words()[words].match(text, *stretch[1:]) for words in ("announces", "lists"))
    of_aspects, of_parts = (match.end() if match else None for match in begins)
    for start in (of_aspects, stretch.start):
        for pattern in (_PARTS, _SENTENCES) if start is not None else ():
            parts = _cut(stretch, pattern, text, start or 0)
            if len(parts) > 1 and all(has_aspect(outline, part) for part in parts):
                return parts
    if of_parts is None or "。" in text[of_parts : stretch.stop - 1]:
        return [stretch]
    parts = _cut(stretch, _PARTS, text, of_parts)
    is_list = len(parts) > 1 and all(stop - begin > _SHORTEST_PART for _, begin, stop in parts)
    return parts if is_list else [stretch]


def _cut(stretch: Stretch, pattern: re.Pattern[str], text: str, start: int) -> list[Stretch]:
    return _spans(stretch, [match.span() for match in pattern.finditer(text, start, stretch.stop)])


def _spans(stretch: Stretch, bounds: list[tuple[int, int]]) -> list[Stretch]:
    return [stretch._replace(start=start, stop=stop) for start, stop in bounds if stop > start]


def _of_item(outline: Outline, item: Item, may_dash: bool) -> Goal | None:
    aspect, body = _aspect(outline, item, may_dash)
    text = "\n".join(part for stretch in body if (part := outline.printed(stretch.block).text(*stretch[1:]).strip()))
    if not text or goal_words()["elsewhere"].search(text):
        return None
    first = item.first
    place = outline.text_block(first.block).place_at(outline.printed(first.block).offset(first.start))
    return Goal(aspect, text, place, _raw(outline, item))


def _aspect(outline: Outline, item: Item, may_dash: bool) -> tuple[str | None, list[Stretch]]:
    """The aspect as printed and what is left of the item; a heading alone is a goal without an aspect."""
    if item.title is not None:
        if not item.body:
            return None, [item.title]
        stop = item.title.start + len(goal_words()["title_end"].sub("", _text(outline, item.title)))
        return outline.printed(item.title.block).text(item.title.start, stop) or None, item.body
    first = item.body[0]
    for name, end in _aspects(outline, first, may_dash):
        if end < first.stop or len(item.body) > 1:
            text = outline.text_block(first.block).text[slice(*name)]
            rest = [Stretch(first.block, end, first.stop), *item.body[1:]]
            return None if goal_words()["announcing"].search(text) else _name(outline, first.block, *name), rest
    return None, item.body


def _aspects(outline: Outline, first: Stretch, may_dash: bool) -> Iterator[tuple[tuple[int, int], int]]:
    """Where the name of an aspect may stand at the beginning of a stretch, and where what it says begins."""
    signs = tuple(sign for sign in (*_SPELT_OUT, _RUN_IN) if may_dash or sign is not _DASHED)
    yield from _spelt_out(outline, first, signs)
    is_bold = outline.text_block(first.block).is_bold
    spaced = _SPACED.match(outline.printed(first.block).raw(*first[1:]).lstrip()) if is_bold else None
    if spaced and not _END.search(spaced[1]):
        stop = first.start + len(spaced[1])
        yield (first.start, stop), stop


def _name(outline: Outline, block: int, start: int, stop: int) -> str | None:
    """The name of an aspect without a number in front of it and words like 绩效目标 behind it."""
    text = outline.text_block(block).text[start:stop]
    numbered = goal_words()["numbered"].match(text)
    begin, end = numbered.span("name") if numbered else (0, len(text))
    kept = goal_words()["title_end"].sub("", text[begin:end])
    return unquoted(outline.printed(block).text(start + begin, start + begin + len(kept))) or None


def _text(outline: Outline, stretch: Stretch) -> str:
    return outline.text_block(stretch.block).text[stretch.start : stretch.stop]


def _raw(outline: Outline, item: Item) -> str:
    stretches = ([item.title] if item.title else []) + item.body
    return "\n".join(outline.printed(stretch.block).raw(*stretch[1:]) for stretch in stretches)


@cache
def goal_words() -> dict[str, re.Pattern[str]]:
    """The words of ``[goals]`` in statements.toml, compiled. Raises LexiconError when it breaks its schema."""
    return patterns("statements", "goals", _KEYS)
