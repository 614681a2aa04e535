"""Project identity: which names, through tables and years, are one project.

Equal names are one project; beyond that only evidence counts (see docs of each basis below). Nothing is decided
here that a person has to decide: a near name without evidence becomes a *proposed* alias and keeps its own key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from transforms.star.frames import Past
from transforms.star.project_names import are_near, fronted, matching_name, stem
from warehouse.keys import key_expression

SHORTEST_GOAL = 8
"""A goal shorter than this proves nothing by standing in another."""
_BLOCK = 3
"""Names are compared for goal evidence when they begin with the same characters."""
_MOST_ALIKE = 60
"""Rows of a submission that may share an amount or a beginning and still be compared with each other."""
_ENDS = " 。；;.,，、"
_PAIR = ("submission_key", "stem", "stem_right")


@dataclass(frozen=True, slots=True)
class Identity:
    """``names``: department_id, name -> project_key, canonical_name, certainty, basis (a row a printed name);
    ``proposals``: department_id, project_key, alias, basis of near names that a person may decide on."""

    names: pl.DataFrame
    proposals: pl.DataFrame


def identify(rows: pl.DataFrame, past: Past) -> Identity:
    """The identity of each name in ``rows`` (project facts with submission_key, department_id, fiscal_year)."""
    named = _with_stems(rows)
    known = _known_stems(past)
    pairs = _candidate_pairs(named)
    near = pairs.filter(_near_pairs(pairs))
    certain = near.filter(pl.col("basis") != "near_name")
    nodes = _nodes(named, known)
    component = _components(nodes, certain)
    names = _names(named, nodes.join(component, on=("department_id", "stem"), how="left"))
    return Identity(names, _proposals(near, names))


def _with_stems(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with matching name and stem; where one table holds two names of one stem, each keeps its own name."""
    forms = pl.DataFrame({"name": rows["name"].unique().sort()}).with_columns(
        matching=pl.col("name").map_elements(matching_name, return_dtype=pl.String),
        stem=pl.col("name").map_elements(stem, return_dtype=pl.String),
    )
    joined = rows.join(forms, on="name", how="left", maintain_order="left").with_columns(_table())
    clash = (
        joined.group_by("submission_key", "department_id", "table", "stem")
        .agg(pl.col("matching").n_unique().alias("names"))
        .filter(pl.col("names") > 1)
        .select("department_id", "stem")
        .unique()
        .with_columns(clashes=True)
    )
    return (
        joined.join(clash, on=("department_id", "stem"), how="left", maintain_order="left", nulls_equal=True)
        .with_columns(stem=pl.when(pl.col("clashes")).then("matching").otherwise("stem"))
        .drop("clashes")
    )


def _table() -> pl.Expr:
    """The table that a row stands in. All forms of a submission, of whatever file, are one: each is of a project of
    its own."""
    document = pl.col("document_key").cast(pl.String)
    return (
        pl.when(pl.col("listing") == "form")
        .then(pl.lit("forms"))
        .otherwise(pl.concat_str(document, pl.lit("/"), pl.col("table_number").cast(pl.String)))
        .alias("table")
    )


def _known_stems(past: Past) -> pl.DataFrame:
    """department_id, stem -> known_key, known_name of projects that earlier releases hold (the oldest wins)."""
    certain = past.aliases.filter(pl.col("certainty") != "proposed")
    return (
        certain.with_columns(stem=pl.col("alias").map_elements(stem, return_dtype=pl.String))
        .sort("first_year", "project_key")
        .unique(("department_id", "stem"), keep="first", maintain_order=True)
        .select("department_id", "stem", known_key="project_key", known_name="canonical_name")
    )


def _candidate_pairs(named: pl.DataFrame) -> pl.DataFrame:
    """Pairs of stems of one submission that stand in no common table: left, right, basis of the evidence, if any."""
    side = named.select(
        "submission_key",
        "department_id",
        "table",
        "stem",
        "budget_yuan",
        "spent_yuan",
        pl.col("goal").fill_null("").str.strip_chars(_ENDS),
        pl.col("completion").fill_null("").str.strip_chars(_ENDS),
    )
    pairs = pl.concat([_by_amount(side), _by_beginning(side)]).filter(pl.col("stem") < pl.col("stem_right"))
    rank = pl.col("basis").replace_strict({"same_amount": 0, "same_goal": 1, "near_name": 2}, return_dtype=pl.Int8)
    return (
        pairs.join(_of_one_table(pairs, side), on=_PAIR, how="anti")
        .sort("department_id", "stem", "stem_right", rank, "submission_key")
        .unique(("department_id", "stem", "stem_right"), keep="first", maintain_order=True)
        .select("department_id", "stem", "stem_right", "basis")
    )


