"""The content of a synthetic report: what it says, before anything about how it looks.

Facts come from here, so a defect changes this model and the truth stays known. Nothing here is printed text but
names and clauses; amounts are exact 元. How it looks is ``samples.style``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

HEADCOUNTS = ("total", "established", "administrative", "institution", "non_established", "approved_posts", "retired")


@dataclass(frozen=True, slots=True)
class Version:
    """A department in a period of validity, as a row of the registry (dates as ISO text or empty)."""

    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    division_code: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """An invented department. ``place`` is the name that its units share."""

    index: int
    department_id: str
    place: str
    city: str
    district: str
    district_code: str
    versions: tuple[Version, ...]

    def version_of(self, year: int) -> Version:
        """The version valid on 31 December of ``year``."""
        day = f"{year}-12-31"
        return next(
            version
            for version in self.versions
            if version.valid_from <= day and (not version.valid_to or version.valid_to >= day)
        )


@dataclass(slots=True)
class Office:
    """An internal office with its second names, or a remark."""

    name: str
    also_named: tuple[str, ...] = ()
    remark: str | None = None


@dataclass(slots=True)
class Row:
    """One row of a project table. ``*_text`` overrides what the amount cell prints; ``mention`` is an amount in
    元 that the completion states as the row's own spending; ``is_full_width`` prints the amounts full-width."""

    name: str
    area: str
    budget: Decimal | None
    spent: Decimal | None
    goal: tuple[str, ...]
    completion: tuple[str, ...]
    budget_text: str | None = None
    spent_text: str | None = None
    mention: Decimal | None = None
    is_full_width: bool = False
    has_reason: bool = True
    """Whether a column of reasons says why not all was spent."""
    needs_texts: bool = False
    """Whether its table must show goals and completions, whatever its style leaves out."""


@dataclass(slots=True)
class ProjectTable:
    """A project table: ``listing`` plan / task / key, an optional theme above it, and whether amounts show.
    ``unit_fault``: ``missing`` (no unit anywhere) or ``conflict`` (caption and header differ);
    ``says_unit_twice``: caption and header both say it, alike."""

    listing: str
    rows: list[Row]
    theme: str | None = None
    has_amounts: bool = True
    unit_fault: str | None = None
    says_unit_twice: bool = False


@dataclass(slots=True)
class Finance:
    """The headline figures in 元; None where the report is silent. ``rate_shift`` is added to the stated rate,
    ``rate_decimals`` fixes its printed decimals, ``restated`` is a second mention of the total in another unit."""

    total: Decimal
    prior: Decimal
    change: Decimal | None
    annual: Decimal | None
    executed: Decimal
    basic: Decimal | None = None
    project: Decimal | None = None
    monitored: Decimal | None = None
    threshold: Decimal | None = None
    large_count: int | None = None
    large: Decimal | None = None
    score: Decimal | None = None
    grade: str | None = None
    rate_shift: Decimal = Decimal(0)
    rate_decimals: int | None = None
    joins_large: bool = False
    """Whether the large projects stand in the sentence of the monitored amount."""
    restated: Decimal | None = None
    restated_unit: str | None = None

    @property
    def reference(self) -> Decimal:
        """The budget that rates and shares refer to: the annual one, else the total."""
        return self.total if self.annual is None else self.annual


@dataclass(slots=True)
class Goal:
    """An annual goal: aspect and clauses."""

    aspect: str
    clauses: tuple[str, ...]


@dataclass(slots=True)
class Metric:
    """A measured value of the achievements: ``value`` and ``unit`` as printed in ``text``. ``is_optional`` marks
    a value whose unit is only implied (零发生): reading it or not is both right."""

    metric: str
    value: Decimal
    unit: str
    normalized: Decimal
    qualifier: str | None
    text: str
    is_optional: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence of the achievements, ``{a}`` ... for its metrics."""

    text: str
    metrics: dict[str, Metric] = field(default_factory=dict)


@dataclass(slots=True)
class Achievement:
    """A passage of the achievements: title and sentences."""

    title: str
    sentences: list[Sentence]


@dataclass(slots=True)
class Statement:
    """A problem or a measure."""

    title: str
    detail: str | None
    category: str


@dataclass(slots=True)
class Expected:
    """A finding that the rules must give: rule, the key of the mark where it stands, and whether it may be
    absent (a follow-on that a sound judge need not repeat)."""

    rule: str
    at: str | None = None
    is_optional: bool = False


@dataclass(slots=True)
class Report:
    """All that one report says. ``stated`` holds the counts that its sentences announce (units, offices, blocks,
    plans, goals, problems, measures), which a defect may make wrong."""

    department: Department
    version: Version
    year: int
    department_id: str | None
    name: str
    title_name: str
    fiscal_year: int | None
    scope_year: int
    finance: Finance
    units: list[str]
    offices: list[Office]
    people: dict[str, int]
    blocks: list[tuple[str, str]]
    plans: list[ProjectTable]
    tasks: ProjectTable | None
    key: ProjectTable | None
    goals: list[Goal]
    achievements: list[Achievement]
    problems: list[Statement]
    measures: list[Statement]
    stated: dict[str, int] = field(default_factory=dict)
    asides: list[str] = field(default_factory=list)
    """Paragraphs added to the text on performance management; a line break parts one in the middle of its sentence."""
    survey: tuple[int, Decimal] | None = None
    """How many were asked, and the share of them who are satisfied, in per cent."""
    speaks_of_three: bool = True
    """Whether the text speaks of the three kinds of spending that are published apart (“三公”)."""
    seed: int = 0
    """What the departments beside this one are drawn from."""
    date: str | None = None
    """The date at the end, where it is not left to the style."""
    is_anonymous: bool = False
    is_undated: bool = False
    repeats_heading: bool = False
    mixes_brackets: bool = False
    counts_in_chinese: bool = False
    rules: tuple[str, ...] = ()
    """The rules on which the truth speaks."""
    outcome: str | None = None
    """The outcome, where it does not follow from the findings."""
    defects: list[str] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    @property
    def we(self) -> str:
        """How the department calls itself."""
        return {"街道": "我街", "镇": "我镇"}.get(self.version.kind, "我局")

    @property
    def tables(self) -> list[ProjectTable]:
        """All project tables, plans first."""
        return [*self.plans, *(table for table in (self.tasks, self.key) if table is not None)]

    @property
    def amount_rows(self) -> list[Row]:
        """The rows of all tables that show amounts."""
        return [row for table in self.tables if table.has_amounts for row in table.rows]
