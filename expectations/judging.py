"""Runs the catalogue over evidence, phase by phase, as SQL in DuckDB: who is judged by what, and what violates.

Sentences, waivers and verdicts do not belong here, nor what a rule says: that is its own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from expectations.catalogue import Catalogue, Phase, Rule
from expectations.catalogue.model import EVERY_ROW
from expectations.kept_evidence import keep
from expectations.templates import Field
from warehouse.connection import lend, open_memory
from warehouse.deferral import absent

_THREADS = 1
"""Evidence is small: more threads would cost more in waiting for each other than they take over."""
_THRESHOLD = pl.Decimal(38, 8)
_SKIPPED = pl.Schema({"submission_key": pl.Int64(), "reason": pl.String()})


@dataclass(frozen=True, slots=True)
class RuleRun:
    """One rule on a batch.

    ``population`` the evidence rows that it looks at, with the columns that say what was seen; ``skipped`` the
    submissions on which it was not run, whatever rows they have: submission_key, reason; ``violations`` the rows of the
    others that break it (with ``level``).
    """

    rule: Rule
    population: pl.DataFrame
    violations: pl.DataFrame
    skipped: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Judging:
    """A batch judged: the runs of all rules, in order."""

    catalogue: Catalogue
    runs: tuple[RuleRun, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rule id to number of violations."""
        return {run.rule.id: run.violations.height for run in self.runs}


def phase_table(phase: int) -> str:
    """The table that says which rule of the phase runs on which submission."""
    return f"phase_{phase}"


def evidence_table(group: str) -> str:
    """The table of an evidence frame."""
    return f"evidence_{group}"


def population_query(rule: Rule, admitted: str | None = None) -> str:
    """What was seen in the rows that the rule looks at; a format, with ``admitted`` as violation_query has it."""
    seen = ", ".join(f'"{name}"' for name in _seen_columns(rule))
    return f"select {seen} from {_looked_at(rule, admitted)}"


def violation_query(rule: Rule, admitted: str | None = None) -> str:
    """The rule's violations among the rows that it looks at, of every submission, or of those that the table
    ``admitted`` names beside the rule. A format, whose fields are those of ``admitted``."""
    return rule.violation.strip().replace("{batch}", _looked_at(rule, admitted))


def with_thresholds(frame: pl.DataFrame, rules: Iterable[Rule]) -> pl.DataFrame:
    """Evidence with each threshold of its rules as a column, by fiscal year; null where none is in force."""
    columns = []
    for rule in rules:
        for name in dict.fromkeys(threshold.name for threshold in rule.thresholds):
            values = [
                pl.when(pl.col("fiscal_year").is_between(each.valid_from_year, each.valid_to_year or 9999)).then(
                    pl.lit(each.value).cast(_THRESHOLD)
                )
                for each in rule.thresholds
                if each.name == name
            ]
            columns.append(pl.coalesce(values).alias(name))
    return frame.with_columns(columns) if columns else frame


def with_requirements(frame: pl.DataFrame, rules: Iterable[Rule]) -> pl.DataFrame:
    """Evidence with a row for each requirement of its rules that is in force in the fiscal year, as it is where its
    rules have none."""
    asked = [
        (each.name, each.title, list(each.signs), each.valid_from_year, each.valid_to_year or 9999)
        for rule in rules
        for each in rule.requirements
    ]
    if not asked:
        return frame
    columns = ("part", "part_title", "part_signs", "asked_from", "asked_to")
    in_force = pl.col("fiscal_year").is_between("asked_from", "asked_to")
    asked_frame = pl.DataFrame(asked, schema=columns, orient="row")
    return frame.join(asked_frame, how="cross").filter(in_force).drop("asked_from", "asked_to")


def run_rules(
    catalogue: Catalogue,
    evidence: Mapping[str, pl.DataFrame],
    submissions: pl.DataFrame,
    database: Path | None = None,
    batch: int = 0,
    late: Callable[[Judging], Mapping[str, pl.DataFrame]] | None = None,
) -> Judging:
    """Judge every submission (submission_key, fiscal_year) by every rule, in order; rules whose evidence depends on
    what the others find come last: ``late`` gives their evidence, once those have run.

    ``database``: a DuckDB file that is to show the evidence of this ``batch`` beside that of others (see
    ``kept_evidence``), a table a group with thresholds in it, and a table a phase that says which rule was run on which
    submission: all that ``violation_query`` asks.

    A rule is not run on a submission whose year it does not cover, on one that failed an earlier phase's blocking
    rule on its identity, or on one that failed a rule that it requires.
    """
    # What DuckDB reads frames by would load pandas for others.
    with absent(("pandas",)), open_memory(_THREADS) as connection:
        session = _Session(connection, catalogue, submissions.select("submission_key", "fiscal_year"))
        runs = session.run_on(evidence)
        if late is not None:
            runs += session.run_on(late(Judging(catalogue, tuple(runs))))
        if database is not None:
            keep(database, session.evidence | session.phases(runs), batch)
    order = {rule.id: place for place, rule in enumerate(catalogue.rules)}
    return Judging(catalogue, tuple(sorted(runs, key=lambda run: order[run.rule.id])))


