"""Lines of any medium -> Document: furniture out, broken rows mended, tables built, the text between joined to blocks.

Each stage has a module of its own; how bytes become lines is each medium's reader's business.
"""

from __future__ import annotations

from transforms.documents.flow.furniture import take_out_furniture
from transforms.documents.flow.joins import join_units, wrapping_of
from transforms.documents.flow.paragraphs import heading_signs, take_captions, to_blocks
from transforms.documents.flow.units import Unit, read_unit, settle_all
from transforms.documents.lines import Line
from transforms.documents.measures import refuse_endless
from transforms.documents.model import Block, Document, Note
from transforms.documents.tables.building import build_table
from transforms.documents.tables.drafts import Draft, find_drafts
from transforms.documents.tables.fields import find_fields
from transforms.documents.tables.grid import find_rows
from transforms.documents.text_tables.aligned import find_aligned
from transforms.documents.text_tables.broken_rows import mend_broken_rows
from transforms.documents.text_tables.drawn_rows import join_drawn
from transforms.documents.text_tables.shifted_rows import mend_shifted_rows, mend_short_rows
from transforms.documents.text_tables.stacked.cells import unstack_cells


def assemble(
    lines: list[Line], media_type: str, line_count: int, encoding: str | None = None, first_table: int = 1
) -> Document:
    """The document that the lines make up, in their order; blank lines part paragraphs and tables, which count from
    ``first_table`` on. Raises Unreadable for more lines or characters than any report has."""
    refuse_endless(lines)
    pages = {line.page: line.number for line in reversed(lines) if line.page is not None}
    lines, notes = take_out_furniture(lines)
    for mend in (unstack_cells, mend_shifted_rows, mend_broken_rows, mend_short_rows):
        lines, row_notes = mend(lines)
        notes += row_notes
    lines, rows = find_aligned(*join_drawn(lines, find_rows(lines)))
    find_fields(lines, rows)
    blocks = _blocks(lines, find_drafts(lines, rows), notes, first_table)
    notes.sort(key=lambda note: note.place.line or 0)
    return Document(media_type, encoding, line_count, blocks, notes, page_lines=sorted(pages.items()))


def _blocks(lines: list[Line], drafts: list[Draft], notes: list[Note], first_table: int) -> list[Block]:
    stretches = _stretches(lines, drafts)
    units = [unit for stretch in stretches for unit in stretch]
    wrapping, signs = wrapping_of(units), heading_signs(units)
    blocks: list[Block] = []
    for index, stretch in enumerate(stretches):
        draft = drafts[index] if index < len(drafts) else None
        texts = to_blocks(join_units(stretch, wrapping, notes), not blocks, draft is not None, signs)
        blocks += texts
        if draft is not None:
            table, table_notes = build_table(draft, first_table + index)
            inside, table.captions = table.captions, take_captions(texts) + table.captions
            on_top = [block for block in inside if (block.place.line or 0) <= (table.place.line or 0)]
            blocks += [*on_top, table, *inside[len(on_top) :]]
            notes += table_notes
    return blocks


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
    settle_all(units)
    return units
