"""Finding matches of large patterns quickly: only where a character stands with which a match may begin.

Speed only: what is found is what ``re.finditer`` finds, empty matches left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_QUANTIFIER = re.compile(r"(?P<none>[*?]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")
_HEADER = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)")
_AROUND = re.compile(r"\(\?<?[=!]")
_ANY = ""  # among first characters: any character


class Scanner:
    """A pattern searched for by the characters with which its matches may begin."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        first = first_characters(pattern)
        self._first = re.compile(f"[{''.join(sorted(first))}]") if first else None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in ``text[start:end]``, left to right, not overlapping, none of them empty."""
        stop = len(text) if end is None else end
        if self._first is None:
            yield from (match for match in self.pattern.finditer(text, start, stop) if match[0])
            return
        begin = self._first.search(text, start, stop)
        while begin:
            match = self.pattern.match(text, begin.start(), stop)
            position = begin.start() + 1
            if match and match[0]:
                yield match
                position = match.end()
            begin = self._first.search(text, position, stop)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in ``text[start:end]``, or None."""
        return next(self.finditer(text, start, end), None)


def first_characters(pattern: str) -> set[str]:
    """Pieces of a character class that holds every character with which a match of the pattern may begin. Empty when
    that is any character, or the pattern may match nothing, or has parts other than literals, classes and groups."""
    first, is_empty, _ = _alternatives(pattern, 0)
    return set() if is_empty or _ANY in first else first


def _alternatives(pattern: str, at: int) -> tuple[set[str], bool, int]:
    """First characters, whether it may match nothing, and the offset behind it."""
    first: set[str] = set()
    can_be_empty = False
    while True:
        own, is_empty, at = _sequence(pattern, at)
        first |= own
        can_be_empty |= is_empty
        if pattern[at : at + 1] != "|":
            return first, can_be_empty, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[set[str], bool, int]:
    first: set[str] = set()
    is_open = True
    while at < len(pattern) and pattern[at] not in "|)":
        own, is_empty, at = _atom(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier:
            is_empty |= quantifier["none"] is not None
            at = quantifier.end() + (pattern[quantifier.end() : quantifier.end() + 1] == "?")
        if is_open:
            first |= own
            is_open = is_empty
    return first, is_open, at


def _atom(pattern: str, at: int) -> tuple[set[str], bool, int]:
    around = _AROUND.match(pattern, at)
    header = around or _HEADER.match(pattern, at)
    if header:
        first, is_empty, stop = _alternatives(pattern, header.end())
        return (set(), True, stop + 1) if around else (first, is_empty, stop + 1)
    character = pattern[at]
    if character == "[":
        stop = pattern.index("]", at + 2)
        if pattern[at + 1] == "^" or pattern[stop - 1] == "\\":
            return {_ANY}, False, stop + 1
        return {pattern[at + 1 : stop]}, False, stop + 1
    if character == "\\":
        return ({pattern[at : at + 2]}, False, at + 2) if pattern[at + 1] not in "bBAZ" else (set(), True, at + 2)
    if character in "^$":
        return set(), True, at + 1
    if character in ".(":
        return {_ANY}, False, at + 1
    return {re.escape(character)}, False, at + 1
