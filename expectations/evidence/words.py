"""Evidence on words that tell by themselves: other years, dates, required parts, misspellings, personal numbers (C03,
C05, C06, C51, C52)."""

from __future__ import annotations

import polars as pl

from expectations.evidence.material import Material, evidence, with_bare_documents


def other_years(material: Material) -> pl.DataFrame:
    """A row a fiscal year that the text names besides its own: ``observed``, ``stated`` the report's own."""
    rows = evidence(
        signs(material, "year"),
        pl.col("text").alias("subject"),
        pl.col("value").cast(pl.Int32).alias("observed"),
        pl.col("fiscal_year").cast(pl.Int32).alias("stated"),
    )
    return with_bare_documents(rows, material)


def report_dates(material: Material) -> pl.DataFrame:
    """A row a date that the report bears: ``earliest`` and ``latest`` day that it can mean (a month alone: its first
    and last), ``year_end`` of the fiscal year and ``deadline`` of submission."""
    years = material.star["core.dim_fiscal_year"].select(
        "fiscal_year", year_end="ends_on", deadline="submission_deadline"
    )
    dated = signs(material, "report_date").join(years, on="fiscal_year", how="left", maintain_order="left")
    is_month = pl.col("value").str.len_chars() == len("2022-03")
    first = pl.when(is_month).then(pl.col("value") + "-01").otherwise("value").str.to_date("%Y-%m-%d", strict=False)
    return evidence(
        dated.with_columns(earliest=first).filter(pl.col("earliest").is_not_null()),
        pl.col("text").alias("subject"),
        "earliest",
        pl.when(is_month).then(pl.col("earliest").dt.month_end()).otherwise("earliest").alias("latest"),
        "year_end",
        "deadline",
    )


def parts(material: Material) -> pl.DataFrame:
    """A row a submission: ``present``, the signs of all parts that it has (section:…, figure:…, word:…, rows:…,
    document:…), and ``repeated``, the sections that two headings of the first level both are."""
    found = pl.concat(
        [
            _present("section:", _sections(material)),
            _present("figure:", material.rows("figures").select("submission_key", value="name")),
            _present("word:", material.rows("signs").select("submission_key", value="kind")),
            _present("document:", material.rows("documents").select("submission_key", value="kind")),
            *(
                _present("rows:", material.rows(group).select("submission_key", value=pl.lit(group)))
                for group in _GROUPS
            ),
        ]
    )
    present = found.group_by("submission_key").agg(present=pl.col("sign").unique().sort())
    repeated = _repeated(material).group_by("submission_key").agg(repeated=pl.col("sign").unique().sort())
    titles = material.submissions.with_columns(line=pl.col("title_line").fill_null(1), raw_text="title")
    counted = titles.join(present, on="submission_key", how="left", maintain_order="left").join(
        repeated, on="submission_key", how="left", maintain_order="left"
    )
    nothing = pl.lit([], dtype=pl.List(pl.String))
    return evidence(
        counted,
        pl.col("title").alias("subject"),
        pl.col("present").fill_null(nothing),
        pl.col("repeated").fill_null(nothing),
    )


_GROUPS = ("goals", "problems", "measures", "achievements", "units", "projects")


def _sections(material: Material) -> pl.DataFrame:
    headings = material.rows("headings").select("submission_key", value=pl.col("section").str.split("+"))
    return headings.explode("value").drop_nulls()


def _repeated(material: Material) -> pl.DataFrame:
    top = material.rows("headings").filter((pl.col("level") == 1) & pl.col("section").is_not_null())
    counts = top.group_by("submission_key", "document_key", "section").len()
    repeated = counts.filter(pl.col("len") > 1)
    return repeated.select("submission_key", sign=pl.concat_str(pl.lit("section:"), "section"))


def _present(prefix: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.unique().select("submission_key", sign=pl.concat_str(pl.lit(prefix), "value"))


def misspellings(material: Material) -> pl.DataFrame:
    """A row a word that the lexicon of misspellings holds: ``printed`` and the ``correct`` one."""
    rows = evidence(
        signs(material, "misspelling").with_columns(raw_text="sentence"),
        pl.col("text").alias("subject"),
        pl.col("text").alias("printed"),
        pl.col("value").alias("correct"),
    )
    return with_bare_documents(rows, material)


def personal_numbers(material: Material) -> pl.DataFrame:
    """A row a number of a person, masked: ``printed``, and ``what`` it is."""
    rows = evidence(
        signs(material, "personal"),
        pl.col("value").alias("subject"),
        pl.col("text").alias("printed"),
        pl.col("value").alias("what"),
    )
    return with_bare_documents(rows, material)


def signs(material: Material, *kinds: str) -> pl.DataFrame:
    """The signs of these kinds, placed."""
    rows = material.rows("signs").filter(pl.col("kind").is_in(kinds)).with_columns(raw_text="text")
    return material.placed(rows, "signs", "text")
