"""What people decided on names of projects, as project identity takes it: stems that are one project, or two.

How identity is found where nobody decided is ``identity``'s affair.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transforms.star.components import Pair, components
from transforms.star.project_names import matching_name, stem

_NODE = pl.Schema({"department_id": pl.String(), "stem": pl.String()})


class Decided(NamedTuple):
    """``same`` and ``apart``: pairs of stems. ``split``: department_id, stem of names that share a stem and are two
    projects all the same: their matching names stand for the stem."""

    same: list[Pair]
    apart: list[Pair]
    split: pl.DataFrame

    def stems(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """``frame`` (with department_id) with the columns ``matching`` and ``stem`` of the names in a column."""
        forms = pl.DataFrame({name: frame[name].unique().sort()}).with_columns(
            matching=pl.col(name).map_elements(matching_name, return_dtype=pl.String),
            stem=pl.col(name).map_elements(stem, return_dtype=pl.String),
        )
        joined = frame.join(forms, on=name, how="left", maintain_order="left")
        return matched_where(joined, self.split)

    @property
    def members(self) -> pl.DataFrame:
        """department_id, stem, root: the stems that decisions join, and what they have in common."""
        roots = components(self.same, self.apart)
        found = {**{(department, root): root for (department, _), root in roots.items()}, **roots}
        rows = [(department, name, root) for (department, name), root in sorted(found.items(), key=str)]
        return pl.DataFrame(rows, schema={**_NODE, "root": pl.String()}, orient="row")

    @property
    def nodes(self) -> pl.DataFrame:
        """department_id, stem of every name that a decision speaks of."""
        rows = {(department, name) for department, *names in (*self.same, *self.apart) for name in names}
        return pl.DataFrame(sorted(rows, key=str), schema=_NODE, orient="row")

    @property
    def pairs_apart(self) -> pl.DataFrame:
        """department_id, stem, stem_right of stems kept apart, each pair in both orders."""
        both = [*self.apart, *((department, right, left) for department, left, right in self.apart)]
        return pl.DataFrame(both, schema={**_NODE, "stem_right": pl.String()}, orient="row")


def decided(identities: pl.DataFrame) -> Decided:
    """The decisions (department_id, project, other_project, is_same) on names; of names that differ only in widths and
    blanks there is nothing to decide."""
    pairs = [
        (department, matching_name(one), matching_name(other), is_same)
        for department, one, other, is_same in identities.iter_rows()
    ]
    split = {
        (department, stem(one))
        for department, one, other, is_same in pairs
        if not is_same and one != other and stem(one) == stem(other)
    }

    def of(want_same: bool) -> list[Pair]:
        nodes = [
            (department, *(name if (department, stem(name)) in split else stem(name) for name in (one, other)))
            for department, one, other, is_same in pairs
            if is_same == want_same
        ]
        return [(department, one, other) for department, one, other in nodes if one != other]

    return Decided(of(True), of(False), pl.DataFrame(sorted(split, key=str), schema=_NODE, orient="row"))


def matched_where(frame: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    """``frame`` whose ``matching`` name stands for the stem where department and stem are among the nodes."""
    marked = nodes.select("department_id", "stem").unique().with_columns(is_told_apart=pl.lit(True))
    return (
        frame.join(marked, on=("department_id", "stem"), how="left", maintain_order="left", nulls_equal=True)
        .with_columns(stem=pl.when("is_told_apart").then("matching").otherwise("stem"))
        .drop("is_told_apart")
    )


def known_stems(aliases: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """department_id, stem -> known_key, known_name of projects that earlier releases hold (the oldest wins).

    ``aliases`` as in Past, with ``stem``. Stems that decisions join have the key of the oldest of them; of two that
    were one project and are kept apart only the one that the project is named after keeps its key.
    """
    certain = (
        aliases.filter(pl.col("certainty") == "certain")
        .sort("first_year", "project_key")
        .unique(("department_id", "stem"), keep="first", maintain_order=True)
        .select("department_id", "stem", "first_year", known_key="project_key", known_name="canonical_name")
    )
    known = certain.join(_expelled(certain, decisions), on=("department_id", "stem"), how="anti", maintain_order="left")
    joined = decisions.members.join(known, on=("department_id", "stem"), how="left", maintain_order="left")
    oldest = (
        joined.drop_nulls("known_key")
        .sort("first_year", "known_key")
        .unique(("department_id", "root"), keep="first", maintain_order=True)
        .drop("stem", "first_year")
    )
    decided_keys = decisions.members.join(oldest, on=("department_id", "root")).drop("root")
    others = known.join(decisions.members, on=("department_id", "stem"), how="anti", maintain_order="left")
    return pl.concat([others.drop("first_year"), decided_keys.select(others.drop("first_year").columns)])


def _expelled(certain: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """The stems that must leave the project that they share with a stem they are kept apart from."""
    named = decisions.stems(certain.rename({"stem": "own"}), "known_name")
    other = certain.select("department_id", "known_key", stem_right="stem")
    return (
        named.filter(pl.col("own") != pl.col("stem"))
        .select("department_id", "known_key", stem="own")
        .join(other, on=("department_id", "known_key"))
        .join(decisions.pairs_apart, on=("department_id", "stem", "stem_right"), how="semi")
        .select("department_id", "stem")
        .unique(maintain_order=True)
    )
