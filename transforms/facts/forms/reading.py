"""One form, read row by row: labelled fields, funds, goals, indicators, totals.

Where the form stands is known here already; facts rows are written by write.py.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from transforms.documents.model import Cell
from transforms.facts.amounts import declared_unit, read_money
from transforms.facts.forms.form import Form
from transforms.facts.forms.funding import (
    Funds,
    labelled_points,
    labelled_roles,
    read_amounts,
    read_beside,
    read_funds,
    read_labelled_funds,
    read_source_below,
    sources_above,
)
from transforms.facts.forms.header import Header, is_subheading, merged, read_header
from transforms.facts.forms.indicators import Block
from transforms.facts.forms.labels import (
    LEVELS,
    MONEY,
    column_of,
    field_of,
    inline_fields,
    is_label,
    is_nothing,
    words,
)
from transforms.facts.forms.lines import Row, field_at, heads_indicators
from transforms.facts.forms.regions import Region
from transforms.facts.forms.said import Said
from transforms.facts.forms.tasks import heads_tasks, read_task, task_header
from transforms.facts.tables.columns import header_unit
from transforms.language.numerals import parse_number

_END_MARKS = "。;!?"
_GOALS = {"goal": "goal", "target": "goal", "completion": "completion", "actual": "completion"}


def read_form(region: Region) -> Form:
    """Everything that the rows of a form say."""
    reader = _Reader(Form(region))
    for row in region.rows:
        if row.filled:
            reader.read(row)
    return reader.form


class _Reader:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.zone = "fields"
        self.head, self.header = Row([], 0), Header()
        self.is_fresh = self.is_second = False
        self.unknown: list[tuple[int, Cell]] = []
        self.sources: dict[int, Funds] = {}
        self.labelled: dict[int, str] = {}
        for row in takewhile(lambda row: not heads_indicators(row), form.region.rows):
            for _, cell in row.filled:
                form.unit = form.unit or declared_unit(cell.text)

    def read(self, row: Row) -> None:
        """Takes in the next row: a heading, or what the heading above makes of it."""
        form = self.form
        if self._is_second_line(row):
            self._go_on(row)
        elif heads_indicators(row):
            self._start("indicators", row)
            self._begin_block()
        elif self.form.region.kind == "overall_form" and heads_tasks(row):
            self._start("tasks", row)
        elif self._heads_funds(row):
            self._start("funds", row)
        elif self._heads_goals(row):
            self._start("goals", row)
        elif self.zone != "indicators" and (sources := sources_above(row)):
            self.zone, self.sources = "sources", sources
            form.funds += sources.values()
        else:
            self.is_fresh = False
            self._read_within(row)

    def _is_second_line(self, row: Row) -> bool:
        """Whether the row goes on with the heading above it; headings of levels may reach down into it."""
        is_of_block = self.zone == "indicators" or not heads_indicators(row)
        return self.is_fresh and is_of_block and is_subheading(row, self.header, self.head)

    def _start(self, zone: str, row: Row) -> None:
        self.is_second = self.is_fresh
        self.zone, self.head, self.header, self.is_fresh = zone, row, read_header(row), True
        if zone == "tasks":
            self.header = task_header(row, self.header)
        if zone == "funds":
            marked = ((words()["points"].search(cell.text), cell) for _, cell in row.filled)
            found = next(((Decimal(match[1]), cell) for match, cell in marked if match), None)
            self.form.execution_weight = self.form.execution_weight or found
        if zone in ("funds", "indicators"):
            self._note_columns(row)

    def _note_columns(self, row: Row) -> None:
        """Headings right of the first known one that say nothing known, unless a second line below says more."""
        self._forget_columns(row)
        known = [position for (position, _), role in zip(row.filled, row.roles, strict=True) if role]
        self.unknown = [
            (position, cell)
            for position, cell in row.filled
            if position > known[0] and not is_label(cell.text) and parse_number(cell.text) is None
        ]
        seen = {id(cell) for cell in self.form.columns}
        self.form.columns += [cell for _, cell in self.unknown if id(cell) not in seen]

    def _forget_columns(self, below: Row) -> None:
        named = (
            [cell for position, cell in self.unknown if column_of(below.cells[position].text)] if self.is_second else []
        )
        self.form.columns = [cell for cell in self.form.columns if all(cell is not other for other in named)]

    def _begin_block(self) -> None:
        """The block below the heading: one before goes on where a page repeats its heading."""
        blocks, texts = self.form.blocks, self.header.texts
        at = next((at for at, block in enumerate(blocks) if block.heading == texts), None)
        block = Block(self.header, texts) if at is None else blocks.pop(at)
        block.header = self.header
        blocks.append(block)

    def _go_on(self, row: Row) -> None:
        self.is_second = True
        self._forget_columns(row)
        self.header = merged(self.header, row)
        self.is_fresh = False
        if self.zone == "indicators":
            self.form.blocks[-1].header = self.header

    def _heads_funds(self, row: Row) -> bool:
        is_header = sum(role in MONEY for role in row.roles) >= 2 and set(row.roles).isdisjoint(LEVELS)
        return is_header and read_labelled_funds(row, None) is None

    def _heads_goals(self, row: Row) -> bool:
        """Whether goals and what became of them are headed here, rather than each given beside its label."""
        goal = next((at for at, role in enumerate(row.roles) if role in ("goal", "target")), None)
        roles = set(row.roles)
        if goal is None or not {"completion", "actual"} & roles or not roles.isdisjoint(LEVELS):
            return False
        return goal + 1 == len(row.filled) or is_label(row.filled[goal + 1][1].text)

    def _read_within(self, row: Row) -> None:
        if self.zone == "indicators":
            is_total = self.form.blocks[-1].read(row)
            names = {name for _, cell in row.filled for name in _names(cell)}
            if "grade" in names or ("score" in names and not is_total):
                self._read_fields(row, ("grade",) if is_total else ("score", "grade"))
            return
        for role, cell in labelled_points(row).items():
            self.form.total.put(role, cell)
        if not self._read_in_zone(row):
            self._read_labelled(row)

    def _read_in_zone(self, row: Row) -> bool:
        """Whether the row is one of those that the heading above announces; a line of text between tables is none."""
        if row.is_line:
            return False
        if self.zone == "funds":
            return self._read_funds(row)
        if self.zone == "sources":
            return read_beside(row, self.sources, self.form.unit)
        if self.zone == "tasks":
            return self._read_task(row)
        return self.zone == "goals" and self._read_goals(row)

    def _read_task(self, row: Row) -> bool:
        """Takes a row of the list of tasks; whether the row belongs to it."""
        task = read_task(row, self.header, self.form.unit)
        if task is not None:
            self.form.tasks.append(task)
        return self.header.at(row, "task") is not None and not any(field_of(cell.text) for _, cell in row.filled[:1])

    def _read_funds(self, row: Row) -> bool:
        funds = read_funds(row, self.header, self.form.unit)
        if funds is None and self._is_unnamed(row):
            funds = read_amounts(Funds("total", ""), row, self.header, self.form.unit)
        if funds is not None:
            self.form.funds.append(funds)
            return True
        amounts = [cell for role in MONEY if (cell := self.header.at(row, role)) and read_money(cell.text, "元").value]
        if amounts:
            self.form.headings += [cell for _, cell in row.filled if parse_number(cell.text) is None][-1:]
        return bool(amounts)

    def _is_unnamed(self, row: Row) -> bool:
        """Whether the row right below the heading gives the amounts of all funds without naming any: what stands left
        of them, if anything, reaches down from the heading."""
        labels = takewhile(lambda each: column_of(each[1].text) is None, self.head.filled)
        left = [cell for position, cell in row.filled if position < self.header.first]
        is_first = not any(funds.source == "total" for funds in self.form.funds)
        return is_first and all(any(cell is label for _, label in labels) for cell in left)

    def _read_labelled(self, row: Row) -> None:
        """Fields and figures behind labels, else a line of the heading."""
        self._find_unit(row)
        self._find_year(row)
        funds = read_labelled_funds(row, self.form.unit)
        if funds is not None:
            self._add_labelled(funds)
            self.labelled = labelled_roles(row)
        elif (funds := read_source_below(row, self.labelled, self.form.unit)) is not None:
            self.form.funds.append(funds)
        has_fields = self._read_fields(row)
        if not has_fields and funds is None and row.only and not self.form.fields:
            self.form.leading.append(row.only)

    def _find_unit(self, row: Row) -> None:
        """项目资金（万元） as a label declares the unit too."""
        for _, cell in row.filled:
            self.form.unit = self.form.unit or (header_unit(cell.text) if "资金" in cell.text else None)

    def _find_year(self, row: Row) -> None:
        """A year in a cell of its own beside others needs no label."""
        years = [cell for _, cell in row.filled if words()["year_alone"].fullmatch(cell.text)]
        for cell in years if row.only is None else ():
            self._add_field("year", Said(cell, 0, len(cell.text)))

    def _add_labelled(self, funds: Funds) -> None:
        """Figures of the total may stand in several rows."""
        known = next((other for other in self.form.funds if other.source == "total" and not other.label), None)
        if known is None:
            self.form.funds.append(funds)
            return
        for role, cell in funds.cells.items():
            if role not in known.cells:
                known.put(role, cell, funds.amount(role).unit)

    def _read_fields(self, row: Row, wanted: tuple[str, ...] = ()) -> bool:
        """Fields beside or behind their labels, of the ``wanted`` ones where any are named; whether there were any."""
        found = False
        for index, (_, cell) in enumerate(row.filled):
            inline = inline_fields(cell)
            if inline:
                own = [one for one in inline if not wanted or one.name in wanted]
                for one in own:
                    self._add_field(one.name, Said(cell, one.start, one.stop))
                found = found or bool(own)
                continue
            name = field_at(row, index)
            if name is None or (wanted and name not in wanted):
                continue
            found = True
            below = row.filled[index + 1][1] if index + 1 < len(row.filled) else None
            if below is not None and not any(_names(below)) and not is_nothing(below.text):
                self._add_field(name, Said(below, 0, len(below.text)))
        return found

    def _add_field(self, name: str, said: Said) -> None:
        if name in ("goal", "completion"):
            self.form.goals.setdefault(name, []).append(said.own_cell)
        else:
            self.form.fields.setdefault(name, []).append(said)

    def _read_goals(self, row: Row) -> bool:
        """Goals below their headings; whether there were any."""
        found = False
        for role, name in _GOALS.items():
            known = self.form.goals.setdefault(name, [])
            cells = {id(cell): cell for at in self.header.columns.get(role, ()) if (cell := row.cells[at]).text}
            for cell in cells.values():
                if not is_label(cell.text) and all(other is not cell for other in known):
                    _append(known, cell)
                    found = True
        return found


def _names(cell: Cell) -> list[str | None]:
    """The fields that a cell labels: as a whole, or each with its value behind it."""
    return [one.name for one in inline_fields(cell)] or [field_of(cell.text)]


def _append(goals: list[Cell], cell: Cell) -> None:
    """Adds a goal; one that a page cut goes on in the cell on the next."""
    last = goals[-1] if goals else None
    if last is None or last.place.table_number == cell.place.table_number:
        goals.append(cell)
    else:
        joint = "\n" if last.text[-1] in _END_MARKS else ""
        goals[-1] = Cell(last.raw + joint + cell.raw, last.text + cell.text, last.place)
