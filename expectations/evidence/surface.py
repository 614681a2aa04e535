"""Evidence on what the report looks like: levels of headings, repairs of reading, marks (C08, C09, C10, C11, C12, C13).

Each frame has a bare row for a document in which nothing of the kind was met.
"""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import Material, evidence, with_bare_documents

_ITEMS = ("①", "1）", "Ⅰ、")
"""Numbering styles of items: they need not look like headings."""
_TAG = r"</?[A-Za-z][^<>]*>|&(?:[a-z]+|#\d+);"
_RULE_SIGNS = r"[\s|:\-—–_=+]+"


def heading_levels(material: Material) -> pl.DataFrame:
    """A row a numbered heading: ``depth``, its level by its number; ``visual_level`` as it looks (null: like text; in
    words: ``look``) and ``expected_visual``, as headings of its depth look by the distance between both that most
    headings of the document keep; ``visual_count``, how many different looks the document has; ``alike``, how many
    of its siblings look like headings."""
    numbered = material.rows("headings").filter(
        pl.col("style").is_not_null() & ~pl.col("style").is_in(_ITEMS) & (pl.col("level") > 0)
    )
    distance = pl.col("visual_level") - pl.col("level")
    counted = numbered.with_columns(
        usual=distance.drop_nulls().mode().min().over("document_key"),
        visual_count=pl.col("visual_level").drop_nulls().n_unique().over("document_key").cast(pl.Int32),
        alike=pl.col("visual_level").is_not_null().sum().over("document_key", "parent", "style").cast(pl.Int32),
    )
    placed = material.placed(
        counted.with_columns(raw_text=pl.concat_str(pl.col("label").fill_null(""), "text")), "headings"
    )
    return evidence(
        placed,
        pl.col("text").alias("subject"),
        pl.col("level").alias("depth"),
        "visual_level",
        pl.coalesce(pl.concat_str(pl.lit("第 "), "visual_level", pl.lit(" 级")), pl.lit("与正文相同")).alias("look"),
        (pl.col("level") + pl.col("usual")).cast(pl.Int32).alias("expected_visual"),
        "visual_count",
        "alike",
    )


def cut_paragraphs(material: Material) -> pl.DataFrame:
    """A row a paragraph that breaks off in front of a page or a gap: ``ending``, its last character, and ``rest``,
    what was read on with it."""
    notes = _notes(material, "paragraph_joined", "paragraph_cut").with_columns(
        raw_text=pl.col("detail").str.split("\n").list.first(),
        rest=pl.col("detail").str.split("\n").list.get(1, null_on_oob=True),
    )
    rows = evidence(
        notes, pl.col("raw_text").alias("subject"), pl.col("raw_text").str.slice(-1).alias("ending"), "rest"
    )
    return with_bare_documents(rows, material)


def table_fragments(material: Material) -> pl.DataFrame:
    """A row a fragment that a table went on with: ``fragment``, its first row, and ``header``, the header that
    stands above it once more (null: none)."""
    notes = _notes(material, "table_joined", "header_repeated").sort("document_key", "table_number", "line", "ordinal")
    above = pl.when(pl.col("kind").shift(1) == "header_repeated").then(pl.col("detail").shift(1))
    fragments = notes.with_columns(header=above.over("document_key", "table_number"), raw_text="detail").filter(
        pl.col("kind") == "table_joined"
    )
    rows = evidence(fragments, _table_name(), pl.col("detail").alias("fragment"), "header")
    return with_bare_documents(rows, material)


def marked_cells(material: Material) -> pl.DataFrame:
    """A row a cell with something like markup in it: ``tag_count``, the tags and entities of its raw text."""
    notes = _notes(material, "markup_in_cell").with_columns(raw_text="detail")
    tags = pl.col("detail").str.count_matches(_TAG).cast(pl.Int32).alias("tag_count")
    return with_bare_documents(evidence(notes, _table_name(), tags), material)


def odd_rows(material: Material) -> pl.DataFrame:
    """A row a table row that was set aside: ``content``, what it holds besides blanks and ruling signs."""
    notes = _notes(material, "junk_row").with_columns(raw_text="detail")
    content = pl.col("detail").str.replace_all(_RULE_SIGNS, "").alias("content")
    return with_bare_documents(evidence(notes, _table_name(), content), material)


def marks(material: Material) -> pl.DataFrame:
    """A row a quotation mark or bracket that does not meet its like: ``opened``, ``closed`` and ``partner``, which
    closes the one (opens the other, where nothing opened)."""
    placed = material.placed(material.rows("marks").with_columns(raw_text="text"), "marks", "text")
    rows = evidence(placed, pl.col("text").alias("subject"), "opened", "closed", "partner")
    return with_bare_documents(rows, material)


def _notes(material: Material, *kinds: str) -> pl.DataFrame:
    return material.rows("notes").filter(pl.col("kind").is_in(kinds))


def _table_name() -> pl.Expr:
    return pl.concat_str(pl.lit("第"), "table_number", pl.lit("张表")).alias("subject")
