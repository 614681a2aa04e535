"""What a rule of the catalogue is: its fields and what must hold among them. No file is read here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal, get_args

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from expectations.templates import Template, parse_template
from warehouse.registry import table
from warehouse.schema import conform

Level = Literal["blocking", "warning", "information"]
_GIVES_LEVEL = re.compile(r"\bas\s+\"?level\b", re.IGNORECASE)
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Year = Annotated[int, Field(ge=2000, le=2100)]

EVERY_ROW = "true"
"""The population of a rule that looks at all of its evidence."""

IDENTITY_PHASE = 2
"""A blocking failure up to this phase leaves nothing sound for later phases to judge."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Threshold(_Strict):
    """A figure that a rule compares with, in force for some fiscal years; it becomes a column of the evidence."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
    value: Annotated[Decimal, Field(strict=False)]
    valid_from_year: Year
    valid_to_year: Year | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _is_exact(cls, value: object) -> object:
        if not isinstance(value, str):
            raise ValueError('数值须写成带引号的文本，如 "0.60"')
        return value

    def overlaps(self, other: Threshold) -> bool:
        """Whether both claim one fiscal year."""
        return self.valid_from_year <= (other.valid_to_year or 9999) and other.valid_from_year <= (
            self.valid_to_year or 9999
        )


class Requirement(_Strict):
    """A part that the template of some fiscal years asks for: present where one of its signs is. Each row of the
    rule's evidence is judged once for each requirement in force, which gives it the columns ``part``, ``part_title``
    and ``part_signs``."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
    title: Text
    signs: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    valid_from_year: Year
    valid_to_year: Year | None = None


class Rule(_Strict):
    """One rule.

    ``population`` is an SQL condition on evidence rows: what the rule looks at; a submission without such a row is
    not applicable, for the reason ``not_applicable``. ``violation`` is a ``select * [, … as is_milder] from {batch}
    where …`` over those rows: each row it gives is one finding, one of ``milder_level`` where that is true.
    ``requires`` names rules that must not have failed before. Templates are filled from the evidence columns (see
    ``expectations.templates``); ``observed`` and ``expected`` also where the rule holds, so from columns that the
    evidence itself has.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[CFS]\d\d$")]
    title: Text
    level: Level
    milder_level: Level | None = None
    stage: Literal["shadow", "warning", "full"]
    phase: Annotated[int, Field(ge=1, le=7)]
    scope: Text
    valid_from_year: Year | None = None
    valid_to_year: Year | None = None
    basis: Text
    remedy: Text
    responsible: Literal["submitter", "bureau"]
    waivable: bool
    requires: Annotated[tuple[str, ...], Field(strict=False)] = ()
    evidence: Text
    population: Text = EVERY_ROW
    violation: Text
    subject: Text = "{subject}"
    observed: Text
    expected: Text
    difference: Text | None = None
    message: Text
    not_applicable: Text
    thresholds: Annotated[tuple[Threshold, ...], Field(strict=False)] = ()
    requirements: Annotated[tuple[Requirement, ...], Field(strict=False)] = ()

    @field_validator("subject", "observed", "expected", "difference", "message")
    @classmethod
    def _is_template(cls, text: str | None) -> str | None:
        if text is not None:
            parse_template(text)
        return text

    @model_validator(mode="after")
    def _is_consistent(self) -> Rule:
        if "{batch}" not in self.violation:
            raise ValueError("violation 须从 {batch} 取数")
        if _GIVES_LEVEL.search(self.violation):
            raise ValueError("violation 不能给出 level；较轻的问题用 is_milder 表示，级别写在 milder_level")
        if self.valid_from_year and self.valid_to_year and self.valid_to_year < self.valid_from_year:
            raise ValueError("适用终止年度早于起始年度")
        for one, other in combinations(self.thresholds, 2):
            if one.name == other.name and one.overlaps(other):
                raise ValueError(f"界限 {one.name} 的适用年度重叠")
        return self

    @property
    def gates_later_phases(self) -> bool:
        """Whether a failure leaves nothing for later phases: only one that blocks can."""
        return self.level == "blocking" and self.phase <= IDENTITY_PHASE

    @property
    def lower_level(self) -> Level:
        """The level of milder findings, never above that of the others."""
        levels = [level for level in (self.level, self.milder_level) if level]
        return max(levels, key=get_args(Level).index)

    @cached_property
    def templates(self) -> dict[str, Template]:
        """The parsed templates: subject, observed, expected, difference (where there is one), message."""
        names = ("subject", "observed", "expected", "difference", "message")
        texts = {name: getattr(self, name) for name in names}
        return {name: parse_template(text) for name, text in texts.items() if text is not None}

    def effective_level(self, level: Level) -> Level:
        """The level that counts in the rule's stage: shadow findings are only recorded, warning caps blocking."""
        if self.stage == "shadow":
            return "information"
        return "warning" if self.stage == "warning" and level == "blocking" else level


class Phase(_Strict):
    """A phase of judging with its Chinese title and its rules, in the order in which they are judged."""

    number: Annotated[int, Field(ge=1, le=7)]
    title: Text
    rules: tuple[Rule, ...]


class Catalogue(_Strict):
    """All rules by phase. ``version`` is stamped on evaluations and releases: a label and a hash of the content."""

    version: Text
    phases: tuple[Phase, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, in the order in which they are judged."""
        return tuple(rule for phase in self.phases for rule in phase.rules)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError if there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def with_stages(self, stages: Mapping[str, str]) -> Catalogue:
        """The catalogue with some rules (by id) at other stages. Its version says so, so that nothing judged before
        counts as judged by it."""
        changed = {rule.id: stages[rule.id] for rule in self.rules if stages.get(rule.id, rule.stage) != rule.stage}
        if not changed:
            return self
        digest = hashlib.sha256(repr(sorted(changed.items())).encode()).hexdigest()[:6]
        phases = []
        for phase in self.phases:
            rules = [rule.model_copy(update={"stage": changed.get(rule.id, rule.stage)}) for rule in phase.rules]
            phases.append(phase.model_copy(update={"rules": tuple(rules)}))
        return self.model_copy(update={"version": f"{self.version}+{digest}", "phases": tuple(phases)})

    def frame(self) -> pl.DataFrame:
        """The rows of quality.rule."""
        definition = table("quality.rule")
        rows = [
            {
                "rule_id": rule.id,
                "catalogue_version": self.version,
                **rule.model_dump(exclude={"id", "thresholds", "requirements"}),
            }
            for rule in self.rules
        ]
        wanted = [{name: row.get(name) for name in definition.column_names} for row in rows]
        return conform(pl.DataFrame(wanted, schema=definition.polars_schema), definition)
