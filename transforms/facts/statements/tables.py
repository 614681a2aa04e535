"""Tables of problems and measures: which tables they are, and the statements of their rows.

What running text says of both is read in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.documents.model import BlockKind, Cell, Place, Table
from transforms.facts.outline.items import Stretch
from transforms.facts.outline.numbering import chinese_count
from transforms.facts.outline.outline import Outline
from transforms.facts.wording import one_line, strip_serial

_PROBLEM_HEADER = re.compile("问题|不足|困难|短板|差距|毛病|欠缺|薄弱")
_MEASURE_HEADER = re.compile("措施|建议|整改|改进|对策|举措|打算|办法|怎么改|如何改|解决")
_SERIAL_HEADERS = frozenset(("序", "序号", "编号", "#"))
_LONGEST_HEADER = 12
_ANNOUNCES = re.compile(r"^(?!.{40})[^。;]*(?::|[下附]表[^。;,]{0,6}。?|如下。?)$")
_MOST_BETWEEN = 4
_MARKS = "。:; "
_COUNT = r"(?:问题|第)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[条个项点]?"
_REFERENCE = re.compile(rf"{_COUNT}(?:[、,和及]{_COUNT})*")
"""What stands in a cell that only says which of the problems listed elsewhere is meant."""
_NUMBER = re.compile(r"\d{1,2}|[一二三四五六七八九十]{1,3}")


@dataclass(slots=True)
class Statement:
    """A problem or a measure as printed, with its place."""

    title: str
    detail: str | None
    place: Place
    raw: str


def statement_tables(outline: Outline) -> Iterator[tuple[int, Table]]:
    """The tables in sections of problems or measures, and those elsewhere whose two columns are both, each with the
    index of its block."""
    own = {piece.index for piece in outline.pieces("problems", "measures")}
    for piece in outline.all_pieces():
        if isinstance(piece.block, Table):
            both = piece.block if piece.index in own else _of_both(piece.block)
            if both is not None:
                yield piece.index, both


def heads_table(outline: Outline, title: Stretch, meaning: str) -> bool:
    """Whether nothing but captions and a line that announces it stands between a title and a table of what the
    section, or the title itself, speaks of."""
    words = outline.text_block(title.block).text
    if title.stop < len(words.rstrip(_MARKS)):
        return False
    for below in outline.document.blocks[title.block + 1 : title.block + 1 + _MOST_BETWEEN]:
        if isinstance(below, Table):
            of_title = words[title.start : title.stop]
            is_problem = meaning == "problems" or _PROBLEM_HEADER.search(of_title) is not None
            is_measure = meaning == "measures" or _MEASURE_HEADER.search(of_title) is not None
            return bool((is_problem and problems_of(below)) or (is_measure and measures_of(below)))
        if below.kind is not BlockKind.CAPTION and not _ANNOUNCES.search(below.text):
            return False
    return False


def _of_both(table: Table) -> Table | None:
    """A table under a header, or from a row on, that holds nothing but the titles of problems and of measures."""
    if _is_of_both(table.header):
        return table
    for at, row in enumerate(table.rows[:-1]):
        if _is_of_both(row.cells):
            return replace(table, header=row.cells, rows=table.rows[at + 1 :])
    return None


def _is_of_both(cells: Sequence[Cell]) -> bool:
    if cells and len(cells[-1].text) > _LONGEST_HEADER:
        return False
    texts = [cell.text for cell in cells if cell.text and cell.text not in _SERIAL_HEADERS]
    if len(texts) != 2 or max(map(len, texts)) > _LONGEST_HEADER:
        return False
    problem, measure = texts
    is_problem = _PROBLEM_HEADER.search(problem) and not _MEASURE_HEADER.search(problem)
    return bool(is_problem and _MEASURE_HEADER.search(measure) and not _PROBLEM_HEADER.search(measure))


def problems_of(table: Table) -> list[Statement]:
    """The problems that a table lists; none where it only gives the numbers of those listed elsewhere."""
    found = [statement for _, statement in _of_table(table, _PROBLEM_HEADER, _MEASURE_HEADER)]
    return [] if all(_REFERENCE.fullmatch(one.title) for one in found) else found


def measures_of(table: Table) -> list[Statement]:
    """The measures that a table lists."""
    return [statement for _, statement in _of_table(table, _MEASURE_HEADER, _PROBLEM_HEADER)]


def _of_table(table: Table, wanted: re.Pattern[str], other: re.Pattern[str]) -> list[tuple[int, Statement]]:
    """The statements of the column whose header is ``wanted``, each with the number of its row."""
    headers = [cell.text for cell in table.header]
    at = next((at for at, text in enumerate(headers) if wanted.search(text) and not other.search(text)), None)
    if at is None:
        return []
    found = []
    for row in table.rows:
        cell = row.cells[at] if at < len(row.cells) else None
        if cell is None or not cell.text or row.is_total:
            continue
        words = strip_serial(one_line(cell.raw))[1]
        head, mark, rest = words.partition("。")
        place = cell.place._replace(
            table_number=table.number, row_number=row.number, column_number=cell.place.column_number or at + 1
        )
        found.append((row.number, Statement(head, rest or None if mark else None, place, cell.raw)))
    return found


def rows_of_both(table: Table, problems: int, measures: int) -> dict[int, int]:
    """Position of a measure -> that of the problem in its row, counted on from those read before, or that of the one
    of them whose number stands there."""
    named = _of_table(table, _PROBLEM_HEADER, _MEASURE_HEADER)
    own = [row for row, _ in _of_table(table, _MEASURE_HEADER, _PROBLEM_HEADER)]
    if problems_of(table):
        rows = {row: problems + at for at, (row, _) in enumerate(named, 1)}
    else:
        rows = {row: at for row, one in named if 0 < (at := _number(one.title)) <= problems}
    return {measures + at: rows[row] for at, row in enumerate(own, 1) if row in rows}


def _number(reference: str) -> int:
    """The one number in a reference, 0 where it names several."""
    numbers = _NUMBER.findall(reference)
    return (chinese_count(numbers[0]) or 0) if len(numbers) == 1 else 0
