"""Project identity: which names, through tables and years, are one project.

Equal names are one project; beyond that only evidence counts (see docs of each basis below). Nothing is decided
here that a person has to decide: a near name without evidence becomes a *proposed* alias and keeps its own key.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from transforms.star.components import components
from transforms.star.decided import Decided, decided, known_stems, matched_where
from transforms.star.frames import Past, of_each
from transforms.star.project_names import are_near, fronted, matching_name
from warehouse.keys import key_expression

SHORTEST_GOAL = 8
"""A goal shorter than this proves nothing by standing in another."""
_BLOCK = 3
"""Names are compared for goal evidence when they begin with the same characters."""
_MOST_ALIKE = 60
"""Rows of a submission that may share an amount or a beginning and still be compared with each other."""
_ENDS = " 。；;.,，、"
_PAIR = ("submission_key", "stem", "stem_right")
_NODE = ("department_id", "stem")


@dataclass(frozen=True, slots=True)
class Identity:
    """``names``: department_id, name -> project_key, canonical_name, certainty, basis (a row a printed name);
    ``proposals``: department_id, project_key, alias, certainty, basis of near names that a person may decide on;
    ``kept``: the same of aliases that only earlier batches saw."""

    names: pl.DataFrame
    proposals: pl.DataFrame
    kept: pl.DataFrame


def identify(rows: pl.DataFrame, past: Past) -> Identity:
    """The identity of each name in ``rows`` (project facts with submission_key, department_id, fiscal_year).

    What people decided goes before any evidence.
    """
    decisions = decided(past.identities)
    named = _with_stems(rows, decisions)
    earlier = decisions.stems(past.aliases, "alias")
    known = known_stems(earlier, decisions)
    pairs = _candidate_pairs(named)
    near = pairs.filter(_near_pairs(pairs))
    nodes = _nodes(named, known)
    names = _names(named, nodes.join(_components(nodes, near, decisions), on=_NODE, how="left"), decisions)
    return Identity(names, _proposals(near, names, decisions), _kept(earlier, known, names, decisions))


def _with_stems(rows: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """Rows with matching name and stem; where one table holds two names of one stem, each keeps its own name."""
    joined = decisions.stems(rows, "name").with_columns(_table())
    clash = (
        joined.group_by("submission_key", "department_id", "table", "stem")
        .agg(pl.col("matching").n_unique().alias("names"))
        .filter(pl.col("names") > 1)
    )
    return matched_where(joined, clash)


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
    pairs = pl.concat([_by_amount(side), _by_beginning(side)])
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
    beginnings = [pl.col("stem"), of_each("stem", fronted)]
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
    """Two rows each of one submission that agree in the columns, the lesser stem left; what very many rows share is
    evidence of nothing."""
    group = ("submission_key", "department_id", *shared)
    few = side.filter(pl.len().over(group) <= _MOST_ALIKE)
    return few.join(few, on=group, nulls_equal=True).filter(pl.col("stem") < pl.col("stem_right"))


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
    return best.join(known, on=_NODE, how="left", nulls_equal=True).sort("department_id", "stem")


def _components(nodes: pl.DataFrame, near: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """Connected components over decided and certain pairs: department_id, stem, root (the first stem of each)."""
    certain = near.filter(pl.col("basis") != "near_name").select("department_id", "stem", "stem_right")
    joined = components([*decisions.same, *certain.iter_rows()], decisions.apart)
    moved = [(department, name, root) for (department, name), root in joined.items()]
    schema = {"department_id": pl.String(), "stem": pl.String(), "root": pl.String()}
    roots = pl.DataFrame(moved, schema=schema, orient="row")
    return (
        nodes.select(_NODE)
        .join(roots, on=_NODE, how="left", nulls_equal=True)
        .with_columns(pl.col("root").fill_null(pl.col("stem")))
    )


def _names(named: pl.DataFrame, nodes: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """A row a department and printed name with the project it is, and why."""
    decided = decisions.members.select(*_NODE, is_decided=pl.lit(True))
    is_canonical = pl.col("matching") == of_each("canonical_name", matching_name)
    certainty = pl.when(pl.col("is_decided") & ~pl.col("is_canonical")).then(pl.lit("decided"))
    basis = (
        pl.when("is_canonical")
        .then(pl.lit("same_name"))
        .when("is_decided")
        .then(pl.lit("decision"))
        .when("linked")
        .then(pl.lit("evidence"))
        .otherwise(pl.lit("lexicon"))
    )
    return (
        named.select("department_id", "name", "stem", "matching")
        .unique(maintain_order=True)
        .join(_projects_of(nodes), on=_NODE, how="left", maintain_order="left", nulls_equal=True)
        .join(decided, on=_NODE, how="left", maintain_order="left")
        .with_columns(pl.col("is_decided").fill_null(False), is_canonical=is_canonical)
        .with_columns(certainty=certainty.otherwise(pl.lit("certain")), basis=basis)
    )


def _projects_of(nodes: pl.DataFrame) -> pl.DataFrame:
    """A row a node with its group's project: the one known longest, else one named by the name that carries most."""
    group = ("department_id", "root")
    order = (pl.col("has_amount"), pl.col("uses"), -pl.col("matching").str.len_chars().cast(pl.Int32))
    first = {
        name: pl.col(name).sort_by(*order, "matching", descending=(True, True, True, False)).first().over(group)
        for name in ("name", "matching")
    }
    return nodes.with_columns(
        group_key=pl.col("known_key").min().over(group),
        group_known=pl.col("known_name").sort_by("known_key").first().over(group),
        group_name=first["name"],
        group_matching=first["matching"],
    ).select(
        *_NODE,
        project_key=pl.coalesce("known_key", "group_key", key_expression("project", "department_id", "group_matching")),
        canonical_name=pl.coalesce("known_name", "group_known", "group_name"),
        linked=pl.len().over(group) > 1,
    )


