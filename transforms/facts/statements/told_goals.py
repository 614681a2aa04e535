"""Goals told in passing, in reports that have no section for them: 当年工作目标是：…；…, or a list behind such words.

Sections of goals are read in goals.py, what an item says in goal_items.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile, islice

from transforms.documents.model import BlockKind, Table, TextBlock
from transforms.facts.outline.items import Item, Stretch, items_within, marker_at
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.statements.goal_aspects import goal_words, has_aspect
from transforms.facts.statements.goal_items import clauses
from transforms.facts.years import find_years

_TELL = frozenset(
    (
        "performance_management",
        "overview",
        "duties",
        "units",
        "spending_plan",
        "overall_budget",
        "indicators",
        "analysis",
    )
)
_MOST = 30
_MOST_TRIED = 6
_SHORTEST = 6


def told_goals(outline: Outline, year: int | None) -> tuple[list[Item], Piece | None]:
    """The items, or the table, behind the first words that announce goals of the department and list at least two."""
    pieces = [piece for piece in outline.all_pieces() if not piece.meanings or piece.meanings[0] in _TELL]
    for at, piece in enumerate(pieces):
        if not isinstance(piece.block, TextBlock) or "目标" not in piece.block.text:
            continue
        for start in _announced(piece.block.text, piece.start, year):
            below = list(dropwhile(_is_caption, pieces[at + 1 : at + 1 + _MOST]))
            if start < len(piece.block.text):
                items = _within(outline, piece.index, start)
            elif below and isinstance(below[0].block, Table):
                return [], below[0]
            else:
                items = _below(outline, piece, below)
            if len(items) > 1:
                return items, None
    return [], None


def _is_caption(piece: Piece) -> bool:
    return isinstance(piece.block, TextBlock) and piece.block.kind is BlockKind.CAPTION


def _announced(text: str, start: int, year: int | None) -> Iterator[int]:
    """Where what follows words that announce goals begins, those of other years, of projects or of others apart."""
    for match in islice(goal_words()["told"].finditer(text, start), _MOST_TRIED):
        years = {found.value for found in find_years(match["lead"])} if year else set()
        if not goal_words()["other"].search(match["lead"]) and years <= {year}:
            yield match.end()


def _within(outline: Outline, index: int, start: int) -> list[Item]:
    """The items of the rest of a block: numbered ones, or those of the sentence between semicolons."""
    block = outline.text_block(index)
    text = block.text
    if marker_at(text, start):
        items = items_within(index, block, start, len(text))
        _end_as_others(text, items)
        return items
    apart = clauses(outline, Stretch(index, start, len(text)))
    if len(apart) > 1:
        return [Item(None, [part]) for part in apart]
    stop = text.find("。", start) + 1 or len(text)
    items = items_within(index, block, start, stop) if ";" in text[start:stop] else []
    for item in items:
        item.body[-1] = item.body[-1]._replace(stop=len(text[: item.body[-1].stop].rstrip(";。")))
    return items if all(one.first.stop - one.first.start > _SHORTEST for one in items) else []


def _end_as_others(text: str, items: list[Item]) -> None:
    """Cuts the last item behind its first sentence where those before it are of one."""
    *others, last = (one.body[-1] for one in items)
    if others and not any("。" in text[one.start : one.stop - 1] for one in others):
        end = text.find("。", last.start, last.stop) + 1
        items[-1].body[-1] = last._replace(stop=end or last.stop)


def _below(outline: Outline, above: Piece, pieces: list[Piece]) -> list[Item]:
    """The items of the blocks below one, as long as they are numbered alike, bulleted, or begin with an aspect each."""
    items: list[Item] = []
    style = None
    for expected, piece in enumerate(pieces, above.index + 1):
        block = piece.block
        if piece.index != expected or piece.start or not isinstance(block, TextBlock):
            break
        marker, whole = outline.markers[piece.index], Stretch(piece.index, 0, len(block.text))
        own = marker.style if marker else block.kind.value
        is_item = marker or block.kind is BlockKind.LIST_ITEM or has_aspect(outline, whole)
        if not is_item or (style or own) != own:
            break
        style = own
        found = items_within(piece.index, block, 0, len(block.text))
        first = found[0].first.start if found else 0
        items += found if marker else [Item(None, [whole._replace(start=first)])]
    return items