def _complete(frame: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    return with_requirements(with_thresholds(frame, rules), rules)


def _seen_columns(rule: Rule) -> list[str]:
    """The submission, and what its texts on what was seen and expected name."""
    pieces = [piece for name in ("observed", "expected") for piece in rule.templates.get(name, ())]
    return list(dict.fromkeys(["submission_key", *(piece.column for piece in pieces if isinstance(piece, Field))]))


def _looked_at(rule: Rule, admitted: str | None = None) -> str:
    named = f" and submission_key in (select submission_key from {admitted} where rule_id = '{rule.id}')"
    return f"(select * from {evidence_table(rule.evidence)} where ({rule.population}){named if admitted else ''})"


@dataclass(slots=True)
class _Session:
    connection: duckdb.DuckDBPyConnection
    catalogue: Catalogue
    submissions: pl.DataFrame
    unsound: list[tuple[Rule, pl.DataFrame]] = field(default_factory=list)
    """Rules that failed, or were not run since others had, and what that leaves nothing to judge of (as skipped); those
    that nothing rests on are left out."""
    unsound_by: dict[tuple[str, ...], pl.DataFrame] = field(default_factory=dict)
    """The same of several of them, once it was asked for."""
    evidence: dict[str, pl.DataFrame] = field(default_factory=dict)
    """Table to its rows."""

    def run_on(self, evidence: Mapping[str, pl.DataFrame]) -> list[RuleRun]:
        """The evidence before the database, and the rules on it, in order. DuckDB reads frames as they are: to copy
        them into tables first costs more than it saves."""
        rules = [rule for rule in self.catalogue.rules if rule.evidence in evidence]
        for group, frame in evidence.items():
            complete = _complete(frame, [rule for rule in rules if rule.evidence == group])
            self.evidence[evidence_table(group)] = complete
            lend(self.connection, evidence_table(group), complete)
        return [self.run(rule) for rule in rules]

    def run(self, rule: Rule) -> RuleRun:
        """One rule on all submissions that are sound enough for it. The others are left out of what it found, which is
        little, rather than of what it looks at: a row violates whatever stands in others."""
        outside = self._outside_years(rule)
        follow_on = self._follow_on(rule, outside)
        skipped = outside if follow_on.is_empty() else pl.concat([outside, follow_on])
        violations = self._violations(rule, skipped)
        self._remember(rule, follow_on, violations)
        return RuleRun(rule, self._population(rule), violations, skipped)

    def _population(self, rule: Rule) -> pl.DataFrame:
        if rule.population == EVERY_ROW:
            return self.evidence[evidence_table(rule.evidence)].select(_seen_columns(rule))
        return self._rows(population_query(rule))

    def _violations(self, rule: Rule, skipped: pl.DataFrame) -> pl.DataFrame:
        found = self._rows(violation_query(rule))
        if not (found.is_empty() or skipped.is_empty()):
            found = found.join(skipped, on="submission_key", how="anti", maintain_order="left")
        level = pl.lit(rule.level)
        if "is_milder" in found.columns:
            level = pl.when("is_milder").then(pl.lit(rule.lower_level)).otherwise(level)
        return found.with_columns(level=level)

    def _rows(self, query: str) -> pl.DataFrame:
        return self.connection.execute(query.format()).pl()  # braces as Great Expectations reads them

    def _outside_years(self, rule: Rule) -> pl.DataFrame:
        if rule.valid_from_year is None and rule.valid_to_year is None:
            return _SKIPPED.to_frame()
        first, last = rule.valid_from_year or 0, rule.valid_to_year or 9999
        reason = (
            pl.when(pl.col("fiscal_year") < first)
            .then(pl.lit(f"本条适用于 {first} 年及以后的年度。"))
            .when(pl.col("fiscal_year") > last)
            .then(pl.lit(f"本条适用于 {last} 年及以前的年度。"))
        )
        return self.submissions.select("submission_key", reason=reason).drop_nulls("reason")

    def _follow_on(self, rule: Rule, outside: pl.DataFrame) -> pl.DataFrame:
        """Submissions besides those ``outside`` on which the rule would only repeat an earlier failure (as skipped)."""
        known = {
            each.id: rows
            for each, rows in self.unsound
            if each.id in rule.requires or (each.gates_later_phases and each.phase < rule.phase)
        }
        if not known:
            return _SKIPPED.to_frame()
        if (found := self.unsound_by.get(tuple(known))) is None:
            found = pl.concat(known.values()).unique("submission_key", keep="first", maintain_order=True)
            self.unsound_by[tuple(known)] = found
        if outside.is_empty():
            return found
        return found.join(outside, on="submission_key", how="anti", maintain_order="left")

    def _remember(self, rule: Rule, follow_on: pl.DataFrame, violations: pl.DataFrame) -> None:
        """Failures at the rule's own level make what rests on them unsound; milder ones do not."""
        is_asked = rule.gates_later_phases or any(rule.id in each.requires for each in self.catalogue.rules)
        if not is_asked or (follow_on.is_empty() and violations.is_empty()):
            return
        failed = violations.filter(pl.col("level") == rule.level).select("submission_key").unique(maintain_order=True)
        reason = pl.lit(f"因 {rule.id}（{rule.title}）未通过，本条未作判断。").alias("reason")
        self.unsound.append((rule, pl.concat([failed.select("submission_key", reason), follow_on])))

    def phases(self, runs: Sequence[RuleRun]) -> dict[str, pl.DataFrame]:
        """Table of a phase to what it says once the rules have run."""
        skipped = pl.concat(run.skipped.select("submission_key", rule_id=pl.lit(run.rule.id)) for run in runs)
        return {phase_table(phase.number): self._admitted(phase, skipped) for phase in self.catalogue.phases}

    def _admitted(self, phase: Phase, skipped: pl.DataFrame) -> pl.DataFrame:
        rules = pl.DataFrame({"rule_id": [rule.id for rule in phase.rules]})
        number = pl.lit(phase.number, dtype=pl.Int32).alias("phase")
        pairs = rules.join(self.submissions, how="cross").select(number, "rule_id", "submission_key")
        return pairs.join(skipped, on=("rule_id", "submission_key"), how="anti", maintain_order="left")
