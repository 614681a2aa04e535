"""The normalised copy that everything matches on, and the way back from it to the raw text.

Characters only: no words, no numbers, no document structure belong here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from transforms.language.lexicons import read_toml

_SEAM = "\x7f"  # between texts normalised together
_ODD = re.compile("[^\\x20-\\x7f\u4e00-\u9fff。、“”‘’《》①-⑳…—·]")
_ODD_RUN = re.compile(f"{_ODD.pattern}{_ODD.pattern}*")  # begins with one class, to which the search can skip
# Begins with a plain blank, which the regex engine can skip to; long runs of blanks are passed over once.
_LOOSE_BLANKS = re.compile(r" (?: *+(?![A-Za-z0-9])|(?<![A-Za-z0-9%., ] ) *+| *(?= ))")


class _Characters(NamedTuple):
    all: dict[int, str | None]
    zero_width: frozenset[str]


def normalise(raw: str) -> str:
    """The matching copy of ``raw``, on one line.

    Full-width ASCII becomes half-width, Kangxi radicals and compatibility ideographs become the usual ones,
    variant punctuation is unified; 。、“”《》 and ①② stay. Line breaks count as blanks. Blanks vanish, except
    a single one between Latin words or digits (24 957.99, A B). Apart from vanished blanks each character
    stands for one of ``raw``.
    """
    if raw.isascii() and raw.isprintable() and " " not in raw:
        return raw
    text = _mapped(raw)
    return _LOOSE_BLANKS.sub("", text) if " " in text else text


def normalise_all(raws: list[str]) -> list[str]:
    """``normalise`` of each of many short texts, in one go."""
    joined = _SEAM.join(raws)
    if joined.count(_SEAM) != len(raws) - 1:
        return [normalise(raw) for raw in raws]
    return normalise(joined).split(_SEAM)


def _mapped(raw: str) -> str:
    """Each character replaced by its usual form, zero-width ones gone. The commonest are replaced first: mostly no
    other is left to look up."""
    variant = _ODD.search(raw)
    if variant is None:
        return raw
    raw = raw.replace("，", ",").replace("；", ";").replace("：", ":").replace("（", "(").replace("）", ")")
    raw = raw.replace("\n", " ")
    return _ODD_RUN.sub(_translated, raw)


def _translated(run: re.Match[str]) -> str:
    return run[0].translate(_characters().all)


def raw_offsets(raw: str) -> list[int]:
    """For each character of ``normalise(raw)`` the offset in ``raw`` that it comes from."""
    zero_width = _characters().zero_width
    kept: Sequence[int] = range(len(raw))
    if not zero_width.isdisjoint(raw):
        kept = [offset for offset, character in enumerate(raw) if character not in zero_width]
    offsets: list[int] = []
    start = 0
    for blanks in _LOOSE_BLANKS.finditer(_mapped(raw)):
        offsets += kept[start : blanks.start()]
        start = blanks.end()
    offsets += kept[start:]
    return offsets


def raw_span(raw: str, start: int, end: int) -> str:
    """The slice of ``raw`` that ``normalise(raw)[start:end]`` comes from; "" for an empty span."""
    if start >= end:
        return ""
    offsets = raw_offsets(raw)
    return raw[offsets[start] : offsets[min(end, len(offsets)) - 1] + 1]


@cache
def _characters() -> _Characters:
    data = read_toml("characters")
    table: dict[int, str | None] = {}
    for first, last in data["compatible"]:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[code] = plain
    for pair in data["replace"]:
        table |= {ord(variant): plain for variant, plain in zip(pair["from"], pair["to"], strict=True)}
    table |= {ord(blank): " " for blank in data["blank"]}
    table |= {ord(mark): None for mark in data["zero_width"]}
    return _Characters(table, frozenset(data["zero_width"]))
