"""Runs the catalogue over evidence, phase by phase, as SQL in DuckDB: who is judged by what, and what violates.

Sentences, waivers and verdicts do not belong here, nor what a rule says: that is its own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from expectations.catalogue import Catalogue, Rule
from expectations.kept_evidence import keep
from expectations.templates import Field
from warehouse.connection import open_memory
from warehouse.deferral import absent

_THREADS = 1
"""Evidence is small: more threads would cost more in waiting for each other than they take over."""
_THRESHOLD = pl.Decimal(38, 8)
_SKIPPED = pl.Schema({"submission_key": pl.Int64(), "reason": pl.String()})
_UNSOUND = pl.Schema({"rule_id": pl.String(), "submission_key": pl.Int64(), "root": pl.String()})


@dataclass(frozen=True, slots=True)
class RuleRun:
    """One rule on a batch.

    ``population`` the evidence rows that it looked at, with the columns that say what was seen; ``violations`` those
    that break it (with ``level``),
    ``skipped`` the submissions on which it was not run: submission_key, reason.
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


def population_query(rule: Rule) -> str:
    """What was seen in the rows that the rule looks at; ``{batch}`` as in ``violation_query``."""
    seen = ", ".join(f'"{name}"' for name in _seen_columns(rule))
    return f"select {seen} from {_population_source(rule)}"


def violation_query(rule: Rule) -> str:
    """The rule's violations among the rows that it looks at; ``{batch}`` stands for its phase's table."""
    return rule.violation.strip().replace("{batch}", _population_source(rule))


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
    return frame.with_columns(columns)


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
    late: Callable[[Judging], Mapping[str, pl.DataFrame]] | None = None,
) -> Judging:
    """Judge every submission (submission_key, fiscal_year) by every rule, in order; rules whose evidence depends on
    what the others find come last: ``late`` gives their evidence, once those have run.

    ``database``: a DuckDB file that shows the evidence behind that of batches before (see ``kept_evidence``), a table a
    group with thresholds in it, and a table a phase that says which rule was run on which submission: all that
    ``violation_query`` asks.

    A rule is not run on a submission whose year it does not cover, on one that failed an earlier phase's blocking
    rule on its identity, or on one that failed a rule that it requires.
    """
    # What DuckDB reads frames by would load pandas for others.
    with absent(("pandas",)), open_memory(_THREADS) as connection:
        session = _Session(connection, catalogue, submissions.select("submission_key", "fiscal_year"))
        session.admit()
        runs = session.run_on(evidence)
        if late is not None:
            runs += session.run_on(late(Judging(catalogue, tuple(runs))))
        if database is not None:
            keep(database, session.evidence | session.phases())
    order = {rule.id: place for place, rule in enumerate(catalogue.rules)}
    return Judging(catalogue, tuple(sorted(runs, key=lambda run: order[run.rule.id])))


