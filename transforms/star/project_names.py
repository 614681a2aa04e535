"""When are two project names near each other? Pure string work on names; evidence and decisions are elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from transforms.language.lexicon import load_data
from transforms.language.text import normalise

NEAR = 0.85
"""Similarity from which two names count as near-same."""
SHORTEST = 4
"""A name shorter than this says too little to be found inside another."""

_SUFFIX = re.compile(r"^(?P<base>.+?)\((?P<suffix>[^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Abbreviations (longest first) and words whose absence changes nothing."""

    abbreviations: tuple[tuple[str, str], ...]
    dropped_words: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The room's word list."""
    content = load_data("project_names")
    pairs = sorted(content["abbreviations"].items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return Lexicon(tuple(pairs), tuple(content["dropped_words"]))


def matching_name(name: str) -> str:
    """The name for exact comparison: widths and blanks unified, nothing stripped."""
    return normalise(name)


def stem(name: str) -> str:
    """The matching name with short forms written out and empty words dropped; brackets stay."""
    result = matching_name(name)
    for short, full in lexicon().abbreviations:
        if full not in result:
            result = result.replace(short, full)
    for word in lexicon().dropped_words:
        shorter = result.replace(word, "")
        result = shorter if len(shorter) >= SHORTEST else result
    return result


def fronted(stem_: str) -> str:
    """A bracket suffix moved to the front: 经费(宣传) and 宣传经费 then read alike."""
    match = _SUFFIX.match(stem_)
    return match["suffix"] + match["base"] if match else stem_


def are_near(left: str, right: str) -> bool:
    """Whether two stems are near-same. Different bracket suffixes always keep two projects apart."""
    left_parts, right_parts = _SUFFIX.match(left), _SUFFIX.match(right)
    if left_parts and right_parts:
        return left_parts["suffix"] == right_parts["suffix"] and are_near(left_parts["base"], right_parts["base"])
    if fronted(left) == fronted(right):
        return True
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= SHORTEST and shorter in longer:
        return True
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= NEAR
