"""The lines of a project table that head a category or sum others up, by their numbering, their words, a name and
nothing else, or the sums of the lines around them.

Rows whose label says that they are totals are told in rows.py.
"""

from __future__ import annotations

import re
from decimal import Decimal

from transforms.facts.projects.lines import NOTHING, Line, cell_at, is_sum
from transforms.facts.projects.tables import ProjectTable
from transforms.facts.tables.columns import table_words

_UPPER_SERIAL = re.compile(r"[(（第]?[一二三四五六七八九十]")
_NUMBER = re.compile(r"[(]?(?P<number>\d{1,3}(?:\.\d{1,3})*)[)]?[、.]?")
_FEWEST_PARTS = 3
_NEARLY = Decimal("0.99")
_MOST_TRIED = 50
"""Ends of one sum: behind it only lines without amounts go on."""


def number_above(line: Line, table: ProjectTable) -> str:
    """The number of the line that a line of several numbers is below: 1 of 1.2; "" of any other."""
    return _number(line, table).rpartition(".")[0]


def _number(line: Line, table: ProjectTable) -> str:
    cell = cell_at(line.row, table.columns.serial)
    match = _NUMBER.fullmatch(line.serial or (cell.text if cell else ""))
    return match["number"] if match else ""


def nested(lines: list[Line], table: ProjectTable) -> list[Line]:
    """The lines that head those numbered below them (1 above 1.1 and 1.2) and are their sums."""
    below: dict[str, list[Line]] = {}
    numbers = [_number(line, table) for line in lines]
    for number, line in zip(numbers, lines, strict=True):
        if "." in number:
            below.setdefault(number.rpartition(".")[0], []).append(line)
    heads = {number: line for number, line in zip(numbers, lines, strict=True) if number in below}
    return [head for number, head in heads.items() if _sums_up(head, below[number])]


def sums_of_lines(lines: list[Line], totals: list[Line]) -> list[Line]:
    """The lines that sum others up, though no word says so: the first or last, of all others; else those that head a
    category, each the sum of the lines below it up to the next, together all there is."""
    for at in (-1, 0):
        others = lines[:-1] if at else lines[1:]
        if len(others) >= _FEWEST_PARTS and not totals and _sums_up(lines[at], others):
            return [lines[at]]
    groups = _groups(lines)
    heads = [head for head, _ in groups]
    if totals:
        return heads if len(groups) > 1 and _sums_up(totals[-1], heads) and len(heads) < len(lines) else []
    return heads if sum(len(parts) > 1 for _, parts in groups) > 1 else []


def _groups(lines: list[Line]) -> list[tuple[Line, list[Line]]]:
    """Heads with the lines that each sums up, from the first line on; none unless they take all lines in."""
    groups: list[tuple[Line, list[Line]]] = []
    at = 0
    while at < len(lines):
        stop = _end_of_parts(lines, at)
        if stop is None:
            return []
        groups.append((lines[at], lines[at + 1 : stop]))
        at = stop
    return groups


def _end_of_parts(lines: list[Line], at: int) -> int | None:
    """Where the lines end whose sum is line ``at``, None where there are none."""
    whole, total, tried = _amount(lines[at]), Decimal(0), 0
    for stop in range(at + 2, len(lines) + 1):
        total += _amount(lines[stop - 1])
        if total >= whole * _NEARLY:
            tried += 1
            if _sums_up(lines[at], lines[at + 1 : stop]):
                return stop
        if total > whole or tried == _MOST_TRIED:
            break
    return None


def _amount(line: Line) -> Decimal:
    return line.budget.money.value or line.spent.value or Decimal(0)


def _sums_up(whole: Line, parts: list[Line]) -> bool:
    """Whether both amounts of a line are the sums of those of others, of which it has all there are."""
    if not whole.budget.money.value and not whole.spent.value:
        return False
    return is_sum(whole.budget.money, [part.budget.money for part in parts]) and is_sum(
        whole.spent, [part.spent for part in parts]
    )


def categories(lines: list[Line], table: ProjectTable) -> list[Line]:
    """Lines that head a category, by their numbering (一、 among 1、 2、), their words (民生类) or a name and nothing
    else: with two of these, or with one and either no amounts or the sum of the lines below."""
    signs = signs_of(lines, table)
    heads = [at for at, count in enumerate(signs) if count]
    stops = [*heads[1:], len(lines)]
    return [
        lines[at]
        for at, stop in zip(heads, stops[: len(heads)], strict=True)
        if _is_category(lines[at], lines[at + 1 : stop], signs[at], table)
    ]


def signs_of(lines: list[Line], table: ProjectTable) -> list[int]:
    """How many signs of a category each line bears. A name and nothing else is one where the table begins with such a
    line: further down it is a project whose amounts are missing."""
    upper = []
    for line in lines:
        cell = cell_at(line.row, table.columns.serial)
        upper.append(bool(_UPPER_SERIAL.match(line.serial) or (cell and _UPPER_SERIAL.match(cell.text))))
    are_odd = not all(upper)
    may_be_alone = bool(lines and table.columns.money) and _is_alone(lines[0], table)
    alone = [may_be_alone and _is_alone(line, table) for line in lines]
    below = [*alone[1:], True][: len(lines)]
    return [
        (is_upper and are_odd) + _ends_as_category(line) + (is_alone and not is_next_alone)
        for line, is_upper, is_alone, is_next_alone in zip(lines, upper, alone, below, strict=True)
    ]


def _ends_as_category(line: Line) -> bool:
    return not (line.goal or line.completion) and table_words()["category_end"].search(line.name) is not None


def _is_alone(line: Line, table: ProjectTable) -> bool:
    """Whether the row holds a name and nothing else."""
    others = [cell.text for at, cell in enumerate(line.row.cells) if at != table.columns.name]
    return len(others) > 1 and not any(others)


def _is_category(line: Line, parts: list[Line], signs: int, table: ProjectTable) -> bool:
    if line.goal or line.completion:
        return False
    if not line.has_amount:
        cells = (cell_at(line.row, position) for position in table.columns.money)
        return all(cell is None or NOTHING.fullmatch(cell.text) for cell in cells)
    if not parts or signs > 1:
        return bool(parts)
    return is_sum(line.budget.money, [part.budget.money for part in parts]) and is_sum(
        line.spent, [part.spent for part in parts]
    )
