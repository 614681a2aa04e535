"""The rows that fact groups give. A row says what is written; absent things are None.

Every row type is a NamedTuple whose annotations give its column dtypes (frames.py). Each group's rows carry
``ordinal``, counted from 0 within document and group; ``SourceRow`` places each measured value by group, ordinal and
column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from transforms.facts.forms.rows import FormRow, FundingRow, IndicatorRow
from transforms.facts.text_rows import (
    AsideRow,
    MarkRow,
    MetricRow,
    PeriodRow,
    QuantityRow,
    SentenceRow,
    SignRow,
    SumRow,
)


class DocumentRow(NamedTuple):
    """The document itself and its identity. ``department_id`` is None when no registry name is found."""

    ordinal: int
    kind: str  # overall_report / overall_form / project_form / unknown
    title: str | None  # as printed, line breaks and blanks gone
    title_line: int | None
    department_name: str | None  # as printed in the title (else cover, else text)
    department_basis: str | None  # title / cover / text
    department_id: str | None
    fiscal_year: int | None
    fiscal_year_basis: str | None  # title / scope / text
    media_type: str
    encoding: str | None
    line_count: int
    table_count: int  # tables of whatever content, of at least two rows


class PageRow(NamedTuple):
    """A page of a medium that counts its lines through all pages, and its first line."""

    ordinal: int
    page: int
    first_line: int


class FigureRow(NamedTuple):
    """A stated scalar. ``name`` is a column of fact_department_budget (money in 元, rates as fractions), or
    ``headcount:<headcount_kind>``, or ``year:title`` / ``year:scope`` / ``year:budget`` / ``year:conclusion``,
    or ``subordinate_unit_count``.

    Every mention is a row, in reading order. ``quantum`` is the value of one unit of the last printed digit, in the
    unit of ``value`` (24,957.99万元 -> 100.00; 100.0% -> 0.001). ``sentence`` is the sentence as printed.
    ``is_primary`` marks the mention that the fact takes (exactly one a name).
    """

    ordinal: int
    name: str
    value: Decimal
    quantum: Decimal
    text: str  # the printed figure, e.g. 24,957.99
    unit: str | None  # the printed unit, e.g. 万元
    sentence: str
    is_primary: bool
    line: int | None


OWN_ROLE, SUBORDINATE_ROLE = "本级", "下属"
"""What a budget unit is to its department: the department itself, or one below it."""


class UnitRow(NamedTuple):
    """A budget unit listed: role OWN_ROLE or SUBORDINATE_ROLE."""

    ordinal: int
    name: str
    role: str
    position: int  # from 1
    line: int | None


class OfficeRow(NamedTuple):
    """An internal office listed."""

    ordinal: int
    name: str
    also_named: list[str]
    remark: str | None
    position: int
    line: int | None


class ProjectRow(NamedTuple):
    """One row of one project table. ``name`` is as printed (markup and line breaks gone, blanks between Chinese
    characters gone); amounts in 元, None when absent or not a number; ``*_text`` as printed, None when the table has
    no such column, "" for an empty cell. ``*_quantum``: see FigureRow."""

    ordinal: int
    listing: str  # plan / task / key / form
    table_number: int
    row_number: int
    name: str
    amount_role: str  # initial / adjusted / unspecified
    budget_text: str | None
    spent_text: str | None
    rate_text: str | None
    reported_unit: str | None
    budget_yuan: Decimal | None
    spent_yuan: Decimal | None
    budget_quantum: Decimal | None
    spent_quantum: Decimal | None
    stated_rate: Decimal | None
    goal: str | None
    completion: str | None
    line: int | None


class GoalRow(NamedTuple):
    """An annual goal, by aspect."""

    ordinal: int
    position: int
    aspect: str | None
    goal: str
    line: int | None


class AchievementRow(NamedTuple):
    """A measured statement of the achievements section; ``value`` and ``unit`` as printed."""

    ordinal: int
    section: str | None
    metric: str
    value: Decimal
    unit: str
    normalized_value: Decimal
    qualifier: str | None
    value_text: str
    sentence: str
    line: int | None


class StatementRow(NamedTuple):
    """A problem or a measure. ``answers`` (measures): positions of the problems it seems to answer."""

    ordinal: int
    position: int
    title: str
    detail: str | None
    category: str | None
    answers: list[int]
    line: int | None


class HeadingRow(NamedTuple):
    """A heading of the outline. ``level`` by numbering (0 the title), ``number`` its value, ``style`` its numbering
    style (一、 / （一） / 1、 ...), ``parent`` the ordinal of the parent heading, ``section`` the
    meaning from the lexicon."""

    ordinal: int
    level: int
    visual_level: int | None
    style: str | None
    number: int | None
    label: str | None  # the numbering as printed
    text: str
    parent: int | None
    section: str | None
    line: int | None


class EnumerationRow(NamedTuple):
    """A sentence that announces "N 大 / N 项 / N 个" items, and the items that follow it."""

    ordinal: int
    stated: int
    listed: int
    text: str  # the announcing words as printed
    line: int | None


class TableFactRow(NamedTuple):
    """A project table as recognised, with every declaration of its unit (None: does not declare there)."""

    ordinal: int
    table_number: int
    listing: str
    has_amounts: bool
    caption_unit: str | None
    header_units: list[str]  # distinct units named in amount columns' headers
    cell_units: list[str]  # distinct units named in amount cells
    section_unit: str | None  # unit said in text right above, valid for the section
    row_count: int
    line: int | None
    above_unit: str | None = None  # unit that a table with the same columns above declares, where nothing else does
    above_number: int | None = None  # that table


class TotalRow(NamedTuple):
    """A 小计/合计 row of a project table."""

    ordinal: int
    table_number: int
    label: str
    budget_yuan: Decimal | None
    spent_yuan: Decimal | None
    line: int | None


class TextAmountRow(NamedTuple):
    """An amount in the text (goal, completion) of a project row that speaks of the row's own total, or in the running
    text, another one than the row's (budget, spent)."""

    ordinal: int
    project_ordinal: int
    column: str  # goal / completion / budget / spent
    value_yuan: Decimal
    text: str
    unit: str
    line: int | None


