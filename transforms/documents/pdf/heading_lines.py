"""Lines that look like headings of columns, or like fields with their values.

Words and shapes of single lines only; tables are found in columns.py.
"""

from __future__ import annotations

import re

from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.runs import Run
from transforms.documents.tables.cells import is_number, names_column
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise

_LONGEST_WORD = 12
_MARK = re.compile(r"[,。;:!?]")
_IN_WORDS = re.compile("[〇零一二两三四五六七八九十百千万亿]{1,12}")
_UPPER = 2.2  # em between headings and those above
_UPPER_SLACK = 4


def is_heading_line(line: PrintedLine) -> bool:
    """Whether two pieces of a line or more, and half of them, are words of column headings."""
    hits = sum(map(is_heading, line.runs))
    return hits >= 2 and 2 * hits >= len(line.runs)


def may_head(line: PrintedLine) -> bool:
    """Whether all pieces of a line are short words, and one of them that of a column heading."""
    return are_cells(line) and all(map(is_word, line.runs)) and any(map(is_heading, line.runs))


def are_cells(line: PrintedLine) -> bool:
    """Whether the pieces of a line may stand in columns of their own: there are several, and not just the number of a
    heading or of an item and, at a tab stop, its text."""
    return len(line.runs) > 1 and not is_numbered_text(line)


def is_numbered(line: PrintedLine) -> bool:
    """Whether a line is one text with a number such as （三） or ① before it."""
    is_one = len(line.runs) == 1 and parse_numbering(normalise(line.runs[0].text)) is not None
    return is_one or is_numbered_text(line)


def is_numbered_text(line: PrintedLine) -> bool:
    """Whether a line consists of a number such as （三） or ① and of a text behind it."""
    if len(line.runs) != 2:
        return False
    label, text = (normalise(run.text) for run in line.runs)
    numbering = None if is_number(label) else parse_numbering(label)
    return numbering is not None and numbering.end == len(label) and not _is_amount(line.runs[1]) and len(text) > 1


def is_pair(line: PrintedLine) -> bool:
    """Whether a line consists of a field and its value, or of a name and a figure."""
    if len(line.runs) != 2 or is_number(normalise(line.runs[0].text)) or is_numbered_text(line):
        return False
    return is_heading(line.runs[0]) or _is_amount(line.runs[1])


def is_figure_line(line: PrintedLine) -> bool:
    """Whether a line consists of a name and a figure."""
    return is_pair(line) and _is_amount(line.runs[1])


def _is_amount(run: Run) -> bool:
    """Whether a run is a number, in figures or in Chinese words."""
    text = normalise(run.text)
    return is_number(text) or _IN_WORDS.fullmatch(text) is not None


def holds_figures(lines: list[PrintedLine]) -> bool:
    """Whether lines are headings of three columns or more, and below them rows of a name and figures."""
    rows = [at for at, line in enumerate(lines) if sum(_is_amount(run) for run in line.runs) > 1]
    head, body = lines[: rows[0]] if rows else [], [lines[at] for at in rows]
    has_heads = (
        bool(head)
        and sum(len(line.runs) for line in head) > 2
        and all(is_word(run) for line in head for run in line.runs)
    )
    return has_heads and all(is_word(line.runs[0]) and all(map(_is_amount, line.runs[1:])) for line in body)


def heads_row(lines: list[PrintedLine]) -> bool:
    """Whether the first of two lines holds a heading for each piece of the one right below: a name and figures."""
    if len(lines) < 2 or len(lines[0].runs) != len(lines[1].runs) or len(lines[0].runs) < 3:
        return False
    is_near = lines[1].box.top - lines[0].box.bottom < _UPPER * lines[1].em
    return is_near and holds_figures(lines)


def is_word(run: Run) -> bool:
    """Whether a run is a short word without marks or figures."""
    text = normalise(run.text)
    return len(text) <= _LONGEST_WORD and not is_number(text) and _MARK.search(text) is None


def is_upper_line(line: PrintedLine, below: PrintedLine) -> bool:
    """Whether a line holds headings over several columns of the headings below."""
    is_near = below.box.top - line.box.bottom < _UPPER * below.em and line.em <= 1.1 * below.em
    return (
        is_near and are_cells(line) and len(line.runs) < len(below.runs) + _UPPER_SLACK and all(map(is_word, line.runs))
    )


def is_broken_heading(line: PrintedLine, below: PrintedLine) -> bool:
    """Whether a piece of a line goes on in the line below, and only both together head a column."""
    return any(
        abs(upper.box.left - lower.box.left) < upper.em
        and not (is_heading(upper) and is_heading(lower))
        and names_column(normalise(upper.text + lower.text))
        for upper in line.runs
        for lower in below.runs
    )


def are_side_by_side(line: PrintedLine, below: PrintedLine) -> bool:
    """Whether two lines hold headings only, each of columns of its own, as those set to the middle of their row do."""
    are_apart = all(
        upper.box.right < lower.box.left or lower.box.right < upper.box.left
        for upper in line.runs
        for lower in below.runs
    )
    return are_apart and all(map(is_heading, (*line.runs, *below.runs)))


def is_heading(run: Run) -> bool:
    """Whether a run consists of words of column headings."""
    return names_column(normalise(run.text))
