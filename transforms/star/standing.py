"""Which files count at which arrival: the newest report, the newest overall form, the newest form of each project.

What is written here follows from the order of arrival alone, so that a rebuild comes to the same. Numbering versions
is submissions.py's business.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transforms.facts.frames import FactFrames
from transforms.star.contents import with_contents
from transforms.star.parts import REPORT, counting_parts, parts_of

UNIT = ("department_id", "fiscal_year")
_MEDIA = ("wordprocessingml", "msword", "spreadsheetml", "ms-excel", "html", "markdown", "plain")
"""Of one content in two media that of the earlier named counts; then whatever else there is."""


class Standing(NamedTuple):
    """``counting``: a row an arrival, variant and document: department_id, fiscal_year, arrival, variant, document_key,
    parts (those that count), conflict. ``before``: the same of what counted until that arrival, the last variant of it.
    ``repeated``: document_key, file_name of the one that counts in its place."""

    counting: pl.DataFrame
    before: pl.DataFrame
    repeated: pl.DataFrame


def standing(facts: FactFrames, documents: pl.DataFrame) -> Standing:
    """What counts after each arrival that brought something new.

    ``documents``: identified documents of known kind with file_name, arrival (a number), is_judged: whether the arrival
    makes a version that is judged now. Where one arrival brought several different reports, each is a variant of its
    own and ``conflict`` names them all.
    """
    placed = documents.join(parts_of(facts), on="document_key", how="inner")
    has_rivals = pl.len().over(*UNIT, "slot") > 1
    parts = with_contents(placed, facts, of=has_rivals).sort(
        *UNIT, "slot", "arrival", _media_rank(), "file_name", "document_key"
    )
    parts = parts.with_columns(repeats=_repeats())
    live = parts.filter(pl.col("repeats").is_null())
    arrivals = live.filter("is_judged").select(*UNIT, pl.col("arrival").alias("at")).unique()
    known = arrivals.join(live, on=UNIT)
    before = _counting(known.filter(pl.col("arrival") < pl.col("at")), documents)
    is_last = pl.col("variant") == pl.col("variant").max().over(*UNIT, "arrival")
    counting = _counting(known.filter(pl.col("arrival") <= pl.col("at")), documents)
    return Standing(counting, before.filter(is_last), _repeated(parts, live))


def _counting(known: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Of all parts known ``at`` an arrival those that count, by document."""
    newest = known.filter(pl.col("arrival") == pl.col("arrival").max().over(*UNIT, "at", "slot"))
    is_report = pl.col("slot") == REPORT
    reports = _variants(newest.filter(is_report))
    others = newest.filter(~is_report).join(
        reports.select(*UNIT, "at", "variant", "conflict").unique(), on=(*UNIT, "at"), how="left"
    )
    chosen = pl.concat([reports, others.with_columns(pl.col("variant").fill_null(0))], how="diagonal")
    return _by_document(chosen, documents)


def _media_rank() -> pl.Expr:
    rank = pl.lit(len(_MEDIA))
    for place, word in reversed(list(enumerate(_MEDIA))):
        rank = pl.when(pl.col("media_type").str.contains(word, literal=True)).then(pl.lit(place)).otherwise(rank)
    return rank


def _repeats() -> pl.Expr:
    """The name of the file before in the same slot that says the same, or null: word for word in another medium, or in
    the same arrival with each figure told alike; in another medium of the same arrival, where reading may differ by a
    word, figure for figure."""

    def before(name: str) -> pl.Expr:
        return pl.col(name).shift(1).over(*UNIT, "slot")

    comes_along = pl.col("arrival") == before("arrival")
    differs_in_medium = pl.col("media_type") != before("media_type")
    same_figures = pl.col("figures") == before("figures")
    same_words = same_figures & (pl.col("words") == before("words"))
    is_other = pl.col("document_key") != before("document_key")
    is_told_alike = comes_along & (pl.col("told") == before("told"))
    is_same_in_words = same_words & (is_told_alike | differs_in_medium)
    says_the_same = is_same_in_words | (same_figures & comes_along & differs_in_medium)
    return pl.when(says_the_same & is_other).then(before("file_name"))


def _variants(reports: pl.DataFrame) -> pl.DataFrame:
    """The newest reports of each arrival, numbered; more than one conflict."""
    over = (*UNIT, "at")
    names = pl.col("file_name").implode().over(over, mapping_strategy="join").list.join("”与“")
    sentence = pl.concat_str(
        pl.lit("同一批收到同一部门同一年度 "),
        pl.len().over(over),
        pl.lit(" 份不同的报告“"),
        names,
        pl.lit("”，无法判断以哪一份为准。"),
    )
    return reports.sort(*over, "file_name", "document_key").with_columns(
        variant=pl.int_range(pl.len()).over(over).cast(pl.Int32),
        conflict=pl.when(pl.len().over(over) > 1).then(sentence),
    )


def _by_document(chosen: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    keys = (*UNIT, "at", "variant", "conflict", "document_key")
    return (
        counting_parts(chosen.select(*keys, "part", "slot"), documents)
        .group_by(keys)
        .agg(parts=pl.col("part").unique().sort())
        .rename({"at": "arrival"})
    )


def _repeated(parts: pl.DataFrame, live: pl.DataFrame) -> pl.DataFrame:
    """The files of which no part is anything but a repetition."""
    return (
        parts.join(live, on="document_key", how="anti")
        .group_by("document_key", *UNIT)
        .agg(repeats=pl.col("repeats").first())
    )
