"""Budget units and internal offices as a report lists them, and how many it says there are.

Names stand as printed, blanks and page breaks gone. People are counted in headcount/reading.py.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.documents.model import Table
from transforms.facts.figures.sections import ABOUT_DEPARTMENT, ABOUT_WORK
from transforms.facts.model import OWN_ROLE, Facts, OfficeRow, UnitRow
from transforms.facts.organisation.counts import (
    KINDS,
    STATED,
    STATED_OFFICES,
    SUBORDINATE,
    counted_in,
    headed_count,
    labelled_counts,
    stated_counts,
    stretches,
)
from transforms.facts.organisation.lists import Listed, groups_in, listed_below, listed_in_text
from transforms.facts.organisation.sums import sum_of_offices, sum_of_units, tells_own
from transforms.facts.organisation.tables import count_below, counts_in_table, listed_in_table
from transforms.facts.organisation.words import name_words
from transforms.facts.outline.mentions import FigureBook, Mention, source
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.tables.told_cells import told_cells
from transforms.language.text import normalise

_LONGEST_TEXT = 20_000
"""Characters of one block that are read; no list of units is longer."""


def add_organisation(outline: Outline, facts: Facts, book: FigureBook) -> None:
    """Appends ``units`` (本级 first) and ``offices`` with a source each, and notes the stated counts: from the sections
    about the department, else from anywhere but those about its projects and results."""
    document = facts.documents[0] if facts.documents else None
    department, year = (document.department_name, document.fiscal_year) if document else (None, None)
    pieces = [(piece, piece.meanings) for piece in outline.all_pieces()]
    about = [piece for piece, names in pieces if not ABOUT_DEPARTMENT.isdisjoint(names)]
    others = [piece for piece, names in pieces if ABOUT_DEPARTMENT.isdisjoint(names) and ABOUT_WORK.isdisjoint(names)]
    reading = _Reading(outline, department, year, book)
    if not reading.lists_any(about):
        reading.lists_any(others)
    reading.leave_groups()
    reading.settle_whole(about or others)
    reading.add_own(about or others)
    reading.settle_count()
    _write(reading.listed, facts)


class _Reading:
    """Reading pieces for the longest list of each kind, the first of equal length."""

    def __init__(self, outline: Outline, department: str | None, year: int | None, book: FigureBook) -> None:
        self.outline, self.department, self.year, self.book = outline, department, year, book
        self.listed: dict[str, list[Listed]] = {kind: [] for kind in KINDS}
        self.of_groups: set[tuple[int, int]] = set()

    def lists_any(self, pieces: list[Piece]) -> bool:
        """Whether the pieces list anything; their counts are noted."""
        seen = {piece.index for piece in pieces}
        for heading in self.outline.headings:
            below = listed_below(self.outline, heading, self.department) if heading.block + 1 in seen else None
            if below:
                _take(self.listed, *below)
                count = headed_count(self.outline, heading, below[0])
                if count:
                    self.book.add(count)
        for piece in pieces:
            if isinstance(piece.block, Table):
                self._table(piece.block, piece.index)
            else:
                self._text(self.outline, piece, piece.block.text[:_LONGEST_TEXT], self.book)
        return any(self.listed.values())

    def _table(self, table: Table, index: int) -> None:
        for count in counts_in_table(table, index, self.year):
            self.book.add(count)
        below = count_below(table, index)
        if below:
            self.book.add(below)
        for kind, found in listed_in_table(self.outline, table, index, self.department):
            _take(self.listed, kind, found)
        for told in told_cells(self.outline, table, name_words().told):
            self._text(told.outline, told.piece, told.text, told.book)
            told.lift(index, self.book)

    def _text(self, outline: Outline, piece: Piece, text: str, book: FigureBook) -> None:
        for count in labelled_counts(piece, text):
            book.add(count)
        for stretch in stretches(text, piece.start):
            counts = counted_in(text, stretch)
            for read in stated_counts(piece, text, stretch, counts):
                book.add(read)
            groups = groups_in(outline, piece.index, stretch, counts)
            if outline is self.outline:
                self.of_groups |= {(group.block, group.start) for group in groups}
            found = listed_in_text(outline, piece, text, stretch, self.department, counts, groups)
            _take(self.listed, stretch.kind, found)

    def leave_groups(self) -> None:
        """Takes back the counts of subordinate units that are those of one group among several."""
        below = sum(unit.role != OWN_ROLE for unit in self.listed["units"])
        self.book.mentions[:] = [
            one
            for one in self.book.mentions
            if one.name != SUBORDINATE or one.value == below or (one.block, one.figure.start) not in self.of_groups
        ]

    def add_own(self, pieces: list[Piece]) -> None:
        """The department itself is a unit too where a list names only its subordinates, all that are counted, and the
        text counts one more in all: 共7个，即1个本级和6个下属单位，下属单位为……; or, where they are not counted, the
        texts beside the list speak of it."""
        units, (whole, below) = self.listed["units"], (self.book.primary(name) for name in (STATED, SUBORDINATE))
        is_named = any(unit.role == OWN_ROLE for unit in units)
        if not units or is_named or whole is None or whole.value != len(units) + 1:
            return
        if tells_own(pieces, units) if below is None else below.value == len(units):
            self._insert_own(whole)

    def _insert_own(self, whole: Mention) -> None:
        """Puts the department in front, at the place of the number that counts it."""
        if self.department is None:
            return
        if whole.cell:
            place, raw = whole.cell.place, whole.cell.raw
        else:
            printed = self.outline.printed(whole.block)
            place, raw = printed.place(whole.figure.start), printed.raw(*whole.sentence)
        self.listed["units"].insert(0, Listed(self.department, OWN_ROLE, [], None, place, raw))

    def settle_whole(self, pieces: list[Piece]) -> None:
        """The numbers beside the lists that count all offices, and all units, where none is stated by its words; the
        department itself is one of them where that is one more and the list leaves it out."""
        offices = self.listed["offices"]
        below = sum_of_offices(pieces, offices) if offices and self.book.primary(STATED_OFFICES) is None else None
        if below:
            self.book.add(below)
        units = self.listed["units"]
        whole = sum_of_units(pieces, units) if units and self.book.primary(STATED) is None else None
        if whole is None or (whole.mention.value == len(units) and self._counts_subordinates(whole.mention)):
            return
        self.book.add(whole.mention)
        if whole.mention.value == len(units) + 1:
            self._insert_own(whole.mention)

    def _counts_subordinates(self, whole: Mention) -> bool:
        """Whether the same number is noted as that of subordinate units, 本级 being among them."""
        place = whole.block, whole.figure.start
        return any(one.name == SUBORDINATE and (one.block, one.figure.start) == place for one in self.book.mentions)

    def settle_count(self) -> None:
        """A count of subordinate units that has 本级 among those it lists, and nothing else is counted but them without
        it, is that of all: 下属预算单位共3个：街道本级、甲、乙."""
        units, (whole, below) = self.listed["units"], (self.book.primary(name) for name in (STATED, SUBORDINATE))
        others = {one.value for one in self.book.mentions if one.name == SUBORDINATE}
        is_told = whole is None or (whole.value == len(units) and len(units) - 1 in others)
        is_all = is_told and below is not None and below.value == len(units)
        if is_all and any(unit.role == OWN_ROLE for unit in units):
            self.book.mentions = [
                replace(one, name=STATED) if one.name == SUBORDINATE and one.value == len(units) else one
                for one in self.book.mentions
            ]


def _take(listed: dict[str, list[Listed]], kind: str, found: list[Listed]) -> None:
    names: dict[str, Listed] = {}
    for one in found:
        names.setdefault(normalise(one.name), one)
    in_order = sorted(names.values(), key=lambda one: one.role != OWN_ROLE)
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
