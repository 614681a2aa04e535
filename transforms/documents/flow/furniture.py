"""What stands on a page besides its text: page numbers, running headers, tables of contents, page-break marks.

Found, noted and taken out; blank lines with a break remain in their place. Nothing else is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.documents.model import Note, NoteKind, Place
from transforms.language.numbering import parse_numbering
from transforms.language.text import normalise, normalise_all

_LONGEST_FOOTER = 30
_LONGEST_HEADER = 100
_LONGEST_CONTENTS = 12
_LONGEST_LINE = 100
_LONGEST_RAW = 400
_LONGEST_LINK = 400
_ENTRY = re.compile(r"\S.{0,80}?(?:[.．…·]{3,}|…|\t| {3,}|　{2,})[\s.．…·]*[-(（]?\d{1,4}[-)）]?\s*$")
_DOTTED = re.compile(r"\S.{0,80}?(?:[.．·]{4,}|…{2,})[\s.．…·]*\d{1,4}\s*$")
_LINK = re.compile(r"\s*(?:[-*+]|\d+\.)?\s*\[[^\[\]]{1,100}\]\(#[^()]{0,200}\)\s*$")
_PAGE = re.compile(r" ?\d{1,3}$")
_WIDE_GAP = re.compile(r"[ \u3000]{2,}")
_WORD = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d\d*")  # begins with one class, to which the search can skip
_FEWEST_ENTRIES = 3
_TITLE_LINES = 3
_SHORTEST_TITLE = 7
_SHORTEST_PAGE = 30
_SERIALS = ("序号", "编号")
_NEAR = 8
_GOES_ON = tuple("；;，,、")
_SIGNS = "#*_> \t　"
_BREAK_SIGNS = "<\\[-"


class _Page:
    """The lines of a document while furniture is taken out of them. ``short``: those that could be furniture, by
    index, without Markdown signs and blanks around them, wide gaps within them alike; ``with_digits``: those
    of them that hold any; ``breaks``: where pages begin."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.notes: list[Note] = []
        self.short: dict[int, str] = {}
        self.breaks: set[int] = set()
        for index, line in enumerate(lines):
            raw = line.raw
            if line.is_break:
                self.breaks.add(index)
            if not raw or len(raw) > _LONGEST_RAW:
                continue
            text = raw.strip(_SIGNS)
            text = _WIDE_GAP.sub("  ", text) if "  " in text or "\u3000" in text else text
            if text and len(text) <= _LONGEST_LINE and _could_be(text):
                self.short[index] = text
        self.with_digits = {index for index, text in self.short.items() if _DIGIT.search(text)}

    def take_out(self, indices: Iterable[int], kind: NoteKind | None) -> None:
        """Blanks the lines and notes each, with a break in their place."""
        for index in indices:
            line = self.lines[index]
            if kind is not None:
                self.notes.append(Note(kind, Place(line.page, line.number), line.raw.strip()))
            self.lines[index] = replace(line, raw="", is_break=True)
            self.short.pop(index, None)
            self.breaks.add(index)


def take_out_furniture(lines: list[Line]) -> tuple[list[Line], list[Note]]:
    """The lines with everything that is not text blanked, and a note for each piece of it."""
    page = _Page(list(lines))
    _take_out_break_marks(page)
    _take_out_page_numbers(page)
    _take_out_contents(page)
    _take_out_running_headers(page)
    return page.lines, page.notes


def _could_be(text: str) -> bool:
    """Whether a line holds words or figures and is no row of a table."""
    return "\t" not in text and "|" not in text and (text[0].isalnum() or _WORD.search(text) is not None)


def _take_out_break_marks(page: _Page) -> None:
    pattern = layout().page_break
    marks = [index for index, line in enumerate(page.lines) if line.raw and line.raw[0] in _BREAK_SIGNS]
    page.take_out([index for index in marks if pattern.match(page.lines[index].raw.strip())], None)


def _take_out_page_numbers(page: _Page) -> None:
    plain, bare = layout().page_number, layout().bare_number
    short = {
        index: text
        for index, text in page.short.items()
        if len(text) <= _LONGEST_FOOTER and (index in page.with_digits or text[0] == "第")
    }
    texts = list(zip(short, normalise_all(list(short.values())), strict=True))
    certain = [index for index, text in texts if plain.match(text)]
    numbers = [(index, int(match[1])) for index, text in texts if (match := bare.match(text))]
    page.take_out(sorted({*certain, *_ascending(numbers, page)}), NoteKind.PAGE_NUMBER)


def _ascending(numbers: list[tuple[int, int]], page: _Page) -> list[int]:
    """Bare numbers are page numbers where each is the next of the last, or a page break stands beside them. Where a
    line heads the numbers of rows (序号), close numbers are those of rows."""
    found: set[int] = set()
    least = _SHORTEST_PAGE if any(text.strip() in _SERIALS for text in page.short.values()) else 0
    for (first, low), (second, high) in pairwise(numbers):
        if high == low + 1 and second - first > least and _stands_alone(first, page) and _stands_alone(second, page):
            found |= {first, second}
    found |= {index for index, _ in numbers if _is_at_break(index, page) or _is_within_table(index, page)}
    return sorted(found)


def _stands_alone(index: int, page: _Page) -> bool:
    """A bare number with text lines right above and below is part of the text."""
    lines = page.lines
    above = index == 0 or not lines[index - 1].raw.strip() or lines[index].is_break
    below = index + 1 == len(lines) or not lines[index + 1].raw.strip() or lines[index + 1].is_break
    return above or below


