"""Text reports (Markdown or plain, UTF-8, UTF-16, GB18030) -> Document.

Puts the stages together: bytes, lines, rows, tables, blocks. Each stage has a module of its own.
"""

from __future__ import annotations

import re

from transforms.documents.aligned import find_aligned
from transforms.documents.broken_rows import mend_broken_rows
from transforms.documents.decoding import decode
from transforms.documents.drafts import Draft, find_drafts
from transforms.documents.furniture import take_out_furniture
from transforms.documents.grid import find_rows
from transforms.documents.html_tables import expand_html_tables
from transforms.documents.joins import Wrapping, join_units, wrapping_of
from transforms.documents.lines import Line, split_lines
from transforms.documents.model import Block, Document, Note, TextBlock
from transforms.documents.paragraphs import take_captions, to_blocks
from transforms.documents.refusals import refusal
from transforms.documents.tables import build_table
from transforms.documents.units import Unit, read_unit

LARGEST_BYTES = 64 * 1024 * 1024
_MARKDOWN = re.compile(r"^(?:#{1,6} |\|.*\|[ \t]*$)|\*\*\S", re.M)


def read_text(content: bytes) -> Document:
    """The document in the bytes of a text file. Raises Unreadable when they are too many, empty or no text."""
    if len(content) > LARGEST_BYTES:
        raise refusal("too_large", f"{len(content)} bytes", limit=LARGEST_BYTES // 1024 // 1024)
    decoded = decode(content)
    lines = split_lines(decoded.text)
    line_count = lines[-1].number
    lines, notes = take_out_furniture(expand_html_tables(lines))
    lines, row_notes = mend_broken_rows(lines)
    notes += row_notes
    rows = find_rows(lines)
    find_aligned(lines, rows)
    blocks = _blocks(lines, find_drafts(lines, rows), notes)
    media_type = "text/markdown" if _MARKDOWN.search(decoded.text) else "text/plain"
    notes.sort(key=lambda note: note.place.line or 0)
    return Document(media_type, decoded.encoding, line_count, blocks, notes)


def _blocks(lines: list[Line], drafts: list[Draft], notes: list[Note]) -> list[Block]:
    stretches = _stretches(lines, drafts)
    wrapping = wrapping_of([unit for stretch in stretches for unit in stretch])
    blocks: list[Block] = []
    for number, stretch in enumerate(stretches, 1):
        draft = drafts[number - 1] if number <= len(drafts) else None
        texts = _text_blocks(stretch, wrapping, notes, is_first=not blocks, before_table=draft is not None)
        blocks += texts
        if draft is not None:
            table, table_notes = build_table(draft, number)
            inside, table.captions = table.captions, take_captions(texts) + table.captions
            on_top = [block for block in inside if (block.place.line or 0) <= (table.place.line or 0)]
            blocks += [*on_top, table, *inside[len(on_top) :]]
            notes += table_notes
    return blocks


def _text_blocks(
    stretch: list[Unit], wrapping: Wrapping, notes: list[Note], is_first: bool, before_table: bool
) -> list[TextBlock]:
    return to_blocks(join_units(stretch, wrapping, notes), is_first, before_table)


def _stretches(lines: list[Line], drafts: list[Draft]) -> list[list[Unit]]:
    """The units before each table, and those after the last."""
    stretches: list[list[Unit]] = []
    start = 0
    for draft in drafts:
        stretches.append(_units(lines, start, draft.first))
        start = draft.last + 1
    stretches.append(_units(lines, start, len(lines)))
    return stretches


def _units(lines: list[Line], start: int, stop: int) -> list[Unit]:
    units: list[Unit] = []
    has_gap, is_break = True, False
    for line in lines[start:stop]:
        is_break = is_break or line.is_break
        is_text = line.raw and not line.raw.isspace()
        unit = read_unit(line, units[-1] if units else None, has_gap) if is_text else None
        has_gap = unit is None
        if unit is not None:
            unit.is_break, is_break = is_break, False
            units.append(unit)
    return units