class NoteRow(NamedTuple):
    """A repair or oddity that reading recorded (NoteKind)."""

    ordinal: int
    kind: str
    detail: str
    page: int | None
    line: int | None
    table_number: int | None
    row_number: int | None
    column_number: int | None


class UnrecognisedRow(NamedTuple):
    """A heading, column or unit that no lexicon entry explains. ``what``: heading / column / unit / figure."""

    ordinal: int
    what: str
    text: str
    line: int | None


class SourceRow(NamedTuple):
    """The place of one measured value: ``group`` and ``row_ordinal`` name the row, ``column`` the target column."""

    group: str
    row_ordinal: int
    column: str
    page: int | None
    line: int | None
    table_number: int | None
    row_number: int | None
    column_number: int | None
    raw_text: str


@dataclass(slots=True)
class Facts:
    """All facts of one document, group by group; the field names are the group names."""

    documents: list[DocumentRow] = field(default_factory=list)
    pages: list[PageRow] = field(default_factory=list)
    figures: list[FigureRow] = field(default_factory=list)
    asides: list[AsideRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    offices: list[OfficeRow] = field(default_factory=list)
    projects: list[ProjectRow] = field(default_factory=list)
    forms: list[FormRow] = field(default_factory=list)
    form_funding: list[FundingRow] = field(default_factory=list)
    indicators: list[IndicatorRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)
    achievements: list[AchievementRow] = field(default_factory=list)
    problems: list[StatementRow] = field(default_factory=list)
    measures: list[StatementRow] = field(default_factory=list)
    headings: list[HeadingRow] = field(default_factory=list)
    enumerations: list[EnumerationRow] = field(default_factory=list)
    tables: list[TableFactRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    text_amounts: list[TextAmountRow] = field(default_factory=list)
    signs: list[SignRow] = field(default_factory=list)
    marks: list[MarkRow] = field(default_factory=list)
    quantities: list[QuantityRow] = field(default_factory=list)
    metrics: list[MetricRow] = field(default_factory=list)
    periods: list[PeriodRow] = field(default_factory=list)
    sums: list[SumRow] = field(default_factory=list)
    sentences: list[SentenceRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    unrecognised: list[UnrecognisedRow] = field(default_factory=list)
    sources: list[SourceRow] = field(default_factory=list)
