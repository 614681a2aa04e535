"""What the names of indicators and grades tell, by the words of indicator_names.toml. Nothing is judged here."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import polars as pl

from transforms.facts.forms.indicators import indicator_kinds
from transforms.language.lexicon import LexiconError, load_data
from transforms.language.tables import patterns, word_lists

_FILE = "indicator_names"
_COST = "cost"


class Meaning(NamedTuple):
    """What names that match ``pattern`` speak of, and the kinds of indicators under which they may stand."""

    name: str
    pattern: str
    kinds: tuple[str, ...]


def nature() -> pl.Expr:
    """``cost``, ``less`` (the less the better) or null, of indicators with ``name``, ``indicator_kind`` and
    ``target_text``: a name that speaks of savings or of being in time is neither, nor a target that is a fall."""
    names = ("saving", "cost", "less", "fall")
    natures = {key: pattern.pattern for key, pattern in patterns(_FILE, "natures", names).items()}
    costs = [kind for kind, upper in uppers().items() if upper == _COST]
    name = _bare("name")
    return (
        pl.when(name.str.contains(natures["saving"]) | pl.col("target_text").str.contains(natures["fall"]))
        .then(None)
        .when(pl.col("indicator_kind").is_in(costs) | name.str.contains(natures["cost"]))
        .then(pl.lit(_COST))
        .when(name.str.contains(natures["less"]))
        .then(pl.lit("less"))
    )


def meant(what: str) -> pl.Expr:
    """What the ``name`` of an indicator speaks of: the first meaning that it matches, null for none. ``what``:
    name (in Chinese) or kinds (a list of those under which it may stand)."""
    found = [
        pl.when(_bare("name").str.contains(meaning.pattern)).then(pl.lit(getattr(meaning, what)))
        for meaning in meanings()
    ]
    return pl.coalesce(found)


@cache
def meanings() -> tuple[Meaning, ...]:
    """The meanings, in their order. Raises LexiconError for an entry without name, pattern or known kinds."""
    found = []
    for entry in load_data(_FILE).get("meanings", []):
        kinds = tuple(entry.get("kinds", "").split())
        if not entry.get("name") or not entry.get("pattern") or not kinds or not uppers().keys() >= set(kinds):
            raise LexiconError(f"词表 {_FILE}.toml 的 [[meanings]] 须写明 name、pattern 和已有的 kinds：{entry}")
        found.append(Meaning(entry["name"], entry["pattern"], kinds))
    return tuple(found)


@cache
def uppers() -> dict[str, str]:
    """Kind of indicator -> the upper kind that it belongs to, itself where it has none."""
    return {str(one["indicator_kind"]): str(one["parent"] or one["indicator_kind"]) for one in indicator_kinds()}


@cache
def kind_titles() -> dict[str, str]:
    """Kind of indicator -> its Chinese name."""
    return {str(one["indicator_kind"]): str(one["name"]) for one in indicator_kinds()}


@cache
def grades() -> dict[str, str]:
    """Printed word -> grade (优 良 中 差)."""
    return {word: grade for grade, words in word_lists(_FILE, "grades").items() for word in words}


def _bare(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"\s", "")
