"""What the items of a section of goals say: one goal or several each. Passages that only tell how goals are set,
checked and made public are none.

Where goals stand is found in goals.py and told_goals.py, how their aspects are named in goal_aspects.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.documents.model import Place
from transforms.facts.outline.items import Item, Stretch
from transforms.facts.outline.outline import Outline
from transforms.facts.statements.goal_aspects import SIDES, aspect_of, goal_words, has_aspect, is_title, text_of

_CLAUSE = re.compile(f"(?:(?<=^)|(?<=[。;:]))(?=在?[^。;:,!?]{{2,14}}(?:{SIDES})[,:])")
_SIDE = re.compile(SIDES)
_PARTS = re.compile("[^;]+;?")
_SENTENCES = re.compile("[^。]+。?")
_SHORTEST_PART = 6


@dataclass(slots=True)
class Goal:
    """A goal as printed, with its place. ``block``: index of the block it begins in."""

    aspect: str | None
    text: str
    place: Place
    raw: str
    block: int


def goals_of(outline: Outline, items: list[Item]) -> list[Goal]:
    """The goals that the items tell. A dash sets an aspect off where all of several begin with one."""
    own = [kept for item in items if (kept := _about_goals(outline, item))]
    parts = _without_talk(outline, [part for item in own for part in _unfolded(outline, item)])
    plain = [part.body[0] for part in parts if part.title is None]
    may_dash = len(plain) > 1 and all(has_aspect(outline, stretch) for stretch in plain)
    return [goal for part in parts if (goal := _of_item(outline, part, may_dash))]


def _without_talk(outline: Outline, parts: list[Item]) -> list[Item]:
    """The parts without paragraphs about goals before, between or behind two or more that begin with an aspect."""
    plain = [part.body[0] for part in parts if part.title is None and not part.body[0].start]
    talk = {stretch for stretch in plain if not has_aspect(outline, stretch)}
    if len(plain) - len(talk) < 2:
        return parts
    speaks = goal_words()["speaks"]
    without = {stretch for stretch in talk if speaks.search(text_of(outline, stretch))}
    return [part for part in parts if part.title is not None or part.body[0] not in without]


def tells_of_process(outline: Outline, stretch: Stretch) -> bool:
    """Whether a paragraph tells what becomes of goals, not what they are."""
    words, text = goal_words(), text_of(outline, stretch)
    is_of_process = not stretch.start and words["process"].search(text) and not words["states"].search(text)
    return bool(is_of_process) and not has_aspect(outline, stretch)


def _about_goals(outline: Outline, item: Item) -> Item | None:
    """The item without paragraphs about how goals are managed behind it; None where it tells of nothing else."""
    body = list(item.body)
    turns = (at for at, stretch in enumerate(body) if at and _turns(outline, stretch))
    del body[next(turns, len(body)) :]
    least = 0 if item.title is None or _is_generic(outline, item.title) else 1
    while len(body) > least and tells_of_process(outline, body[-1]):
        body.pop()
    if body:
        body[-1] = _without_last_talk(outline, body[-1])
    if item.title is None:
        return Item(None, body) if body else None
    words = text_of(outline, item.title)
    is_empty = not body and _is_generic(outline, item.title)
    return None if is_empty or goal_words()["managed"].fullmatch(words) else Item(item.title, body)


def _turns(outline: Outline, stretch: Stretch) -> bool:
    """Whether a paragraph announces how goals are set or were reached, so that what it lists are none."""
    text = text_of(outline, stretch)
    return not stretch.start and text.endswith(":") and goal_words()["turns"].search(text) is not None


def _without_last_talk(outline: Outline, stretch: Stretch) -> Stretch:
    """A stretch without a last sentence about how goals are managed."""
    text = outline.text_block(stretch.block).text
    last = text.rfind("。", stretch.start, stretch.stop - 1) + 1
    words, said = goal_words(), text[last : stretch.stop]
    is_talk = last > stretch.start and words["process"].search(said) and not words["states"].search(said)
    return stretch._replace(stop=last) if is_talk else stretch


def _is_generic(outline: Outline, title: Stretch) -> bool:
    return goal_words()["generic"].fullmatch(text_of(outline, title)) is not None


def _unfolded(outline: Outline, item: Item) -> list[Item]:
    """The items of an item that only says 总体目标 or 分项目标 above them; clauses of several aspects one by one."""
    if item.title is None:
        return _apart(outline, item)
    if not _is_generic(outline, item.title):
        is_group = len(item.body) > 1 and goal_words()["group"].fullmatch(text_of(outline, item.title))
        are_apart = is_group and all(has_aspect(outline, stretch) for stretch in item.body)
        return [Item(None, [stretch]) for stretch in item.body] if are_apart else [item]
    body = [stretch for stretch in item.body if not text_of(outline, stretch).endswith(":")]
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
    return [Item(None, [stretch]) for stretch in body] if is_list and text_of(outline, head).endswith(":") else [item]


def _titled(outline: Outline, body: list[Stretch]) -> list[Item]:
    """A short line and the text below it in turn, none where lines do not alternate so."""
    titles, texts = body[::2], body[1::2]
    are_titles = all(is_title(outline, stretch) for stretch in titles)
    is_even = len(body) > 3 and len(titles) == len(texts)
    are_texts = all(stretch.stop - stretch.start > _SHORTEST_PART for stretch in texts)
    found = zip(titles, texts, strict=True) if is_even and are_titles and are_texts else ()
    return [Item(title, [text]) for title, text in found]


def clauses(outline: Outline, stretch: Stretch) -> list[Stretch]:
    """A stretch cut in front of each aspect that it names, or where it announces goals at each semicolon; whole where
    it does neither. Words that only announce are left out."""
    text = outline.text_block(stretch.block).text
    may_cut = _SIDE.search(text, *stretch[1:])
    cuts = [match.end() for match in _CLAUSE.finditer(text, *stretch[1:])] if may_cut else []
    if len(cuts) > 1:
        bounds = [
            (stretch.start, _lead(text, stretch.start, cuts[0])),
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


def _lead(text: str, start: int, stop: int) -> int:
    """Where words begin that only announce what follows at ``stop``."""
    if goal_words()["lead"].fullmatch(text, start, stop):
        return start
    is_lead = stop > start and text[stop - 1] == ":"
    return max(start, *(text.rfind(mark, start, stop) + 1 for mark in "。;")) if is_lead else stop


def _cut(stretch: Stretch, pattern: re.Pattern[str], text: str, start: int) -> list[Stretch]:
    return _spans(stretch, [match.span() for match in pattern.finditer(text, start, stretch.stop)])


def _spans(stretch: Stretch, bounds: list[tuple[int, int]]) -> list[Stretch]:
    return [stretch._replace(start=start, stop=stop) for start, stop in bounds if stop > start]


def _of_item(outline: Outline, item: Item, may_dash: bool) -> Goal | None:
    aspect, body = aspect_of(outline, item, may_dash)
    body = _aim(outline, body)
    text = "\n".join(part for stretch in body if (part := outline.printed(stretch.block).text(*stretch[1:]).strip()))
    if not text or goal_words()["elsewhere"].search(text) or goal_words()["managed"].fullmatch(aspect or ""):
        return None
    first = item.first
    place = outline.text_block(first.block).place_at(outline.printed(first.block).offset(first.start))
    return Goal(aspect, text, place, _raw(outline, item), first.block)


def _aim(outline: Outline, body: list[Stretch]) -> list[Stretch]:
    """What stands behind 目标： where a goal begins with such a label or another, not behind labels like 措施："""
    labels, kept, is_aim = goal_words()["labels"], [], True
    if not body or not labels.match(outline.text_block(body[0].block).text, *body[0][1:]):
        return body
    for stretch in body:
        text, start = outline.text_block(stretch.block).text, stretch.start
        for label in labels.finditer(text, *stretch[1:]):
            if label.start() > stretch.start and text[label.start() - 1] not in "。;":
                continue
            kept += [stretch._replace(start=start, stop=label.start())] if is_aim and label.start() > start else []
            is_aim, start = label["aim"] is not None, label.end()
        kept += [stretch._replace(start=start)] if is_aim and stretch.stop > start else []
    return kept or body


def _raw(outline: Outline, item: Item) -> str:
    stretches = ([item.title] if item.title else []) + item.body
    return "\n".join(outline.printed(stretch.block).raw(*stretch[1:]) for stretch in stretches)
