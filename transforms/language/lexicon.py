"""Lexicons: groups of terms kept in data files, checked and normalised when they load, cached.

Finding which group a text speaks of belongs here; what a group means belongs to whoever asks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import groupby
from typing import Any, NamedTuple

from transforms.language.lexicons import read_toml
from transforms.language.text import normalise


class LexiconError(Exception):
    """A data file breaks its schema. The message is Chinese and names file and entry."""


class Hit(NamedTuple):
    """A term found in a normalised text, with its group and offsets."""

    group: str
    term: str
    start: int
    end: int


class Lexicon:
    """Groups of normalised terms; a term belongs to one group, and where terms overlap the longest wins."""

    def __init__(self, name: str, groups: dict[str, tuple[str, ...]]) -> None:
        self.name = name
        self.groups = groups
        self._group_of = {term: group for group, terms in groups.items() for term in terms}
        self._longest = max(map(len, self._group_of), default=0)
        self._first_characters = frozenset(term[0] for term in self._group_of)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return _any_of(self._group_of)

    @cached_property
    def _starting_with(self) -> dict[str, re.Pattern[str]]:
        """First character -> the terms that begin with it: few to try."""
        return {first: _any_of(terms) for first, terms in groupby(sorted(self._group_of), lambda term: term[0])}

    def group_of(self, text: str) -> str | None:
        """The group that holds exactly the normalised ``text``, or None."""
        return self._group_of.get(text)

    def find(self, text: str) -> Hit | None:
        """The first term standing in the normalised ``text`` (of several at one place the longest), or
        None."""
        return self._hit(self._any.search(text))

    def find_all(self, text: str) -> list[Hit]:
        """All terms in the normalised ``text``, left to right, not overlapping."""
        return [
            Hit(self._group_of[match[0]], match[0], match.start(), match.end()) for match in self._any.finditer(text)
        ]

    def coverage(self, text: str) -> int:
        """How many characters of the normalised ``text`` terms cover, taken left to right, the longest first."""
        covered = start = 0
        while start < len(text):
            length = self._length_at(text, start)
            covered += length
            start += length or 1
        return covered

    def composes(self, text: str) -> bool:
        """Whether the normalised ``text`` is nothing but terms, taken left to right, the longest first."""
        start = 0
        while start < len(text):
            length = self._length_at(text, start)
            if not length:
                return False
            start += length
        return bool(text)

    def _length_at(self, text: str, start: int) -> int:
        if text[start] not in self._first_characters:
            return 0
        for end in range(min(start + self._longest, len(text)), start, -1):
            if text[start:end] in self._group_of:
                return end - start
        return 0

    def at(self, text: str, offset: int) -> str | None:
        """The longest term that starts at ``offset`` of the normalised ``text``, or None."""
        terms = self._starting_with.get(text[offset]) if offset < len(text) else None
        match = terms.match(text, offset) if terms else None
        return match[0] if match else None

    def _hit(self, match: re.Match[str] | None) -> Hit | None:
        return match and Hit(self._group_of[match[0]], match[0], match.start(), match.end())


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of the terms, of several the longest."""
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


@cache
def load_lexicon(name: str, table: str = "groups") -> Lexicon:
    """The lexicon in ``lexicons/<name>.toml``: its table ``table`` maps a group to its terms, an array or one
    text with terms between blanks. Raises LexiconError when a group is empty or a term stands in two
    groups."""
    data = load_data(name).get(table)
    if not isinstance(data, dict) or not data:
        raise LexiconError(f"词表 {name}.toml 缺少 [{table}]")
    groups = {group: _terms(name, group, entry) for group, entry in data.items()}
    owner: dict[str, str] = {}
    for group, terms in groups.items():
        for term in terms:
            if owner.setdefault(term, group) != group:
                raise LexiconError(f"词表 {name}.toml 中“{term}”同时列入 {owner[term]} 和 {group}")
    return Lexicon(name, groups)


@cache
def load_data(name: str) -> dict[str, Any]:
    """The tables of ``lexicons/<name>.toml``; LexiconError when the file is absent or not TOML."""
    try:
        return read_toml(name)
    except FileNotFoundError as error:
        raise LexiconError(f"缺少词表 {name}.toml") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"词表 {name}.toml 格式有误：{error}") from error


def _terms(name: str, group: str, entry: object) -> tuple[str, ...]:
    words = entry.split() if isinstance(entry, str) else entry
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise LexiconError(f"词表 {name}.toml 的 {group} 应是词的列表，且不能为空")
    terms = tuple(dict.fromkeys(normalise(word) for word in words))
    if "" in terms:
        raise LexiconError(f"词表 {name}.toml 的 {group} 中有空词")
    return terms
