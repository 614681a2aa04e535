"""What a heading is about: the section meanings of ``sections.toml``, looked up in the words of a heading.

Where sections begin and end is the outline's business.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.language.expressions import needed_words
from transforms.language.lexicon import LexiconError, load_data
from transforms.language.scanning import Scanner, WordFinder


class SectionKind(NamedTuple):
    """A meaning of the lexicon. ``is_part``: usually a first-level part. ``is_closed``: headings inside it are its
    items and keep its meaning."""

    name: str
    words: Scanner
    is_part: bool
    is_closed: bool


class Meaning(NamedTuple):
    """What a heading speaks of: the names of its meanings, best first; ``is_whole`` when nothing but filler words is
    left over."""

    names: tuple[str, ...]
    is_whole: bool


UNKNOWN = Meaning((), False)


@cache
def section_kinds() -> dict[str, SectionKind]:
    """Name -> meaning, in the lexicon's order. Raises LexiconError when the lexicon breaks its schema."""
    entries = load_data("sections").get("sections")
    if not isinstance(entries, dict) or not entries:
        raise LexiconError("词表 sections.toml 缺少 [sections]")
    return {name: _kind(name, entry) for name, entry in entries.items()}


def _kind(name: str, entry: dict[str, object]) -> SectionKind:
    patterns = entry.get("patterns")
    if not isinstance(patterns, list) or not patterns or set(entry) - {"patterns", "part", "closed"}:
        raise LexiconError(f"词表 sections.toml 的 {name} 应有 patterns，另可有 part、closed")
    try:
        words = Scanner("|".join(f"(?:{pattern})" for pattern in patterns))
    except re.error as error:
        raise LexiconError(f"词表 sections.toml 的 {name} 中有无效的表达式：{error}") from error
    return SectionKind(name, words, bool(entry.get("part")), bool(entry.get("closed")))


@cache
def _telling() -> tuple[WordFinder, list[tuple[int, SectionKind, frozenset[str]]]]:
    """Words of which whatever has a meaning holds one: most titles of items hold none, and are looked at no further;
    and each meaning with its own, empty where none are known."""
    kinds = [
        (order, kind, next(iter(needed_words(kind.words.words)), frozenset()))
        for order, kind in enumerate(section_kinds().values())
    ]
    return WordFinder(word for *_, words in kinds for word in words), kinds


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(f"(?:{load_data('sections')['filler']})+")


@lru_cache(maxsize=4096)
def meaning_of(words: str, without: frozenset[str] = frozenset()) -> Meaning:
    """The meaning of a heading's normalised words; meanings named in ``without`` are not considered."""
    finder, kinds = _telling()
    standing = finder.standing_in(words)
    matches = [
        (match.end() - match.start(), -order, match.start(), match.end(), kind.name)
        for order, kind, needed in kinds
        if not (needed and standing.isdisjoint(needed)) and kind.name not in without
        for match in kind.words.finditer(words)
    ]
    taken: list[tuple[int, int, str]] = []
    for _, _, start, end, name in sorted(matches, reverse=True):
        if all(end <= other or start >= until for other, until, _ in taken):
            taken.append((start, end, name))
    return Meaning(tuple(dict.fromkeys(name for *_, name in taken)), _is_whole(words, taken))


def _is_whole(words: str, taken: list[tuple[int, int, str]]) -> bool:
    if not taken:
        return False
    left = list(words)
    for start, end, _ in taken:
        left[start:end] = ["\n"] * (end - start)
    return all(not piece or _filler().fullmatch(piece) for piece in "".join(left).split("\n"))
