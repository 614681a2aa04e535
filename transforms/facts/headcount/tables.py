"""Headcounts given in a table: a label beside its number, labels above one row, or posts and people by kind of staff.

Headcounts in running text are in reading.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import NamedTuple

from transforms.documents.model import Cell, Place, Table, TableRow
from transforms.facts.figures.tables import labelled_cells
from transforms.facts.headcount.kinds import PARTS, figure_name
from transforms.facts.headcount.labels import cell_kind, headcount_words
from transforms.facts.headcount.pairs import pair_column, read_pair_column
from transforms.facts.organisation.words import words_of
from transforms.facts.outline.listing import split_marks
from transforms.facts.outline.mentions import FigureBook, Mention, Span, table_lines
from transforms.language.numerals import Number, parse_number

_PERSONS = "人名个"
_SAMPLE_ROWS = 40
_FEWEST_ROWS = 3
_SHORTEST_NAME = 3
_SUMS = frozenset(("小计", "计", "人数", "共计"))
_SUBTOTALS = frozenset(("小计", "合计", "共计", "计"))
_OF_ALL = re.compile("(?:全[街镇]|街道|镇|部门|人数)?(?:合计|总计|小计|共计|总数)(?:人数|数)?")
_FEWEST_COLUMNS = 4
_OF_ANYTHING = (None, "total", "approved_posts")
_STAFF = frozenset(("administrative", "institution", "established", "non_established"))


class _Counted(NamedTuple):
    """A cell with the kind of people it counts, None where its label names none."""

    kind: str | None
    label: str
    cell: Cell

    @property
    def is_group(self) -> bool:
        """Whether the label names one group of its kind (离休), not all of it."""
        return headcount_words().specific.match(self.label) is not None


def add_table_headcount(table: Table, index: int, year: int | None, book: FigureBook) -> None:
    """Notes the ``headcount:<kind>`` figures of a table in a section about the department, of several years those of
    ``year``."""
    if not _may_count_people(table) or _counts_units(table):
        return
    pairs = pair_column(table)
    if pairs is not None:
        read_pair_column(table, pairs, index, book)
        return
    found = [
        one
        for part in _side_by_side(_without_units(_at_the_end(table)))
        for one in _settled(list(_counted(part, year)))
    ]
    groups = Counter(one.kind for one in found if one.is_group)
    whole = {one.kind for one in found if not one.is_group}
    for one in found:
        if not one.is_group or (groups[one.kind] == 1 and one.kind not in whole):
            _add(one.kind, one.cell, index, book)


def _at_the_end(table: Table) -> Table:
    """A table with columns, or rows, for the beginning and the end of the year without those for the beginning."""
    words = headcount_words()
    labels = [row.cells[0].text if row.cells else "" for row in table.rows]
    if any(map(words.at_last.match, labels)) and any(map(words.at_first.match, labels)):
        rows = [row for row, label in zip(table.rows, labels, strict=True) if not words.at_first.match(label)]
        return replace(table, rows=rows)
    first = {at for at, cell in enumerate(table.header) if words.at_first.match(cell.text)}
    if not first or not any(words.at_last.match(cell.text) for cell in table.header):
        return table
    rows = [replace(row, cells=_without(row.cells, first)) for row in table.rows]
    return replace(table, header=_without(table.header, first), rows=rows)


def _without(cells: list[Cell], places: set[int]) -> list[Cell]:
    return [cell for at, cell in enumerate(cells) if at not in places]


def _settled(counted: list[_Counted]) -> Iterator[_Counted]:
    """With a sum right behind administrative and institution staff, of nobody else, as that of the established."""
    for at, one in enumerate(counted):
        before = {other.kind: _whole_number(other.cell.text) for other in counted[:at]}
        parts = [number.value for kind in PARTS if (number := before.get(kind))]
        number = _whole_number(one.cell.text)
        is_sum = one.kind is None or any(other.kind == "total" for other in counted[at + 1 :])
        is_told = one.label in _SUBTOTALS and is_sum and len(parts) > 1 and "established" not in before
        yield one._replace(kind="established") if is_told and number and number.value == sum(parts) else one


def _without_units(table: Table) -> Table:
    """A table of kinds of staff in rows, and of units in columns with their sum, without the columns of the units."""
    heads = [cell.text for cell in table.header]
    at = next((at for at, text in enumerate(heads) if at and _OF_ALL.fullmatch(text)), None)
    if at is None or len(heads) < _FEWEST_COLUMNS or any(cell_kind(text) for text in heads if text != heads[at]):
        return table
    numbers = [[_whole_number(cell.text) for cell in row.cells] for row in table.rows if _names_a_kind(row)]
    sums = [(row[at], [one for one in (*row[1:at], *row[at + 1 :]) if one]) for row in numbers if at < len(row)]
    if len(sums) < 2 or not all(whole and whole.value == sum(one.value for one in others) for whole, others in sums):
        return table
    rows = [replace(row, cells=[row.cells[0], row.cells[at]]) for row in table.rows if at < len(row.cells)]
    return replace(table, header=[table.header[0], table.header[at]], rows=rows)


def _names_a_kind(row: TableRow) -> bool:
    return bool(row.cells) and cell_kind(row.cells[0].text) is not None


def _side_by_side(table: Table) -> list[Table]:
    """The parts of a table that was folded to save space, each below the same first words of its header (项目 编制数
    实有数 | 项目 实有数); the table itself where it was not."""
    heads = [cell.text for cell in table.header]
    starts = [at for at, text in enumerate(heads) if text and text == heads[0]]
    stops = [*starts[1:], len(heads)]
    if len(starts) < 2 or any(
        stop - start < 2 or not set(heads[start:stop]) <= set(heads[: starts[1]])
        for start, stop in zip(starts, stops, strict=True)
    ):
        return [table]
    return [
        replace(
            table,
            header=table.header[start:stop],
            rows=[replace(row, cells=row.cells[start:stop]) for row in table.rows],
        )
        for start, stop in zip(starts, stops, strict=True)
    ]


def _counted(table: Table, year: int | None) -> list[_Counted]:
    """The cells that count people or posts; of several years those of ``year``."""
    posts = [at for at, cell in enumerate(table.header) if cell_kind(cell.text) == "approved_posts"]
    actual = [
        at for at, cell in enumerate(table.header) if at not in posts and headcount_words().actual.search(cell.text)
    ]
    people = next((row for row in table.rows if row.cells and headcount_words().actual.search(row.cells[0].text)), None)
    is_by_column = sum(cell_kind(cell.text) in _STAFF for cell in table.header) > 1
    is_by_column = is_by_column and not any(_whole_number(cell.text) for cell in table.header)
    if posts and actual and not is_by_column:
        return list(_by_kind(table, posts[0], actual[0]))
    if people is not None and sum(cell_kind(cell.text) is not None for cell in table.header[1:]) > 1:
        return list(_by_column(table, people))
    groups_summed = _groups_summed(table)
    labelled = [
        one
        if _is_sum_of_all(one.label, table, is_by_column)
        else one._replace(label=groups_summed.get(one.label.place, one.label))
        for one in labelled_cells(table, year)
        if not is_by_column or one.label in table.header
    ]
    found = [_Counted(_kind(one.label, table, is_by_column), one.label.text, one.cell) for one in labelled]
    found = list(_without_posts_of_kinds(found))
    return list(_by_sums(table)) if is_by_column and not any(one.kind for one in found) else found


def _may_count_people(table: Table) -> bool:
    """Whether words of a table speak of staff: 核定数 and 合计 alone count cars and rooms as well."""
    sample = (cell.text for line in islice(table_lines(table), _SAMPLE_ROWS) for cell in line)
    return any(cell_kind(text) not in _OF_ANYTHING or "编制" in text or "人数" in text for text in sample)


def _counts_units(table: Table) -> bool:
    """Whether the numbers of most rows are those of the units that they name: 事业单位 2 甲镇文化站、甲镇水闸所."""
    column = words_of("units").column
    at = next((at for at, cell in enumerate(table.header) if at and column.fullmatch(cell.text)), None)
    if at is None or any(cell_kind(cell.text) for cell in table.header):
        return False
    rows = [row.cells for row in table.rows if at < len(row.cells) and row.cells[at].text]
    counted = [cells for cells in rows if _names(cells[at].text) in map(_count, cells[1:])]
    return 0 < len(rows) <= 2 * len(counted)


def _count(cell: Cell) -> int | None:
    number = _whole_number(cell.text)
    return int(number.value) if number else None


def _names(text: str) -> int:
    """How many names a cell holds; 人 is none."""
    return sum(span.end - span.start >= _SHORTEST_NAME for span in split_marks(text, 0, len(text), "、;"))


def _kind(label: Cell, table: Table, is_by_column: bool) -> str | None:
    """The kind that a label names."""
    return "total" if _is_sum_of_all(label, table, is_by_column) else cell_kind(label.text)


def _is_sum_of_all(label: Cell, table: Table, is_by_column: bool) -> bool:
    """Whether a label is 小计 above the last column, but for the retired, where others are kinds of staff."""
    staff = [head for head in table.header if cell_kind(head.text) != "retired"]
    return is_by_column and label is staff[-1] and label.text in _SUMS


def _first(cells: list[Cell]) -> str:
    return next((cell.text for cell in cells if cell.text and not cell.text.isdigit()), "")


def _groups_summed(table: Table) -> dict[Place, Cell]:
    """The label of a group of staff (在编人员) by the place of the 小计 that stands beside it for its sum."""
    pairs = (pair for line in table_lines(table) for pair in pairwise(line))
    return {label.place: group for group, label in pairs if label.text in _SUMS and cell_kind(group.text)}


def _without_posts_of_kinds(counted: list[_Counted]) -> Iterator[_Counted]:
    """Without the posts of each kind of staff that follow those of all: 编制数 60, 其中：行政编制 25."""
    group: str | None = None
    for one in counted:
        if one.kind in headcount_words().opens:
            group = one.kind
        if not (one.kind in PARTS and group == "approved_posts" and headcount_words().posts.search(one.label)):
            yield one


def _by_kind(table: Table, posts: int, actual: int) -> Iterator[_Counted]:
    """Rows are kinds of staff, columns posts and people; posts count only in the row of all of them, or of all
    established staff where none are counted there."""
    of_posts: dict[str, _Counted] = {}
    for row in table.rows:
        cells = row.cells[: min(posts, actual)]
        kind, label = next(
            ((found, cell.text) for cell in cells if (found := cell_kind(cell.text))), (None, _first(cells))
        )
        kind = "established" if kind == "approved_posts" else kind  # 编制小计, of posts and of those in them
        if kind in ("total", "established") and posts < len(row.cells) and _whole_number(row.cells[posts].text):
            of_posts.setdefault(kind, _Counted("approved_posts", label, row.cells[posts]))
        if actual < len(row.cells):
            is_established = kind == "total" and "在编" in table.header[actual].text
            yield _Counted("established" if is_established else kind, label, row.cells[actual])
    yield from [of_posts[kind] for kind in ("total", "established") if kind in of_posts][:1]


def _by_column(table: Table, people: TableRow) -> Iterator[_Counted]:
    """Columns are kinds of staff, rows posts and people; posts count only in the column of all of them, or of all
    established staff where none are counted there."""
    for head, cell in zip(table.header[1:], people.cells[1:], strict=False):
        yield _Counted(cell_kind(head.text), head.text, cell)
    rows = (row.cells for row in table.rows if row.cells)
    posts = next((cells for cells in rows if cell_kind(cells[0].text) == "approved_posts"), [])
    counted = [_Counted(cell_kind(head.text), head.text, cell) for head, cell in zip(table.header, posts, strict=False)]
    of_kinds = {one.kind: one for one in reversed(counted) if _whole_number(one.cell.text)}
    for whole in [of_kinds[kind] for kind in ("total", "established") if kind in of_kinds][:1]:
        yield whole._replace(kind="approved_posts")


def _by_sums(table: Table) -> Iterator[_Counted]:
    """Columns are kinds of staff, rows offices: the last row, else the first, where it is the sum of the others in most
    columns; of posts and of the retired where it is that too."""
    kinds = [_kind(head, table, True) for head in table.header]
    staff = {at for at, kind in enumerate(kinds) if kind in (*_STAFF, "total")}
    rows = [[_whole_number(cell.text) for cell in row.cells] for row in table.rows]
    if len(rows) < _FEWEST_ROWS or len(staff) < 2:
        return
    for whole, others in ((-1, rows[:-1]), (0, rows[1:])):
        fitting = set(_sums_of(others, rows[whole]))
        if len(fitting & staff) * 2 > len(staff) and all(at < len(rows[whole]) and rows[whole][at] for at in staff):
            for at in sorted(staff | fitting):
                yield _Counted(kinds[at], table.header[at].text, table.rows[whole].cells[at])
            return


def _sums_of(rows: list[list[Number | None]], whole: list[Number | None]) -> Iterator[int]:
    """The columns in which the number of a row is the sum of those of others."""
    for at, stated in enumerate(whole):
        numbers = [row[at] for row in rows if at < len(row)]
        if stated and stated.value == sum(number.value for number in numbers if number):
            yield at


def _add(kind: str | None, cell: Cell, index: int, book: FigureBook) -> None:
    name, number = figure_name(kind), _whole_number(cell.text)
    if name is None or number is None:
        return
    unit = cell.text[-1:] if cell.text[-1:] in _PERSONS else None
    figure = Span(0, len(cell.text) - (unit is not None))
    book.add(Mention(name, number.value, number.quantum, unit, index, figure, Span(0, 0), 0, None, cell))


def _whole_number(text: str) -> Number | None:
    number = parse_number(text.rstrip(_PERSONS)) if text else None
    is_whole = number is not None and not number.is_percent and number.value == number.value.to_integral_value()
    return number if is_whole else None
