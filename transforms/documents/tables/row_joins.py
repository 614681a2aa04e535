"""Rows that run over a page: which row is the rest of the one before, and the two put together.

Fragments of tables belong to drafts.py, paragraphs to flow/paragraphs.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.documents.tables.cells import is_cut_number, is_figure, is_number, is_total
from transforms.documents.tables.drafts import Row
from transforms.language.lexicon import load_lexicon
from transforms.language.numbering import parse_numbering
from transforms.language.tables import patterns
from transforms.language.text import normalise

_ENDED = re.compile(r"[。;!?；！？]$")
_OPENED = re.compile(r"[(《“【\[][^)》”】\]]*$")
_SAYS_OF_FIGURE = re.compile(r"[\d()%元万亿]")
_BRACKET = re.compile(r"\([^()]{1,20}\)")
_SHORTEST_TEXT = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """What rows of a table look like: the columns that name a row (a serial number, then the name), those that hold
    figures, and those whose heading says that they name (``keys`` where none does)."""

    keys: tuple[int, ...]
    figures: tuple[int, ...]
    names: tuple[int, ...]

    @property
    def has_serials(self) -> bool:
        """Whether the first column counts the rows."""
        return len(self.keys) > 1


@cache
def name_end() -> re.Pattern[str]:
    """How names of projects end."""
    return patterns("project_words", "prose")["name_end"]


@cache
def name_rest() -> re.Pattern[str]:
    """How no name of a project begins, but the rest of one may."""
    return patterns("project_words", "names")["rest"]


def shape_of(header: list[str], figures: list[int]) -> Shape:
    """The shape of a table from its header texts and its figure columns."""
    columns = load_lexicon("columns")
    is_serial = bool(header) and columns.group_of(header[0]) == "serial"
    keys = (0, 1) if is_serial and len(header) > 1 else (0,)
    names = tuple(column for column, text in enumerate(header) if columns.group_of(text) == "name")
    return Shape(keys, tuple(column for column in figures if column not in keys), names or keys)


def shares_record(row: Row, shape: Shape) -> bool:
    """Whether ``row`` tells more of the row above it: its name and all its figures are cells that both share."""
    merged = row.line.merged
    return bool(merged) and all(column in merged for column in (*shape.names, *shape.figures))


def is_rest(row: Row, before: Row, shape: Shape) -> bool:
    """Whether ``row`` is the rest of the row before it, cut by a page break. A row with figures of its own beside
    those of the row before is never one, nor one below a heading over all columns."""
    if _is_heading_over_all(before) and not _is_heading_over_all(row):
        return False
    filled = [column for column, text in enumerate(row.texts) if text]
    if any(row.texts[key] for key in shape.keys if key < len(row.texts)):
        if _goes_on_in_print(row, before, filled, shape):
            return True
        is_cut = _is_rest_with_name if row.starts_fragment else _completes_name
        return is_cut(row, before, filled, shape)
    if _has_own_figure(row, before, shape) and _has_figure(before, shape):
        return False
    pairs = [
        (before.texts[column], row.texts[column])
        for column in filled
        if column < len(before.texts) and not _is_cut_figure(row, before, column)
    ]
    if any(is_figure(above) and is_figure(below) for above, below in pairs) or _heads_figures(row, before, shape):
        return False
    return row.starts_fragment or len(filled) == 1 or all(above and not _ENDED.search(above) for above, _ in pairs)


def join(row: Row, before: Row) -> None:
    """Appends the cells of ``row`` to those of the row before it."""
    for column, raw in enumerate(row.raws):
        if not row.texts[column] or column in row.line.merged:
            continue
        if column >= len(before.raws):
            before.raws += [""] * (column + 1 - len(before.raws))
            before.texts += [""] * (column + 1 - len(before.texts))
        above = before.raws[column]
        is_cut = not above or _ENDED.search(before.texts[column]) is None
        before.raws[column] = f"{above}{raw}" if is_cut else f"{above}\n{raw}"
        seam = "" if _is_cut_figure(row, before, column) else "\n"
        before.texts[column] = normalise(f"{before.texts[column]}{seam}{row.texts[column]}")


def _is_heading_over_all(row: Row) -> bool:
    return len(row.texts) > 2 and bool(row.texts[0]) and row.texts.count(row.texts[0]) == len(row.texts)


def _goes_on_in_print(row: Row, before: Row, filled: list[int], shape: Shape) -> bool:
    """A piece at the top of a page whose name would have found no room at the end of the row before: it has no figures
    where the row before has all; without such columns, its other cells would have found no room either."""
    if _is_cut_through(row, before, filled, shape):
        return True
    key, wraps = shape.keys[-1], row.line.wraps
    if shape.has_serials and row.texts[0] and before.texts[0]:
        return False
    name = row.texts[key] if key < len(row.texts) else ""
    if not row.starts_fragment or key not in wraps or is_total(name) or parse_numbering(name) is not None:
        return False
    if _has_own_figure(row, before, shape):
        return False
    if shape.figures and _has_all_figures(before, shape):
        return True
    others = [column for column in filled if column not in shape.keys and before.texts[column]]
    return bool(others) and all(column in wraps or _is_next_item(before, row, column) for column in others)


def _is_cut_through(row: Row, before: Row, filled: list[int], shape: Shape) -> bool:
    """Whether each cell of a piece at the top of a page goes on with a full line of the row before, figures within
    their digits."""
    if not row.starts_fragment or (shape.has_serials and row.texts[0]) or shape.keys[-1] not in filled:
        return False
    both = [column for column in filled if column < len(before.texts) and before.texts[column]]
    figures = [column for column in both if column in shape.figures]
    return (
        bool(figures)
        and row.line.wraps.issuperset(both)
        and all(is_cut_number(before.texts[column], row.texts[column]) for column in figures)
    )


def _is_next_item(before: Row, row: Row, column: int) -> bool:
    """Whether a cell goes on with the next number of a list that the row before begins."""
    numbering = parse_numbering(row.texts[column])
    return numbering is not None and (numbering.number or 0) > 1 and parse_numbering(before.texts[column]) is not None


def _is_rest_with_name(row: Row, before: Row, filled: list[int], shape: Shape) -> bool:
    """A piece that begins with the rest of the name: it has no figures where the row before has all, and its other
    cells go on in the middle of a sentence."""
    if not shape.figures or _has_figure(row, shape):
        return False
    if not _has_all_figures(before, shape):
        return False
    others = [column for column in filled if column not in shape.keys]
    if any(not _is_cut(before, row, column) for column in others):
        return False
    name = row.texts[shape.keys[-1]] or row.texts[0]
    if is_total(name) or parse_numbering(name) is not None:
        return False
    return bool(others) or has_open_bracket(before.texts[shape.keys[-1]]) or name[:1] in ")）》”】]"


def has_open_bracket(text: str) -> bool:
    """Whether the last bracket or quotation mark of a text is not closed."""
    return _OPENED.search(text) is not None


def _completes_name(row: Row, before: Row, filled: list[int], shape: Shape) -> bool:
    """A piece on the same page: no figures, and words that end the name above as names of projects end, or its
    bracket."""
    key = shape.keys[-1]
    if not shape.figures or _has_figure(row, shape) or any(row.texts[column] for column in shape.figures):
        return False
    if key >= len(row.texts) or not row.texts[key] or not _has_all_figures(before, shape):
        return False
    name, above = row.texts[key], before.texts[key]
    if is_total(name) or parse_numbering(name) is not None or any(row.texts[other] for other in shape.keys[:-1]):
        return False
    ends = name_end()
    if _BRACKET.fullmatch(name):
        return True
    return len(filled) > 1 and not ends.search(above) and ends.search(above + name) is not None


def _has_all_figures(row: Row, shape: Shape) -> bool:
    return all(column < len(row.texts) and row.texts[column] for column in shape.figures)


def _is_cut(before: Row, row: Row, column: int) -> bool:
    above = before.texts[column] if column < len(before.texts) else ""
    return len(above) >= _SHORTEST_TEXT and not _ENDED.search(above) and parse_numbering(row.texts[column]) is None


def _is_cut_figure(row: Row, before: Row, column: int) -> bool:
    """Whether a figure was cut because its line was full to the last digit: so was the line of every other cell."""
    above, wraps = before.texts[column] if column < len(before.texts) else "", row.line.wraps
    if column not in wraps or not is_cut_number(above, row.texts[column]):
        return False
    return all(
        at in wraps or not text or not before.texts[at] or _is_next_item(before, row, at)
        for at, text in enumerate(row.texts[: len(before.texts)])
    )


def _has_own_figure(row: Row, before: Row, shape: Shape) -> bool:
    """Whether a row has a figure that is not the rest of one in the row before."""
    figures = [column for column in shape.figures if column < len(row.texts) and is_number(row.texts[column])]
    return any(not _is_cut_figure(row, before, column) for column in figures)


def _heads_figures(row: Row, before: Row, shape: Shape) -> bool:
    """Whether a row has words below figures, as pieces of headings stand that are wrapped."""
    width = min(len(row.texts), len(before.texts))
    both = [at for at in shape.figures if at < width and row.texts[at] and is_number(before.texts[at])]
    return len(both) > 1 and not any(_SAYS_OF_FIGURE.search(row.texts[at]) for at in both)


def _has_figure(row: Row, shape: Shape) -> bool:
    return any(column < len(row.texts) and is_number(row.texts[column]) for column in shape.figures)
