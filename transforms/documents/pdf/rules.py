"""Rules of a page: pieces of one line put together, lines that touch grouped.

Lines only: what stands between them belongs to ruled.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.documents.pdf.frame import Box

TOUCH = 3.0
"""Points between lines that are meant to touch."""
_APART = 2.0  # between the two lines of a double rule
_MOST = 4000  # rules on a page; more are a drawing


class Rule(NamedTuple):
    """A line: ``at`` is its y when horizontal, its x when vertical; it runs from ``start`` to ``end``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Ruling:
    """Horizontal and vertical rules that hang together."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The rectangle around them."""
        xs = [x for rule in self.horizontal for x in rule[1:]] + [rule.at for rule in self.vertical]
        ys = [y for rule in self.vertical for y in rule[1:]] + [rule.at for rule in self.horizontal]
        return Box(min(xs), min(ys), max(xs), max(ys))


def straight_rules(boxes: list[Box]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules of thin boxes, pieces of one line put together; none of a drawing."""
    if len(boxes) > 10 * _MOST:
        return [], []
    across = [Rule(box.middle, box.left, box.right) for box in boxes if box.width >= box.height]
    down = [Rule((box.left + box.right) / 2, box.top, box.bottom) for box in boxes if box.width < box.height]
    horizontal, vertical = _fused(across), _fused(down)
    return (horizontal, vertical) if len(horizontal) + len(vertical) <= _MOST else ([], [])


def _fused(rules: list[Rule]) -> list[Rule]:
    fused: list[Rule] = []
    for group in _grouped(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        pieces = sorted((rule.start, rule.end) for rule in group)
        start, end = pieces[0]
        for piece in pieces:
            if piece[0] > end + TOUCH:
                fused.append(Rule(at, start, end))
                start, end = piece
            end = max(end, piece[1])
        fused.append(Rule(at, start, end))
    return sorted(fused)


def _grouped(rules: list[Rule]) -> Iterable[list[Rule]]:
    """Runs of sorted rules hardly apart."""
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[-1].at > _APART:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def rulings(horizontal: list[Rule], vertical: list[Rule]) -> list[Ruling]:
    """The rules in groups that hang together, each with lines of both kinds, from the top down."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    levels = [rule.at for rule in horizontal]
    for number, upright in enumerate(vertical, len(horizontal)):
        for at in range(bisect_left(levels, upright.start - TOUCH), len(levels)):
            if levels[at] > upright.end + TOUCH:
                break
            if horizontal[at].start - TOUCH <= upright.at <= horizontal[at].end + TOUCH:
                parents[root(at)] = root(number)
    found: dict[int, Ruling] = {}
    for at, rule in enumerate([*horizontal, *vertical]):
        ruling = found.setdefault(root(at), Ruling())
        (ruling.horizontal if at < len(horizontal) else ruling.vertical).append(rule)
    both = [ruling for ruling in found.values() if ruling.horizontal and ruling.vertical]
    return sorted(both, key=lambda ruling: ruling.box.top)