def _by_amount(side: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows with the same amounts."""
    with_amount = side.filter(pl.col("budget_yuan").is_not_null())
    return _paired(with_amount, "budget_yuan", "spent_yuan").select(
        *_PAIR, "department_id", pl.lit("same_amount").alias("basis")
    )


def _by_beginning(side: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows whose names begin alike; the goal of one may stand in the texts of the other."""
    beginnings = [pl.col("stem"), pl.col("stem").map_elements(fronted, return_dtype=pl.String)]
    blocks = side.with_columns(
        block=pl.concat_list(name.str.slice(0, _BLOCK) for name in beginnings).list.unique()
    ).explode("block")
    basis = pl.when(_goal_stands_in_other()).then(pl.lit("same_goal")).otherwise(pl.lit("near_name"))
    return _paired(blocks, "block").select(*_PAIR, "department_id", basis.alias("basis"))


def _of_one_table(pairs: pl.DataFrame, side: pl.DataFrame) -> pl.DataFrame:
    """The pairs whose names stand side by side in a table: two rows of one table are two projects."""
    stands = side.select("submission_key", "table", "stem").unique()
    right = {"stem": "stem_right"}
    return (
        pairs.select(_PAIR)
        .unique()
        .join(stands, on=("submission_key", "stem"))
        .join(stands.rename(right), on=("submission_key", "stem_right", "table"), how="semi")
    )


def _paired(side: pl.DataFrame, *shared: str) -> pl.DataFrame:
    """Rows of one submission that agree in the columns; what very many rows share is evidence of nothing."""
    group = ("submission_key", "department_id", *shared)
    few = side.filter(pl.len().over(group) <= _MOST_ALIKE)
    return few.join(few, on=group, nulls_equal=True)


def _goal_stands_in_other() -> pl.Expr:
    def stands(goal: str, *others: str) -> pl.Expr:
        long_enough = pl.col(goal).str.len_chars() >= SHORTEST_GOAL
        return long_enough & pl.any_horizontal(
            pl.col(other).str.contains(pl.col(goal), literal=True) for other in others
        )

    return stands("goal", "goal_right", "completion_right") | stands("goal_right", "goal", "completion")


def _near_pairs(pairs: pl.DataFrame) -> pl.Series:
    """Nearness of names, asked only of the few candidate pairs."""
    return pl.Series(
        [are_near(left, right) for left, right in zip(pairs["stem"], pairs["stem_right"], strict=True)],
        dtype=pl.Boolean,
    )


def _nodes(named: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """A node a department and stem: the printed name that serves best as canonical, and the known key if any.

    A name with an amount beats one without, then the most frequent, then the shortest, then the first by order.
    """
    printed = named.group_by("department_id", "stem", "matching").agg(
        has_amount=pl.col("budget_yuan").is_not_null().any(),
        uses=pl.len(),
        name=pl.col("name").sort_by("fiscal_year", "table_number", "row_number").first(),
    )
    best = printed.sort(
        "has_amount",
        "uses",
        pl.col("matching").str.len_chars(),
        "matching",
        descending=(True, True, False, False),
    ).unique(("department_id", "stem"), keep="first", maintain_order=True)
    return best.join(known, on=("department_id", "stem"), how="left", nulls_equal=True).sort("department_id", "stem")


def _components(nodes: pl.DataFrame, certain: pl.DataFrame) -> pl.DataFrame:
    """Connected components over certain pairs: department_id, stem, root (the first stem of the component)."""
    parent: dict[tuple[str | None, str], tuple[str | None, str]] = {}

    def root(node: tuple[str | None, str]) -> tuple[str | None, str]:
        while (above := parent.get(node, node)) != node:
            node = above
        return node

    for department, left, right in certain.select("department_id", "stem", "stem_right").iter_rows():
        first, second = sorted((root((department, left)), root((department, right))), key=lambda node: node[1])
        parent[second] = first
    linked: Iterable[tuple[str | None, str]] = parent.keys()
    moved = [(department, name, root((department, name))[1]) for department, name in linked]
    schema = {"department_id": pl.String(), "stem": pl.String(), "root": pl.String()}
    roots = pl.DataFrame(moved, schema=schema, orient="row")
    return (
        nodes.select("department_id", "stem")
        .join(roots, on=("department_id", "stem"), how="left", nulls_equal=True)
        .with_columns(pl.col("root").fill_null(pl.col("stem")))
    )


def _names(named: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    """A row a department and printed name with the project it is, and why."""
    group = ("department_id", "root")
    order = (pl.col("has_amount"), pl.col("uses"), -pl.col("matching").str.len_chars().cast(pl.Int32))
    keyed = nodes.with_columns(
        group_key=pl.col("known_key").min().over(group),
        group_known=pl.col("known_name").sort_by("known_key").first().over(group),
        group_name=pl.col("name").sort_by(*order, "matching", descending=(True, True, True, False)).first().over(group),
        group_matching=pl.col("matching")
        .sort_by(*order, "matching", descending=(True, True, True, False))
        .first()
        .over(group),
    ).with_columns(
        project_key=pl.coalesce("known_key", "group_key", key_expression("project", "department_id", "group_matching")),
        canonical_name=pl.coalesce("known_name", "group_known", "group_name"),
        linked=pl.len().over(group) > 1,
    )
    return (
        named.select("department_id", "name", "stem", "matching")
        .unique(maintain_order=True)
        .join(
            keyed.select("department_id", "stem", "project_key", "canonical_name", "linked"),
            on=("department_id", "stem"),
            how="left",
            maintain_order="left",
            nulls_equal=True,
        )
        .with_columns(
            certainty=pl.lit("certain"),
            basis=pl.when(
                pl.col("name").map_elements(matching_name, return_dtype=pl.String)
                == pl.col("canonical_name").map_elements(matching_name, return_dtype=pl.String)
            )
            .then(pl.lit("same_name"))
            .when(pl.col("linked"))
            .then(pl.lit("evidence"))
            .otherwise(pl.lit("lexicon")),
        )
    )


def _proposals(near: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Near names that no evidence joined: each is proposed as an alias of the other's project."""
    best = names.unique(("department_id", "stem"), keep="first", maintain_order=True)
    left = best.select("department_id", "stem", "project_key")
    right = best.select("department_id", pl.col("stem").alias("stem_right"), alias="name", other_key="project_key")
    return (
        near.filter(pl.col("basis") == "near_name")
        .join(left, on=("department_id", "stem"), nulls_equal=True)
        .join(right, on=("department_id", "stem_right"), nulls_equal=True)
        .filter(pl.col("project_key") != pl.col("other_key"))
        .select("department_id", "project_key", "alias", certainty=pl.lit("proposed"), basis=pl.lit("near_name"))
    )
