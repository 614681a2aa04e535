"""What every match of a regular expression has in common: the characters it may begin and end with, the words it must
hold.

Speed only: a search can skip to these, or spare itself where they are missing. Expressions with parts other than
literals, classes, groups, look-arounds and quantifiers are not understood, and nothing is known of them. Flags are not
looked at: patterns that ignore case do not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

_QUANTIFIER = re.compile(r"(?:(?P<sign>[*?+])|\{(?=[\d,])(?P<least>\d*),?\d*\})[?+]?")
_HEADER = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)")
_AROUND = re.compile(r"\(\?<?[=!]")
_CLASS = re.compile(r"\[(?P<inverted>\^?)(?P<content>\]?(?:\\.|[^\]\\])*)\]")
_EDGE = re.compile(r"^-|(?<!\\)-$")
_LISTED = re.compile(r"[^\\\-]+")
_ANY = ""  # among first characters: any character
_MOST_TEXTS = 64
_NOTHING = frozenset(("",))
_PLANES = 2 << 16
"""Characters of the first two planes of Unicode, all digits among them."""

Words = frozenset[str]


class _UnknownPartError(Exception):
    """The expression has a part that is not understood."""


class _Shape(NamedTuple):
    """``first``, ``last``: pieces of a character class that a match may begin and end with; ``is_empty``: it may
    match nothing; ``texts``: all that it matches, None when these are too many; ``needed``: of each set one word is in
    any match."""

    first: Words
    last: Words
    is_empty: bool
    texts: Words | None
    needed: tuple[Words, ...]


_OTHER = _Shape(frozenset((_ANY,)), frozenset((_ANY,)), False, None, ())
_UNKNOWN = _Shape(frozenset((_ANY,)), frozenset((_ANY,)), True, None, ())
_POSITION = _Shape(frozenset(), frozenset(), True, _NOTHING, ())


@cache
def first_characters(pattern: str) -> Words:
    """Pieces of a character class that holds every character with which a match of the pattern may begin. Empty when
    that is any character, or the pattern may match nothing, or is not understood."""
    shape = _shape(pattern)
    return frozenset() if shape.is_empty or _ANY in shape.first else shape.first


@cache
def last_characters(pattern: str) -> Words:
    """The same of the characters with which a match may end."""
    shape = _shape(pattern)
    return frozenset() if shape.is_empty or _ANY in shape.last else shape.last


def one_of(pieces: Words) -> re.Pattern[str]:
    """Any character of the pieces; a hyphen at the edge of one makes no range with its neighbour."""
    return re.compile(f"[{''.join(_EDGE.sub(re.escape('-'), piece) for piece in sorted(pieces))}]")


@cache
def characters_of(pieces: Words) -> frozenset[str]:
    """The characters of the pieces, each by itself, up to U+1FFFF."""
    return frozenset(one_of(pieces).findall(_characters()))


@cache
def _characters() -> str:
    return "".join(map(chr, range(_PLANES)))


@cache
def needed_words(pattern: str) -> tuple[Words, ...]:
    """Sets of words of which any match of the pattern holds one each, those that tell most first; empty when no such
    words are known."""
    return tuple(sorted(_shape(pattern).needed, key=_promise))


def _promise(words: Words) -> tuple[int, int]:
    """Long words are rare, and few of them are looked for quickly."""
    return -min(map(len, words)), len(words)


def _shape(pattern: str) -> _Shape:
    try:
        shape, at = _alternatives(pattern, 0)
    except _UnknownPartError:
        at = -1
    return shape if at == len(pattern) else _UNKNOWN


def _alternatives(pattern: str, at: int) -> tuple[_Shape, int]:
    """The shape of what stands at ``at``, and the offset behind it."""
    branches: list[_Shape] = []
    while True:
        branch, at = _sequence(pattern, at)
        branches.append(branch)
        if pattern[at : at + 1] != "|":
            return _any_of(branches), at
        at += 1


def _any_of(branches: list[_Shape]) -> _Shape:
    if len(branches) == 1:
        return branches[0]
    texts = [branch.texts for branch in branches]
    needed = [min(branch.needed, key=_promise, default=_NOTHING) for branch in branches]
    return _Shape(
        frozenset().union(*(branch.first for branch in branches)),
        frozenset().union(*(branch.last for branch in branches)),
        any(branch.is_empty for branch in branches),
        None if None in texts else _few(word for words in texts for word in words or ()),
        () if _NOTHING in needed else (_shortest(word for words in needed for word in words),),
    )


def _sequence(pattern: str, at: int) -> tuple[_Shape, int]:
    first: Words = frozenset()
    last: Words = frozenset()
    is_open, is_listed = True, True
    run: Words = _NOTHING  # what the last parts match together
    needed: list[Words] = []
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _part(pattern, at)
        if is_open:
            first |= part.first
            is_open = part.is_empty
        last = part.last | last if part.is_empty else part.last
        joined = None if part.texts is None else _few(before + text for before in run for text in part.texts)
        if joined is None:
            needed += [run, *part.needed]
            is_listed, joined = False, _NOTHING
        run = joined
    needed = [_shortest(words) for words in (*needed, run) if "" not in words]
    return _Shape(first, last, is_open, run if is_listed else None, tuple(needed)), at


def _part(pattern: str, at: int) -> tuple[_Shape, int]:
    """An atom with its quantifier."""
    atom, at = _atom(pattern, at)
    quantifier = _QUANTIFIER.match(pattern, at)
    if quantifier is None:
        return atom, at
    at = quantifier.end()
    can_be_left_out = quantifier["sign"] in ("*", "?") or (not quantifier["sign"] and not int(quantifier["least"] or 0))
    if not can_be_left_out:
        return atom._replace(texts=None), at
    texts = atom.texts | _NOTHING if atom.texts is not None and quantifier["sign"] == "?" else None
    return _Shape(atom.first, atom.last, True, texts, ()), at


def _atom(pattern: str, at: int) -> tuple[_Shape, int]:
    around = _AROUND.match(pattern, at)
    header = around or _HEADER.match(pattern, at)
    if header:
        inner, at = _alternatives(pattern, header.end())
        return _POSITION if around else inner, at + 1
    one = _CLASS.match(pattern, at)
    if one:
        return _of_class(one), one.end()
    character = pattern[at]
    if character == "\\":
        return _escaped(pattern[at : at + 2]), at + 2
    if character in "([":
        raise _UnknownPartError
    if character in "^$":
        return _POSITION, at + 1
    return _OTHER if character == "." else _literal(character), at + 1


def _of_class(one: re.Match[str]) -> _Shape:
    if one["inverted"]:
        return _OTHER
    texts = _few(one["content"]) if _LISTED.fullmatch(one["content"]) else None
    content = frozenset((one["content"],))
    return _Shape(content, content, False, texts, () if texts is None else (texts,))


def _escaped(pair: str) -> _Shape:
    if pair[1:] in ("b", "B", "A", "Z"):
        return _POSITION
    if pair[1:].isdigit():  # what a group has matched
        raise _UnknownPartError
    if not pair[1:].isalpha():
        return _literal(pair[1:])
    return _Shape(frozenset((pair,)), frozenset((pair,)), False, None, ())


def _literal(character: str) -> _Shape:
    escaped, plain = frozenset((re.escape(character),)), frozenset((character,))
    return _Shape(escaped, escaped, False, plain, (plain,))


def _few(texts: Iterable[str]) -> Words | None:
    found = frozenset(texts)
    return found if len(found) <= _MOST_TEXTS else None


def _shortest(words: Iterable[str]) -> Words:
    """The words without those that hold another."""
    found = frozenset(words)
    return frozenset(word for word in found if not any(other in word for other in found if other != word))