def _take_out_contents(page: _Page) -> None:
    title = layout().contents_title
    short = {index: text for index, text in page.short.items() if len(text) <= _LONGEST_CONTENTS}
    texts = zip(short, normalise_all(list(short.values())), strict=True)
    for index in [index for index, text in texts if title.match(text)]:
        entries = _entries(index + 1, page)
        if entries:
            page.take_out([index], NoteKind.CONTENTS)
            page.take_out(entries, None)
    leaders = [
        index
        for index, line in enumerate(page.lines)
        if (raw := line.raw) and (raw[-1].isspace() or raw[-1].isdigit()) and _is_dotted(raw)
    ]
    if len(leaders) >= _FEWEST_ENTRIES:
        page.take_out(leaders[:1], NoteKind.CONTENTS)
        page.take_out(leaders[1:], None)


def _entries(start: int, page: _Page) -> list[int]:
    """The lines of a table of contents from ``start`` on: those with leaders and page numbers or links, and short
    ones that stand again, as headings, in the text after."""
    last = {normalise(text): index for index, text in page.short.items()}
    found: list[int] = []
    for index in range(start, len(page.lines)):
        raw = page.lines[index].raw
        if not raw.strip():
            continue
        text = normalise(page.short.get(index, ""))
        stands_again = any(last.get(one, index) > index for one in (text, _PAGE.sub("", text)))
        if not (_ENTRY.match(raw[:_LONGEST_LINE]) or _LINK.match(raw[:_LONGEST_LINK]) or stands_again):
            break
        found.append(index)
    return found


def _is_dotted(raw: str) -> bool:
    """Whether dots lead to the number that a line ends with."""
    has_leader = "...." in raw or "……" in raw or "····" in raw or "．．．" in raw
    return has_leader and len(raw) <= 2 * _LONGEST_LINE and _DOTTED.match(raw) is not None


def _take_out_running_headers(page: _Page) -> None:
    """Lines repeated in one place of pages, at page breaks or in the midst of tables, and the document's own title
    printed again."""
    marked = [index for index in page.short if page.lines[index].is_running and _may_run(page.short[index])]
    running = [index for index in marked if not _begins_caption(index, page)]
    page.take_out(running, NoteKind.RUNNING_HEADER)
    texts: dict[str, list[int]] = {}
    for index, text in page.short.items():
        texts.setdefault(_DIGITS.sub("0", text) if index in page.with_digits else text, []).append(index)
    repeated = [indices for indices in texts.values() if len(indices) > 1]
    if not repeated:
        return
    front = _title_lines(page)
    for indices in repeated:
        running = _running(indices, page, "".join(front.values()))
        taken = [index for index in running if not (index in front or _begins_caption(index, page))]
        taken = [index for index in taken if page.lines[index].level is None]
        page.take_out(taken, NoteKind.RUNNING_HEADER)


def _title_lines(page: _Page) -> dict[int, str]:
    """The first short lines, up to the first that is numbered or stands a second time."""
    front: dict[int, str] = {}
    for index, line in page.short.items():
        text = normalise(line)
        if len(front) == _TITLE_LINES or parse_numbering(text) is not None or text in front.values():
            break
        front[index] = text
    return front


def _running(indices: list[int], page: _Page, title: str) -> list[int]:
    text = normalise(page.short[indices[0]])
    if not _may_run(text):
        return []
    at_break = [index for index in indices if _is_at_break(index, page) or _is_within_table(index, page)]
    if len(text) >= _SHORTEST_TITLE and text in title:
        again = [index for index in indices if normalise(page.short[index]) in title]
        return [index for index in again if index in at_break or layout().title_word.search(text)]
    return indices if len(at_break) >= 2 and len(at_break) * 2 >= len(indices) else []


def _may_run(line: str) -> bool:
    """Whether a line may be repeated on every page: no caption, nor the year below one, no numbered line."""
    text = normalise(line)
    is_caption = layout().caption.match(text) or layout().title_year.match(text)
    return len(text) <= _LONGEST_HEADER and not is_caption and parse_numbering(text) is None


def _begins_caption(index: int, page: _Page) -> bool:
    """Whether the line is the first of a title over a table that found no room on it: full, and ended by the line
    below."""
    line, below = page.lines[index], page.short.get(index + 1)
    if not line.is_full or below is None or line.page != page.lines[index + 1].page:
        return False
    return layout().title_end.search(normalise(page.short[index] + below)) is not None


def _is_at_break(index: int, page: _Page) -> bool:
    """Whether nothing but blank lines lies between the line and a page break."""
    above, below = _neighbour(index, page, -1), _neighbour(index, page, 1)
    first = above + 1 if above >= 0 else max(index - _NEAR, 0)
    last = below if below >= 0 else min(index + _NEAR, len(page.lines) - 1)
    return any(step in page.breaks for step in range(first, last + 1))


def _is_within_table(index: int, page: _Page) -> bool:
    """Whether a line stands between two rows of a table, of which the one above ends no cell that goes on."""
    around = [_neighbour(index, page, step) for step in (-1, 1)]
    rows = [page.lines[line].raw.strip() for line in around if line >= 0]
    columns = [row.count("\t") + row.count("|") for row in rows]
    return len(columns) == 2 and columns[0] == columns[1] > 0 and not rows[0].endswith(_GOES_ON)


def _neighbour(index: int, page: _Page, step: int) -> int:
    """The nearest line with text above or below, -1 when there is none near."""
    for neighbour in range(index + step, index + step * _NEAR, step):
        if not 0 <= neighbour < len(page.lines):
            return -1
        if page.lines[neighbour].raw.strip():
            return neighbour
    return -1
