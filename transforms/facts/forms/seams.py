"""What the end of a page cuts in two: labels with their unit of money (项目资金（万 / 元）), whole again on both pages;
rows amid a line of their cells (25.0 / 0), one row again.

Levels and texts of rows that are whole otherwise are joined where they are read, in indicators.py and reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transforms.documents.model import Cell
from transforms.facts.forms.labels import column_of, is_label
from transforms.facts.tables.columns import header_unit
from transforms.language.units import unit_at

_LONGEST = 24
_GOALS = ("goal", "completion", "actual")
_FIGURE = re.compile(r"[\d,.]+%?")
_BEGUN, _REST = re.compile(r"\d[\d,]*\.\d?"), re.compile(r"\d{1,2}")
_COUNT = re.compile(r"[≥≤=<>]?\d[\d,.]*[万亿]?")


def mended(above: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]) -> dict[int, Cell]:
    """Whole labels by the identity of their parts: the cells that end ``above`` with an open bracket, and those that
    close it on top of ``below``, where both together name a unit; none where the columns are others."""
    if len(above[-1]) != len(below[0]):
        return {}
    pairs = {(id(top), id(rest)): (top, rest) for top, rest in zip(above[-1], below[0], strict=True)}
    found: dict[int, Cell] = {}
    for top, rest in pairs.values():
        whole = _whole(top, rest)
        if _is_open(top.text) and len(whole.text) <= _LONGEST and header_unit(whole.text):
            found |= {id(top): whole, id(rest): whole}
    return found


def cut_row(above: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]) -> Mapping[int, Cell]:
    """The cells of a row that begins as the last ``above`` and ends as the first ``below``, by the identity of their
    parts; none where these are rows of their own. A figure or a figure and its unit in two parts show that it is one;
    that what is printed below has a part above it is a condition."""
    if len(above[-1]) != len(below[0]):
        return {}
    pairs = {(id(top), id(rest)): (top, rest) for top, rest in zip(above[-1], below[0], strict=True)}
    parts = [(top, rest) for top, rest in pairs.values() if rest.text]
    own = [part for part in parts if not any(part[1] is cell for row in below[1:2] for cell in row)]
    if not own or not all(top.text for top, _ in parts) or any(_are_apart(top.text, rest.text) for top, rest in own):
        return {}
    if not any(_is_of_one(top.text, rest.text) for top, rest in own):
        return {}
    return {id(cell): _whole(top, rest) for top, rest in parts for cell in (top, rest)}


def _whole(top: Cell, rest: Cell) -> Cell:
    return Cell(top.raw + rest.raw, top.text + rest.text, top.place)


def _is_of_one(top: str, rest: str) -> bool:
    """Whether two texts are a figure, a figure with its unit, or a heading, cut in two."""
    is_figure = _BEGUN.fullmatch(top) is not None and _REST.fullmatch(rest) is not None
    has_unit = _COUNT.fullmatch(top) is not None and (rest == "%" or unit_at(rest, 0) == rest)
    is_bracket = header_unit(rest) is not None and rest[0] == "(" and column_of(top) is not None
    return is_figure or has_unit or is_bracket or (column_of(top) is None and column_of(top + rest) is not None)


def _are_apart(top: str, rest: str) -> bool:
    """Whether both are figures of their own, or one a label of its own, as that of goals is."""
    are_figures = None not in (_FIGURE.fullmatch(top), _FIGURE.fullmatch(rest))
    is_own = is_label(rest) or (column_of(top) in _GOALS and not is_label(top + rest))
    return (are_figures or is_own) and not _is_of_one(top, rest)


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")
