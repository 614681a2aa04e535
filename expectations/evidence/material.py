"""What all evidence is made of: facts and star rows tied to their submissions, and the places of values.

Nothing is judged here and no flag is computed: evidence states, observes and says how exact the print is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from expectations.history import History
from transforms.departments.registry import Registry
from transforms.facts.frames import FactFrames
from transforms.star.frames import StarFrames
from transforms.star.parts import tied
from warehouse.keys import key_expression

MONEY = pl.Decimal(38, 8)
PLACE = ("page", "line", "table_number", "row_number", "column_number", "raw_text")
"""Columns of a place; evidence has them next to ``document_key``."""

BASE = ("submission_key", "fiscal_year", "document_key", *PLACE)
"""What each evidence frame starts with; ``subject`` (text) and the group's own columns follow."""

OF_STAR = (
    "submissions", "earlier", "core.fact_project_spending", "core.bridge_project_alias", "quality.sentence"
)  # fmt: skip
"""The star frames that evidence rests on, beside the conformed dimensions."""

_SUBMISSION_COLUMNS = {
    "document_key": pl.Int64(),
    "submission_key": pl.Int64(),
    "department_id": pl.String(),
    "fiscal_year": pl.Int32(),
    "conflict": pl.String(),
}


@dataclass(frozen=True)
class Material:
    """Facts and star frames of a batch, the rows that broke their contract (quality.rejected_row), the registry, and
    what is known of earlier nights.

    ``star`` needs OF_STAR (``submissions`` has a row a document; ``earlier``: see submissions_of), core.dim_fiscal_year
    and core.dim_department.
    """

    facts: FactFrames
    star: StarFrames
    rejected: pl.DataFrame
    registry: Registry
    history: History = field(default_factory=History.none)

    @cached_property
    def _kept(self) -> dict[object, pl.DataFrame]:
        return {}

    @cached_property
    def documents(self) -> pl.DataFrame:
        """document_key, submission_key, department_id, fiscal_year, conflict: a row a document."""
        submissions = self.star["submissions"]
        return submissions.select(pl.col(name).cast(kind) for name, kind in _SUBMISSION_COLUMNS.items())

    @cached_property
    def submissions(self) -> pl.DataFrame:
        """A row a submission: its keys, and the title of its first document with its place."""
        titles = self.facts["documents"].select("document_key", "title", "title_line")
        first = self.documents.join(titles, on="document_key", how="left", maintain_order="left")
        return first.filter(is_first("submission_key"))

    @cached_property
    def _sources(self) -> dict[tuple[object, ...], pl.DataFrame]:
        return self.facts["sources"].partition_by("group", as_dict=True)

    def rows(self, group: str) -> pl.DataFrame:
        """The facts of a group in the parts of documents that count, with submission_key, department_id and fiscal_year
        of their submissions, the report's before those of forms."""
        known = self._kept.get(group)
        if known is None:
            known = self._kept[group] = tied(self.facts, group, self.star["submissions"])
        return known

    def earlier(self, group: str) -> pl.DataFrame:
        """The same of the versions before: facts that counted until a submission arrived, with its submission_key."""
        return tied(self.facts, group, self.star["earlier"])

    def once(self, make: Callable[[Material], pl.DataFrame]) -> pl.DataFrame:
        """What ``make`` makes of this, made once however many groups of evidence rest on it."""
        known = self._kept.get(make)
        if known is None:
            known = self._kept[make] = make(self)
        return known

    def placed(self, frame: pl.DataFrame, group: str, column: str | None = None) -> pl.DataFrame:
        """``frame`` (document_key, ordinal, line, …) with the place columns of its rows' values.

        The place of ``column`` if it has one of its own, else any place of the row, else just its line. The raw
        text is the frame's ``raw_text`` where it has one.
        """
        found = self._found(group, column)
        joined = frame.join(found, on=("document_key", "ordinal"), how="left", maintain_order="left")
        preferred = {
            name: ("raw_text", "raw_text_found") if name == "raw_text" else (f"{name}_found", name) for name in PLACE
        }
        return joined.with_columns(
            pl.coalesce(*(each for each in names if each in joined.columns)).alias(name)
            for name, names in preferred.items()
        ).drop(f"{name}_found" for name in PLACE)

    def _found(self, group: str, column: str | None) -> pl.DataFrame:
        """document_key, ordinal, place columns with ``_found``: the place of each row of the group, see placed."""
        known = self._kept.get((group, column))
        if known is None:
            sources = self._sources.get((group,), self.facts["sources"].clear())
            own = sources if column is None else sources.filter(pl.col("column") == column)
            places = own.select(
                "document_key",
                pl.col("row_ordinal").alias("ordinal"),
                *(pl.col(name).alias(f"{name}_found") for name in PLACE),
            )
            if column is not None:
                places = pl.concat([places, self._found(group, None)])
            known = places.filter(is_first(("document_key", "ordinal")))
            self._kept[group, column] = known
        return known

    def printed(self, group: str, column: str) -> pl.DataFrame:
        """The cells in which values of that column stand: document_key, ordinal, place columns; one a value."""
        sources = self._sources.get((group,), self.facts["sources"].clear())
        own = sources.filter(pl.col("column") == column).filter(is_first(("document_key", "row_ordinal")))
        return own.select("document_key", pl.col("row_ordinal").alias("ordinal"), *PLACE)

    @cached_property
    def figures(self) -> pl.DataFrame:
        """Stated scalars, placed; the sentence is the raw text."""
        rows = self.rows("figures").with_columns(raw_text=pl.col("sentence"))
        return self.placed(rows, "figures")

    @cached_property
    def _figures_taken(self) -> dict[tuple[object, ...], pl.DataFrame]:
        return self.figures.filter("is_primary").partition_by("name", as_dict=True)

    def figure(self, name: str, prefix: str) -> pl.DataFrame:
        """The mention of a figure that the fact takes, a row a submission: submission_key, ``<prefix>`` and
        ``<prefix>_quantum``, ``_text``, ``_document_key`` and place columns."""
        taken = self._figures_taken.get((name,), self.figures.clear())
        renamed = {each: f"{prefix}_{each}" for each in ("quantum", "text", "document_key", *PLACE)}
        return taken.filter(is_first("submission_key")).select(
            "submission_key", pl.col("value").alias(prefix), *(pl.col(old).alias(new) for old, new in renamed.items())
        )

    def unexplained(self, kind: str) -> pl.DataFrame:
        """The numbers of a kind that stand among stated figures and that nobody understood, a row a submission that has
        any: submission_key, ``unexplained`` (a list)."""
        rows = self.rows("asides").filter(pl.col("kind") == kind)
        values = pl.col("value").cast(MONEY).unique(maintain_order=True)
        return rows.group_by("submission_key").agg(values.alias("unexplained"))

    @cached_property
    def projects(self) -> pl.DataFrame:
        """Project rows with project_key and is_primary of the star, in reading order."""
        spending = self.star["core.fact_project_spending"].select("project_spending_key", "project_key", "is_primary")
        rows = self.rows("projects").with_columns(
            project_spending_key=key_expression("project_spending", "submission_key", "document_key", "ordinal")
        )
        return rows.join(spending, on="project_spending_key", how="left", maintain_order="left")


