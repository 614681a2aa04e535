"""The decisions in force at an instant, as the frames in which judging, star and build take them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from warehouse.decisions.history import read_history
from warehouse.decisions.records import (
    EXPLANATION,
    IDENTITY,
    STAGE,
    WAIVER,
    WITHDRAWAL,
    Explanation,
    Identity,
    Record,
    Stage,
    Waiver,
    Withdrawal,
)
from warehouse.home import Home
from warehouse.registry import table
from warehouse.release.releases import BEIJING
from warehouse.schema import conform

EXPLAINED = pl.Schema(
    {
        "rule_id": pl.String(),
        "department_id": pl.String(),
        "fiscal_year": pl.Int32(),
        "subject": pl.String(),
        "observed": pl.String(),
    }
)
IDENTITIES = pl.Schema(
    {
        "department_id": pl.String(),
        "project": pl.String(),
        "other_project": pl.String(),
        "is_same": pl.Boolean(),
    }
)

WITHDRAWALS = pl.Schema(
    {
        "department_id": pl.String(),
        "fiscal_year": pl.Int32(),
        "version": pl.Int32(),
        "submission_key": pl.Int64(),
        "withdrawn_because": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is in force, older decisions first; of several on one pair of names or one rule's stage the last."""

    waivers: tuple[Waiver, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    identities: tuple[Identity, ...] = ()
    stages: tuple[Stage, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def stage_of(self) -> dict[str, str]:
        """Rule id to its stage, of the rules that people set one for."""
        return {each.rule_id: each.stage for each in self.stages}

    def waiver_frame(self) -> pl.DataFrame:
        """quality.waiver: of several on one submission and rule that which holds longest."""
        rows = [
            {**_content(each), "decided_by": each.recorded_by, "decided_on": _day(each)}
            for each in sorted(self.waivers, key=lambda each: (each.valid_until, each.number))
        ]
        definition = table("quality.waiver")
        frame = pl.DataFrame(rows, schema={**definition.polars_schema, "number": pl.Int32()})
        unique = frame.unique(definition.primary_key, keep="last", maintain_order=True)
        return conform(unique.sort(definition.primary_key), definition)

    def explained_frame(self) -> pl.DataFrame:
        """What was explained: a row a finding, with the columns of EXPLAINED."""
        rows = [{**_content(each), **found.model_dump()} for each in self.explanations for found in each.findings]
        return pl.DataFrame(rows, schema=EXPLAINED).unique(maintain_order=True)

    def identity_frame(self) -> pl.DataFrame:
        """Pairs of names with the columns of IDENTITIES, in the order of decision."""
        return pl.DataFrame([_content(each) for each in self.identities], schema=IDENTITIES)

    @property
    def withdrawn(self) -> list[str]:
        """The versions of departments and years that people took back, as department/year/version."""
        return [
            f"{each.department_id}/{each.fiscal_year}/{version}"
            for each in self.withdrawals
            for version in each.versions
        ]

    def withdrawal_frame(self) -> pl.DataFrame:
        """The versions that people took back, each once, with the columns of WITHDRAWALS: by department, year and
        version, or where there is no such by submission_key."""
        rows = [
            (
                each.department_id,
                each.fiscal_year,
                version,
                each.submission_key,
                f"{each.recorded_by}撤回（T{each.number}）：{each.reason}",
            )
            for each in self.withdrawals
            for version in each.versions or (None,)
        ]
        frame = pl.DataFrame(rows, schema=WITHDRAWALS, orient="row")
        return frame.unique(pl.exclude("withdrawn_because"), keep="first", maintain_order=True)

    def stamped(self, units: pl.DataFrame) -> pl.DataFrame:
        """``units`` (with department_id and fiscal_year) with ``decisions``: what now bears on the unit, as text, null
        where nothing does. Stages of rules are no part of it: they belong to the catalogue."""
        of_unit = ("department_id", "fiscal_year")
        marks = [
            (each.department_id, getattr(each, "fiscal_year", None), f"{kind.letter}{each.number}")
            for kind, records in ((WAIVER, self.waivers), (EXPLANATION, self.explanations), (IDENTITY, self.identities))
            for each in records
        ]
        schema = {"department_id": pl.String(), "fiscal_year": pl.Int32(), "mark": pl.String()}
        frame = pl.DataFrame(marks, schema=schema, orient="row")
        distinct = units.select(of_unit).drop_nulls().unique()
        of_year = distinct.join(frame.drop_nulls(), on=of_unit)
        of_department = distinct.join(
            frame.filter(pl.col("fiscal_year").is_null()).drop("fiscal_year"), on="department_id"
        )
        joined = pl.concat([of_year, of_department.select(of_year.columns)]).group_by(of_unit)
        stamps = joined.agg(decisions=pl.col("mark").sort().str.join("、"))
        return units.drop("decisions", strict=False).join(stamps, on=of_unit, how="left", maintain_order="left")


def decisions_at(home: Home, at: datetime) -> Decisions:
    """What is in force in the home at that instant. DecisionError, before anything else, when a file is malformed."""
    identities = {(each.department_id, each.names): each for each in read_history(home, IDENTITY).standing(at)}
    stages = {each.rule_id: each for each in read_history(home, STAGE).standing(at)}
    return Decisions(
        read_history(home, WAIVER).standing(at),
        read_history(home, EXPLANATION).standing(at),
        tuple(sorted(identities.values(), key=lambda each: each.number)),
        tuple(sorted(stages.values(), key=lambda each: each.number)),
        read_history(home, WITHDRAWAL).standing(at),
    )


def _content(each: Record) -> dict[str, object]:
    return each.model_dump(exclude={"recorded_by", "recorded_at", "findings"})


def _day(each: Record) -> object:
    return each.recorded_at.astimezone(BEIJING).date()
