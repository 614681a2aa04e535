"""Finding matches of large patterns quickly: only where a character stands with which a match may begin, or end.

Speed only: what is found is what ``re`` finds, empty matches left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from transforms.language.expressions import characters_of, first_characters, last_characters, needed_words, one_of

_PAIR = 2
_LAST_KNOWN = "\U0001ffff"
"""Of characters beyond this one nothing is known."""


def guarded(pattern: str) -> str:
    """The pattern with a look at the first character ahead of it, which rules most places out where it is tried."""
    first = first_characters(pattern)
    return f"(?={one_of(first).pattern})(?:{pattern})" if first else pattern


def beginning_of(pattern: str) -> re.Pattern[str]:
    """Finds the character with which a match of the pattern begins: a class, to which the regex engine can skip, and
    behind it a look from its character on. Finds what ``re`` does where first characters are not known."""
    first = first_characters(pattern)
    return re.compile(f"{one_of(first).pattern}(?<=(?={pattern})[\\s\\S])" if first else pattern)


class Scanner:
    """A pattern searched for by the characters with which its matches may begin."""

    def __init__(self, pattern: str) -> None:
        self.words = pattern
        self._is_known = bool(first_characters(pattern))
        self._beginning = beginning_of(pattern)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern by itself, tried where a match begins."""
        return re.compile(self.words)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in ``text[start:end]``, left to right, not overlapping, none of them empty."""
        stop = len(text) if end is None else end
        match = self.search(text, start, stop)
        return iter(()) if match is None else self._onward(match, text, stop)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in ``text[start:end]`` that is not empty, or None."""
        stop = len(text) if end is None else end
        if self._is_known:
            begin = self._beginning.search(text, start, stop)
            return self.pattern.match(text, begin.start(), stop) if begin else None
        return next((match for match in self._beginning.finditer(text, start, stop) if match[0]), None)

    def _onward(self, match: re.Match[str] | None, text: str, stop: int) -> Iterator[re.Match[str]]:
        """The match and those after it."""
        while match:
            yield match
            match = self.search(text, match.end(), stop)


class Beginning:
    """What a text may begin with, a pattern: looked for only where a word stands without which nothing matches."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        needed = next(iter(needed_words(pattern)), None)
        self._needed = re.compile("|".join(map(re.escape, sorted(needed)))) if needed else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning of the text, or None."""
        if self._needed is not None and not self._needed.search(text):
            return None
        return self.pattern.match(text)


class Ending:
    """Words that a text may end with, a pattern: looked for only where its last character is one that they end with."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(f"(?:{pattern})$")
        last = last_characters(pattern)
        self._last = characters_of(last | {"\n"}) if last else None

    def may_end(self, text: str, stop: int) -> bool:
        """Whether a match may end at ``stop``, as far as the character before it tells."""
        if self._last is None:
            return True
        return stop > 0 and (text[stop - 1] in self._last or text[stop - 1] > _LAST_KNOWN)

    def search(self, text: str) -> re.Match[str] | None:
        """The match that reaches to the end of the text, or None."""
        return self.pattern.search(text) if self.may_end(text, len(text)) else None

    def left_out(self, text: str) -> str:
        """The text without the match that reaches to its end."""
        return self.pattern.sub("", text) if self.may_end(text, len(text)) else text


class WordFinder:
    """Many words looked for at once: only those are looked for whose first three characters stand together."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._short = [word for word in self.words if len(word) < _PAIR]
        self._pairs = frozenset(word for word in self.words if len(word) == _PAIR)
        self._longer: dict[str, list[str]] = {}
        for word in self.words.difference(self._short, self._pairs):
            self._longer.setdefault(word[: _PAIR + 1], []).append(word)
        self._beside = [_together(heads) for heads in (self._pairs, self._longer) if heads]

    def standing_in(self, text: str) -> frozenset[str]:
        """Those of the words that the text holds."""
        beside = {head for together in self._beside for head in together.findall(text)}
        likely = [*self._short, *(word for head in self._longer.keys() & beside for word in self._longer[head])]
        return self._pairs.intersection(beside).union(filter(text.__contains__, likely))


def _together(heads: Collection[str]) -> re.Pattern[str]:
    """Finds the last character of each of the heads, and more; its group is what stands there."""
    *before, last = [one_of(frozenset(map(re.escape, characters))).pattern for characters in zip(*heads, strict=True)]
    return re.compile(rf"{last}(?<=({''.join(before)}[\s\S]))")
