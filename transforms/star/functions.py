"""Function classes (类) of 政府收支分类, and which one a project's name suggests. A suggestion is never official."""

from __future__ import annotations

import polars as pl

from transforms.language.lexicon import load_data


def function_classes() -> list[dict[str, str]]:
    """The classes (类) of 政府收支分类: function_code, name."""
    return _entries("classes")


def function_keywords() -> list[dict[str, str]]:
    """Words in a project's name and the class that each suggests: word, function_code; the first match wins."""
    return _entries("keywords")


def _entries(name: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = load_data("functions")[name]
    return entries


def suggested_function(name: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """function_code and function_basis that a normalised project name suggests; both null when it suggests none."""
    word = pl.coalesce(
        *(
            pl.when(name.str.contains(entry["word"], literal=True)).then(pl.lit(entry["word"]))
            for entry in function_keywords()
        ),
        pl.lit(None, dtype=pl.String),
    )
    codes = {entry["word"]: entry["function_code"] for entry in function_keywords()}
    code = word.replace_strict(codes, default=None, return_dtype=pl.String)
    basis = pl.when(word.is_not_null()).then(pl.lit("名称含“") + word + pl.lit("”"))
    return code, basis
