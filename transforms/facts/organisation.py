"""Budget units and internal offices as a report lists them, and how many it says there are.

Names stand as printed, blanks and page breaks gone. People are counted in headcount.py.
"""

from __future__ import annotations

from transforms.documents.model import Table
from transforms.facts.mentions import FigureBook, source
from transforms.facts.model import Facts, OfficeRow, UnitRow
from transforms.facts.organisation_lists import (
    KINDS,
    Listed,
    listed_below,
    listed_in_table,
    listed_in_text,
    stated_counts,
    stretches,
)
from transforms.facts.outline import Outline, Piece
from transforms.language.text import normalise

_SECTIONS = frozenset(("overview", "units", "duties"))
_LONGEST_TEXT = 20_000
"""Characters of one block that are read; no list of units is longer."""
_ELSEWHERE = frozenset(
    ("task_completion", "key_projects", "achievements", "problems", "measures", "annual_goals", "spending_plan")
)


def add_organisation(outline: Outline, facts: Facts, book: FigureBook) -> None:
    """Appends ``units`` (本级 first) and ``offices`` with a source each, and notes the stated counts: from the sections
    about the department, else from anywhere but those about its projects and results."""
    department = facts.documents[0].department_name if facts.documents else None
    pieces = [(piece, outline.meanings_at(piece.index)) for piece in outline.all_pieces()]
    listed = _read(outline, [piece for piece, names in pieces if not _SECTIONS.isdisjoint(names)], department, book)
    if not any(listed.values()):
        listed = _read(
            outline,
            [piece for piece, names in pieces if _SECTIONS.isdisjoint(names) and _ELSEWHERE.isdisjoint(names)],
            department,
            book,
        )
    _write(listed, facts)


def _read(outline: Outline, pieces: list[Piece], department: str | None, book: FigureBook) -> dict[str, list[Listed]]:
    """The longest list of each kind, the first of equal length."""
    listed: dict[str, list[Listed]] = {kind: [] for kind in KINDS}
    seen = {piece.index for piece in pieces}
    for heading in outline.headings:
        below = listed_below(outline, heading, department) if heading.block + 1 in seen else None
        if below:
            _take(listed, *below)
    for piece in pieces:
        if isinstance(piece.block, Table):
            found = listed_in_table(piece.block, department, outline.title_at(piece.index))
            if found:
                _take(listed, *found)
            continue
        text = piece.block.text[:_LONGEST_TEXT]
        for stretch in stretches(text, piece.start):
            for read in stated_counts(piece, text, stretch):
                book.add(read)
            _take(listed, stretch.kind, listed_in_text(outline, piece, text, stretch, department))
    return listed


def _take(listed: dict[str, list[Listed]], kind: str, found: list[Listed]) -> None:
    names: dict[str, Listed] = {}
    for one in found:
        names.setdefault(normalise(one.name), one)
    in_order = sorted(names.values(), key=lambda one: one.role != "本级")
    if len(in_order) > len(listed[kind]):
        listed[kind] = in_order


def _write(listed: dict[str, list[Listed]], facts: Facts) -> None:
    for position, one in enumerate(listed["units"], 1):
        facts.sources.append(source("units", len(facts.units), "budget_unit_key", one.place, one.raw))
        facts.units.append(UnitRow(len(facts.units), one.name, one.role, position, one.place.line))
    for position, one in enumerate(listed["offices"], 1):
        facts.sources.append(source("offices", len(facts.offices), "internal_office_key", one.place, one.raw))
        facts.offices.append(
            OfficeRow(len(facts.offices), one.name, one.also_named, one.remark, position, one.place.line)
        )
