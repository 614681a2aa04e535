"""Footnotes at the foot of a page: small lines below a short rule, which are no part of the running text.

The marks that send the reader to them belong to note_marks.py.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from transforms.documents.pdf.printed import PrintedLine
from transforms.documents.pdf.ruled import PageTable
from transforms.documents.pdf.rules import Rule

_SHORTEST, _LONGEST = 0.1, 0.5  # of the page's width: the rule above
_MARK = re.compile(r"[\[〔(（【]?(?:\d{1,3}|[①-⑳*※†‡])[\]〕)）】]?\s*\D|注\d{0,2}[：:]")
_SMALLER = 0.93  # of the usual size
_ALIKE = 0.1
_NEAR = 2.5  # em between the rule and the first of them
_CLOSE = 1.2  # em between them
_MOST_BELOW = 2  # lines of the page's foot


def without_footnotes(
    lines: list[PrintedLine], rules: list[Rule], tables: list[PageTable], width: float
) -> list[PrintedLine]:
    """The lines of a page, or of one of its columns (``width`` points wide), but for its footnotes. ``rules``: the
    horizontal ones."""
    if not lines:
        return lines
    usual = median(line.em for line in lines)
    for rule in rules:
        is_short = _SHORTEST * width < rule.end - rule.start < _LONGEST * width
        if is_short and not any(table.box.top - 2 < rule.at < table.box.bottom + 2 for table in tables):
            notes = _notes_below(lines, rule, usual)
            if notes:
                return [line for line in lines if id(line) not in notes]
    return lines


def _notes_below(lines: list[PrintedLine], rule: Rule, usual: float) -> set[int]:
    """The footnotes below a rule, by identity; none where it is another rule."""
    below = [line for line in lines if line.box.middle > rule.at]
    if not below or not _begins(below[0], rule, usual):
        return set()
    size = below[0].em
    count = 1
    for above, line in pairwise(below):
        is_near = line.box.top - above.box.bottom < _CLOSE * size
        if not is_near or abs(line.em - size) > _ALIKE * size:
            break
        count += 1
    return {id(line) for line in below[:count]} if len(below) - count <= _MOST_BELOW else set()


def _begins(line: PrintedLine, rule: Rule, usual: float) -> bool:
    """Whether a line is the first footnote below the rule."""
    is_below = line.box.top - rule.at < _NEAR * line.em and line.box.left - rule.start < _NEAR * line.em
    return is_below and line.em < _SMALLER * usual and _MARK.match(line.text) is not None
