"""Labels whose unit of money the end of a page cuts (项目资金（万 / 元）): whole again on both pages.

Levels and texts that a page cuts are joined where they are read, in indicators.py and reading.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transforms.documents.model import Cell
from transforms.facts.columns import header_unit

_LONGEST = 24


def mended(above: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]) -> Mapping[int, Cell]:
    """Whole labels by the identity of their parts: the cells that end ``above`` with an open bracket, and those that
    close it on top of ``below``, where both together name a unit; none where the columns are others."""
    if len(above[-1]) != len(below[0]):
        return {}
    pairs = {(id(top), id(rest)): (top, rest) for top, rest in zip(above[-1], below[0], strict=True)}
    found: dict[int, Cell] = {}
    for top, rest in pairs.values():
        whole = Cell(top.raw + rest.raw, top.text + rest.text, top.place)
        if _is_open(top.text) and len(whole.text) <= _LONGEST and header_unit(whole.text):
            found |= {id(top): whole, id(rest): whole}
    return found


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")