def _proposals(near: pl.DataFrame, names: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """Near names that neither evidence nor a person joined or kept apart: each is proposed as an alias of the other's
    project."""
    best = names.unique(_NODE, keep="first", maintain_order=True)
    left = best.select(*_NODE, "project_key")
    right = best.select("department_id", pl.col("stem").alias("stem_right"), alias="name", other_key="project_key")
    return (
        near.filter(pl.col("basis") == "near_name")
        .join(decisions.pairs_apart, on=(*_NODE, "stem_right"), how="anti", maintain_order="left")
        .join(left, on=_NODE, nulls_equal=True)
        .join(right, on=("department_id", "stem_right"), nulls_equal=True)
        .filter(pl.col("project_key") != pl.col("other_key"))
        .select("department_id", "project_key", "alias", certainty=pl.lit("proposed"), basis=pl.lit("near_name"))
    )


def _kept(earlier: pl.DataFrame, known: pl.DataFrame, names: pl.DataFrame, decisions: Decided) -> pl.DataFrame:
    """Aliases that earlier releases gave to the projects named here, as far as nobody decided otherwise since."""
    of_today = earlier.join(names, on="project_key", how="semi", maintain_order="left")
    known_as = of_today.join(known, on=_NODE, how="left", maintain_order="left", nulls_equal=True).join(
        decisions.nodes.with_columns(is_touched=pl.lit(True)), on=_NODE, how="left", maintain_order="left"
    )
    is_its_own = pl.col("known_key").eq_missing(pl.col("project_key"))
    is_untouched = pl.col("is_touched").is_null() & (pl.col("certainty") == "certain")
    is_proposed = pl.col("certainty") == "proposed"
    stems = known.select("department_id", project_key="known_key", stem_right="stem")
    kept_apart = of_today.join(stems, on=("department_id", "project_key")).join(
        decisions.pairs_apart, on=(*_NODE, "stem_right"), how="semi"
    )
    return (
        known_as.filter(pl.when(is_proposed).then(~is_its_own).otherwise(is_its_own | is_untouched))
        .join(kept_apart, on=("project_key", "alias"), how="anti", maintain_order="left")
        .select("department_id", "project_key", "alias", "certainty", "basis")
    )
