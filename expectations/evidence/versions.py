"""Evidence on versions: in what a submission differs from the version before it (C04)."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from expectations.evidence.material import Material, evidence
from expectations.templates import Field, rendered
from warehouse.registry import table

_EXAMPLES = 3
_LONGEST_NAME = 20
_LONGEST_SAID = 24
_COMPARED = pl.Schema({"submission_key": pl.Int64(), "counts": pl.String(), "examples": pl.String()})
_ITEM = ("submission_key", "place", "key", "nth")


class _Group(NamedTuple):
    """Facts to compare: two are one item where ``names`` agree; ``said`` is shown and compared, ``text`` only compared.
    ``table`` gives the Chinese title."""

    group: str
    table: str
    names: tuple[str, ...]
    said: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


_GROUPS = (
    _Group("units", "core.fact_budget_unit", ("name",)),
    _Group("offices", "core.fact_internal_office", ("name",)),
    _Group(
        "projects",
        "core.fact_project_spending",
        ("listing", "name"),
        ("budget_yuan", "spent_yuan"),
        ("goal", "completion"),
    ),
    _Group("achievements", "core.fact_achievement", ("section", "metric"), ("value", "unit")),
    _Group("goals", "core.fact_goal", ("position",), (), ("aspect", "goal")),
    _Group("problems", "core.fact_problem", ("position",), (), ("title", "detail")),
    _Group("measures", "core.fact_measure", ("position",), (), ("title", "detail")),
    _Group("forms", "core.fact_form", ("kind", "project_name"), ("total_score", "grade"), ("goal", "completion")),
    _Group(
        "form_funding",
        "core.fact_form_funding",
        ("form", "funding_source"),
        ("initial_yuan", "adjusted_yuan", "executed_yuan"),
    ),
    _Group(
        "indicators",
        "core.fact_indicator",
        ("form", "level_3"),
        ("target_text", "actual_text", "score"),
        ("weight", "reason"),
    ),
)


def differences(material: Material) -> pl.DataFrame:
    """A row a submission before which there was another version: its number ``version``, ``counts`` of what is added,
    changed and gone in words, and ``examples`` of it as a sentence, empty where all that was read is the same."""
    numbers = material.star["submissions"].select("submission_key", "version").unique()
    later = material.submissions.join(material.star["earlier"], on="submission_key", how="semi", maintain_order="left")
    rows = later.join(numbers, on="submission_key", maintain_order="left").join(
        _compared(material, later), on="submission_key", how="left", maintain_order="left"
    )
    return evidence(
        rows.with_columns(line=pl.col("title_line").fill_null(1), raw_text="title"),
        pl.col("title").alias("subject"),
        "version",
        pl.col("counts").fill_null("读到的数据相同，只有文字、版式或所附文件不同"),
        pl.col("examples").fill_null(""),
    )


def item_differences(material: Material) -> pl.DataFrame:
    """A row an item that is not as it was in the version before: submission_key, ``change`` (added, changed, gone),
    ``item`` in words, ``before`` and ``now`` as they are said (empty where only words differ)."""
    later = material.submissions.join(material.star["earlier"], on="submission_key", how="semi", maintain_order="left")
    return (
        _differing(material, later)
        .sort("submission_key", "place", "key", "nth")
        .select(
            "submission_key",
            change=pl.col("kind").replace_strict({0: "changed", 1: "added", 2: "gone"}, return_dtype=pl.String),
            item=pl.coalesce("name", "name_before"),
            before="said_before",
            now="said",
        )
    )


def _differing(material: Material, later: pl.DataFrame) -> pl.DataFrame:
    """The items of both versions side by side, as far as they differ; kind: 0 changed, 1 new, 2 gone."""
    now, before = _items(material, later, is_now=True), _items(material, later, is_now=False)
    both = now.join(before, on=_ITEM, how="full", coalesce=True, suffix="_before", nulls_equal=True)
    is_new, is_gone = pl.col("name_before").is_null(), pl.col("name").is_null()
    return both.filter(is_new | is_gone | (pl.col("compared") != pl.col("compared_before"))).with_columns(
        kind=pl.when(is_new).then(1).when(is_gone).then(2).otherwise(0), example=_example(is_new, is_gone)
    )


def _compared(material: Material, later: pl.DataFrame) -> pl.DataFrame:
    """submission_key, counts, examples of the submissions in which some item differs."""
    if later.is_empty():
        return _COMPARED.to_frame()
    differing = _differing(material, later)
    counted = [
        pl.when((pl.col("kind") == kind).any()).then(
            pl.concat_str(pl.lit(f"{word} "), (pl.col("kind") == kind).sum(), pl.lit(" 项"))
        )
        for word, kind in (("新增", 1), ("变动", 0), ("减少", 2))
    ]
    examples = pl.col("example").head(_EXAMPLES).str.join("；")
    more = pl.when(pl.len() > _EXAMPLES).then(pl.lit("；等等")).otherwise(pl.lit(""))
    return (
        differing.sort("submission_key", "kind", "place", "key", "nth")
        .group_by("submission_key", maintain_order=True)
        .agg(
            counts=pl.concat_str(counted, separator="、", ignore_nulls=True),
            examples=pl.concat_str(pl.lit("其中"), examples, more, pl.lit("。")),
        )
    )


def _example(is_new: pl.Expr, is_gone: pl.Expr) -> pl.Expr:
    said, said_before = (_shortened(name, _LONGEST_SAID) for name in ("said", "said_before"))
    return (
        pl.when(is_new)
        .then(pl.concat_str(pl.lit("新增"), "name"))
        .when(is_gone)
        .then(pl.concat_str(pl.lit("减少"), "name_before"))
        .when(pl.col("said") == pl.col("said_before"))
        .then(pl.concat_str("name", pl.lit(" 文字有改动")))
        .otherwise(pl.concat_str("name", pl.lit(" "), said_before, pl.lit("→"), said))
    )


def _items(material: Material, later: pl.DataFrame, *, is_now: bool) -> pl.DataFrame:
    """What a version says, a row an item: submission_key, place (of the group), key, nth (of that key), name, said,
    compared."""

    def rows(group: str) -> pl.DataFrame:
        found = material.rows(group) if is_now else material.earlier(group)
        return found.join(later.select("submission_key"), on="submission_key", how="semi", maintain_order="left")

    forms = rows("forms").select("submission_key", "document_key", form_ordinal="ordinal", form="project_name")
    items = [_figures(rows("figures"))]
    for place, group in enumerate(_GROUPS, start=1):
        found = rows(group.group)
        if "form" in group.names:
            on = ("submission_key", "document_key", "form_ordinal")
            found = found.join(forms, on=on, how="left", maintain_order="left")
        if group.group == "projects":
            found = found.filter(pl.col("listing") != "form")
        items.append(_grouped(found, group, place))
    return pl.concat(items).with_columns(nth=pl.int_range(pl.len()).over("submission_key", "place", "key"))


def _figures(rows: pl.DataFrame) -> pl.DataFrame:
    """Stated scalars by the titles of the columns that hold them; those of no column (years, parts) are left out."""
    titles = {each.name: each.title for each in table("core.fact_department_budget").columns}
    titles |= {
        name: table("core.fact_headcount").title for name in rows["name"].unique() if name.startswith("headcount:")
    }
    name = pl.col("name").replace_strict(titles, default=None, return_dtype=pl.String)
    said = pl.concat_str(pl.col("text"), pl.col("unit"), separator=" ", ignore_nulls=True)
    known = rows.filter("is_primary").with_columns(title=name).filter(pl.col("title").is_not_null())
    return known.select(
        "submission_key",
        place=pl.lit(0),
        key="name",
        name="title",
        said=said,
        compared=pl.col("value").cast(pl.String),
    )


def _grouped(rows: pl.DataFrame, group: _Group, place: int) -> pl.DataFrame:
    title = pl.lit(table(group.table).title)
    last = pl.col(group.names[-1])
    if group.names == ("position",):
        name = pl.concat_str(title, pl.lit("第 "), last, pl.lit(" 条"))
    else:
        name = pl.concat_str(title, pl.lit("“"), _shortened(group.names[-1], _LONGEST_NAME).fill_null(""), pl.lit("”"))
    compared = [pl.col(each).cast(pl.String).fill_null("") for each in (*group.said, *group.text)]
    said = [_plain(rows, each) for each in group.said]
    return rows.select(
        "submission_key",
        place=pl.lit(place),
        key=pl.concat_str([pl.col(each).cast(pl.String).fill_null("") for each in group.names], separator="|"),
        name=name,
        said=pl.concat_str(said, separator="、") if said else pl.lit(""),
        compared=pl.concat_str(compared, separator="|") if compared else pl.lit(""),
    )


def _plain(rows: pl.DataFrame, column: str) -> pl.Expr:
    form = "wan" if column.endswith("_yuan") else None
    return rendered((Field(column, form),), rows.schema)


def _shortened(column: str, longest: int) -> pl.Expr:
    whole = pl.col(column).cast(pl.String)
    return pl.when(whole.str.len_chars() > longest).then(whole.str.slice(0, longest) + "…").otherwise(whole)
