"""Loads the wordings (TOML files of ``samples/wording``) once and checks them. No wording stands in code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent / "wording"

SLOTS = frozenset(
    {
        "we", "name", "short", "year", "scope", "next", "last", "unit", "place", "area", "topic", "a", "b", "c",
        "N", "K", "LIST", "TOTAL", "ESTABLISHED", "ADMINISTRATIVE", "INSTITUTION", "NON_ESTABLISHED", "RETIRED",
        "APPROVED_POSTS", "WORD", "CHANGE", "TREND", "PERCENT", "BASIC", "PROJECT", "RESTATED", "MONITORED",
        "THRESHOLD", "COUNT", "LARGE", "ANNUAL", "EXECUTED", "RATE", "SCORE", "GRADE", "SAMPLE", "SATISFACTION",
    }
)  # fmt: skip
"""Every slot that a wording may use."""

_SLOT = re.compile(r"\{(\w*)\}")
_RANGE = re.compile(r"<(\d+)-(\d+)>")


class WordingError(ValueError):
    """A wording file is wrong; the message names the file and the text."""


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _check(name: str, data: dict[str, Any]) -> None:
    for text in _texts(data):
        unknown = {slot for slot in _SLOT.findall(text) if slot not in SLOTS}
        if unknown or text.count("{") != text.count("}"):
            raise WordingError(f"{name}.toml：“{text}”中的占位符有误")
        if any(int(low) > int(high) for low, high in _RANGE.findall(text)):
            raise WordingError(f"{name}.toml：“{text}”中的取值范围有误")


@cache
def wording(name: str) -> dict[str, Any]:
    """The wordings of ``<name>.toml``; raises :class:`WordingError` for an unknown slot or a reversed range."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    _check(name, data)
    return data


def ranges(text: str, draw: Random) -> str:
    """The text with each ``<low-high>`` replaced by a whole number from ``draw.randint(low, high)``."""
    return _RANGE.sub(lambda found: str(draw.randint(int(found[1]), int(found[2]))), text)
