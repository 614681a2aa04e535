"""Which headings, labels and words of the source feed which column of the warehouse: for the data dictionary.

Reads nothing of a document; what a heading means is decided where documents are read, by the same lexicons.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from transforms.language.lexicon import LexiconError, load_lexicon
from transforms.language.tables import word_lists


@cache
def raw_headings() -> Mapping[str, tuple[str, ...]]:
    """``schema.table.column`` -> headings as the readers know them (normalised: half-width, no blanks), the closest
    first. Columns that are computed, or whose place says what they are, have none. LexiconError when the file names a
    group that is not there."""
    found = {column: _terms(groups) for column, groups in word_lists("headings", "lexicon").items()}
    return found | word_lists("headings", "words") | word_lists("headings", "sections")


def _terms(groups: tuple[str, ...]) -> tuple[str, ...]:
    terms: list[str] = []
    for path in groups:
        name, table, group = path.split(".")
        try:
            terms += load_lexicon(name, table).groups[group]
        except KeyError as error:
            raise LexiconError(f"词表 headings.toml 指向 {name}.toml 中没有的组 {table}.{group}") from error
    return tuple(dict.fromkeys(terms))