def _complete(frame: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    return with_requirements(with_thresholds(frame, rules), rules)


def _seen_columns(rule: Rule) -> list[str]:
    """The submission, and what its texts on what was seen and expected name."""
    pieces = [piece for name in ("observed", "expected") for piece in rule.templates.get(name, ())]
    return list(dict.fromkeys(["submission_key", *(piece.column for piece in pieces if isinstance(piece, Field))]))


def _population_source(rule: Rule) -> str:
    return (
        f"(select * from {evidence_table(rule.evidence)} where ({rule.population}) and submission_key in"
        f" (select submission_key from {{batch}} where rule_id = '{rule.id}'))"
    )


@dataclass(slots=True)
class _Session:
    connection: duckdb.DuckDBPyConnection
    catalogue: Catalogue
    submissions: pl.DataFrame
    unsound: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_UNSOUND))
    evidence: dict[str, pl.DataFrame] = field(default_factory=dict)
    """Table to its rows."""

    def run_on(self, evidence: Mapping[str, pl.DataFrame]) -> list[RuleRun]:
        """The evidence before the database, and the rules on it, in order. DuckDB reads frames as they are: to copy
        them into tables first costs more than it saves."""
        rules = [rule for rule in self.catalogue.rules if rule.evidence in evidence]
        for group, frame in evidence.items():
            complete = _complete(frame, [rule for rule in rules if rule.evidence == group])
            self.evidence[evidence_table(group)] = complete
            self.connection.register(evidence_table(group), complete)
        return [self.run(rule) for rule in rules]

    def admit(self) -> None:
        """Every rule of a phase admitted to every submission."""
        for phase in self.catalogue.phases:
            rules = pl.DataFrame({"rule_id": [rule.id for rule in phase.rules]})
            number = pl.lit(phase.number, dtype=pl.Int32).alias("phase")
            admitted = rules.join(self.submissions, how="cross").select(number, "rule_id", "submission_key")
            self.connection.register("admitted", admitted)
            self.connection.execute(f"create table {phase_table(phase.number)} as from admitted")
            self.connection.unregister("admitted")

    def phases(self) -> dict[str, pl.DataFrame]:
        """Table of a phase to what it says once the rules have run."""
        tables = [phase_table(phase.number) for phase in self.catalogue.phases]
        return {table: self.connection.table(table).pl() for table in tables}

    def run(self, rule: Rule) -> RuleRun:
        """One rule on all submissions that are sound enough for it."""
        outside = self._outside_years(rule)
        follow_on = self._follow_on(rule).join(outside, on="submission_key", how="anti", maintain_order="left")
        skipped = pl.concat([outside, follow_on.select("submission_key", reason=_follow_on_reason(self.catalogue))])
        self._withhold(rule, skipped)
        table = phase_table(rule.phase)
        population = self.connection.execute(population_query(rule).format(batch=table)).pl()
        violations = self.connection.execute(violation_query(rule).format(batch=table)).pl()
        level = pl.lit(rule.level)
        if "is_milder" in violations.columns:
            level = pl.when("is_milder").then(pl.lit(rule.lower_level)).otherwise(level)
        violations = violations.with_columns(level=level)
        self._remember(rule, follow_on, violations)
        return RuleRun(rule, population, violations, skipped)

    def _outside_years(self, rule: Rule) -> pl.DataFrame:
        if rule.valid_from_year is None and rule.valid_to_year is None:
            return pl.DataFrame(schema=_SKIPPED)
        first, last = rule.valid_from_year or 0, rule.valid_to_year or 9999
        reason = (
            pl.when(pl.col("fiscal_year") < first)
            .then(pl.lit(f"本条适用于 {first} 年及以后的年度。"))
            .when(pl.col("fiscal_year") > last)
            .then(pl.lit(f"本条适用于 {last} 年及以前的年度。"))
        )
        return self.submissions.select("submission_key", reason=reason).drop_nulls("reason")

    def _follow_on(self, rule: Rule) -> pl.DataFrame:
        """Submissions on which the rule would only repeat an earlier failure: submission_key, root."""
        if self.unsound.is_empty():
            return self.unsound.select("submission_key", "root")
        gates = [each.id for each in self.catalogue.rules if each.gates_later_phases and each.phase < rule.phase]
        relevant = self.unsound.filter(pl.col("rule_id").is_in([*gates, *rule.requires]))
        return relevant.unique("submission_key", keep="first", maintain_order=True).select("submission_key", "root")

    def _withhold(self, rule: Rule, skipped: pl.DataFrame) -> None:
        """The rule is not run on those submissions."""
        if skipped.is_empty():
            return
        self.connection.register("skipped", skipped)
        withheld = f"rule_id = '{rule.id}' and submission_key in (select submission_key from skipped)"
        self.connection.execute(f"delete from {phase_table(rule.phase)} where {withheld}")
        self.connection.unregister("skipped")

    def _remember(self, rule: Rule, follow_on: pl.DataFrame, violations: pl.DataFrame) -> None:
        """Failures at the rule's own level make what rests on them unsound; milder ones do not."""
        if follow_on.is_empty() and violations.is_empty():
            return
        failed = violations.filter(pl.col("level") == rule.level).select("submission_key").unique(maintain_order=True)
        mine = pl.lit(rule.id).alias("rule_id")
        self.unsound = pl.concat(
            [
                self.unsound,
                failed.select(mine, "submission_key", root=pl.lit(rule.id)),
                follow_on.select(mine, "submission_key", "root"),
            ]
        )


def _follow_on_reason(catalogue: Catalogue) -> pl.Expr:
    reasons = {rule.id: f"因 {rule.id}（{rule.title}）未通过，本条未作判断。" for rule in catalogue.rules}
    return pl.col("root").replace_strict(reasons, return_dtype=pl.String)
