"""Numbers of rows printed so close to the names behind them that both are one run: parted again under a heading of
their own (序号).

What belongs to which column is found in column_edges.py.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from statistics import median_low

from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import PageTable
from transforms.documents.pdf.runs import Run
from transforms.language.lexicon import Lexicon, load_lexicon
from transforms.language.text import normalise

_NUMBERED = re.compile(r"(\d{1,3}) (?=\S)")
_FEWEST = 2
_NEAR = 2.0
"""Points within which names begin at the same place."""


def with_serials_apart(lines: list[PrintedLine], above: PageTable | None) -> list[PrintedLine]:
    """The lines, in those that count up below a heading of numbers the number and what stands behind it a run each.
    Names begin at one place, and further columns follow them. ``above``: the table with which the page before ends,
    whose rows may go on."""
    heads = [at for at, line in enumerate(lines) if len(line.runs) > 1 and is_serial(line.runs[0].text)]
    begins = [0, *heads] if above is not None and _counts(above) else heads
    parted = list(lines)
    for start, stop in pairwise([*begins, len(lines)]):
        for at in _counted(lines, start, stop):
            parted[at] = _parted(lines[at])
    return parted


def _counts(table: PageTable) -> bool:
    """Whether the first column of a table holds the numbers of its rows."""
    texts = [normalise(row[0].text) for row in table.rows if row]
    return any(map(is_serial, texts[:1])) or (len(texts) > 1 and all(text.isdecimal() for text in texts[:-1]))


def is_serial(text: str) -> bool:
    """Whether a text heads a column of numbers of rows."""
    return _headings().group_of(normalise(text)) == "serial"


def _counted(lines: list[PrintedLine], start: int, stop: int) -> list[int]:
    """The lines whose first run begins with the next number, where all names begin at one place."""
    found: list[int] = []
    number = 0
    for at in range(start, stop):
        line = lines[at]
        match = _NUMBERED.match(line.runs[0].text)
        if match and len(line.runs) > 1 and (not found or int(match[1]) == number + 1):
            found.append(at)
            number = int(match[1])
    begins = [_name_left(lines[at].runs[0]) for at in found]
    middle = median_low(begins) if begins else 0.0
    are_aligned = all(abs(begin - middle) <= _NEAR for begin in begins)
    return found if len(found) >= _FEWEST and are_aligned else []


def _name_left(run: Run) -> float:
    match = _NUMBERED.match(run.text)
    assert match is not None
    return run.lefts[match.end()]


def _parted(line: PrintedLine) -> PrintedLine:
    first, *rest = line.runs
    pieces = first.cut(_name_left(first))
    if pieces is None:  # printed all in one place
        return line
    number, name = pieces
    number.box = number.box._replace(right=first.lefts[len(number.text)])
    return PrintedLine([number, name, *rest], line.box, line.is_furniture)


@cache
def _headings() -> Lexicon:
    return load_lexicon("columns")