def evidence(frame: pl.DataFrame, *columns: str | pl.Expr) -> pl.DataFrame:
    """``frame`` as evidence: the base columns (absent ones null), then the group's own."""
    kinds = {
        "submission_key": pl.Int64(),
        "fiscal_year": pl.Int32(),
        "document_key": pl.Int64(),
        "raw_text": pl.String(),
    }
    base = [
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kinds.get(name, pl.Int32())).alias(name)
        for name in BASE
    ]
    return frame.select(*base, *columns)


def with_bare_documents(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    """Evidence and a row without columns of its own for each document that has none: nothing to be found is found."""
    bare = evidence(material.rows("documents").join(rows, on="document_key", how="anti", maintain_order="left"))
    return pl.concat([rows, bare], how="diagonal")


def is_first(key: str | Sequence[str]) -> pl.Expr:
    """Whether a row is the first of its key: the rows that unique would keep, in their order, at half of its cost."""
    return (pl.col(key) if isinstance(key, str) else pl.struct(key)).is_first_distinct()


def before(rows: pl.DataFrame, *key: str) -> pl.Series:
    """Of each row the number of the row before it that has the same key, null where there is none. To shift a column
    over the key takes ten times as long, for it looks at every key by itself."""
    first = pl.col("at").first().over(key)
    numbered = rows.select(key).with_row_index("at").select("at", first=first).sort("first", maintain_order=True)
    is_same = pl.col("first") == pl.col("first").shift(1)
    return numbered.select("at", before=pl.when(is_same).then(pl.col("at").shift(1))).sort("at")["before"]


def at(prefix: str) -> list[pl.Expr]:
    """The place of a figure (see Material.figure) as the place of an evidence row."""
    return [pl.col(f"{prefix}_{name}").alias(name) for name in ("document_key", *PLACE)]


def first_place(*prefixes: str) -> list[pl.Expr]:
    """The place of the first of several figures that is there."""
    return [
        pl.coalesce(
            pl.when(_is_first(prefixes, index)).then(pl.col(f"{prefix}_{name}"))
            for index, prefix in enumerate(prefixes)
        ).alias(name)
        for name in ("document_key", *PLACE)
    ]


def _is_first(prefixes: tuple[str, ...], index: int) -> pl.Expr:
    absent = [pl.col(earlier).is_null() for earlier in prefixes[:index]]
    return pl.all_horizontal(*absent, pl.col(prefixes[index]).is_not_null())


def half(quantum: str | pl.Expr) -> pl.Expr:
    """Half the last printed digit: how far a rounded figure may be from the exact one."""
    expression = pl.col(quantum) if isinstance(quantum, str) else quantum
    return (expression.cast(MONEY) / pl.lit(2).cast(MONEY)).fill_null(0)


def ratio(part: str | pl.Expr, whole: str | pl.Expr) -> pl.Expr:
    """part / whole to eight decimals; null when either is null or the whole is zero."""
    numerator = (pl.col(part) if isinstance(part, str) else part).cast(MONEY)
    denominator = (pl.col(whole) if isinstance(whole, str) else whole).cast(MONEY)
    return numerator / pl.when(denominator != 0).then(denominator)
