"""Marks in text: where a fact stands, carried through all printing as pairs of private-use characters.

A composed text holds marks; the writer of a medium takes them out as it prints and notes the place.
"""

from __future__ import annotations

import re

OPENING, CLOSING = 0xF0000, 0x100000
MARK = re.compile("[\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
MARKS = "[\U000f0000-\U000ffffd\U00100000-\U0010fffd]*"
"""Pattern of any run of marks, for expressions that must see through them."""
CLOSINGS = "[\U00100000-\U0010fffd]*"
"""Pattern of a run of closing marks: what belongs to the text before it."""


class Marks:
    """Hands out marks by key; the first mark of a key is the one that counts."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def mark(self, key: str, text: str) -> str:
        """The text between the marks of ``key``."""
        index = len(self.keys)
        self.keys.append(key)
        return f"{chr(OPENING + index)}{text}{chr(CLOSING + index)}"


class Places:
    """Lines on which marked texts begin and end, noted while a writer prints."""

    def __init__(self, marks: Marks) -> None:
        self._keys = marks.keys
        self._begins: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._pages: dict[str, int] = {}

    def note(self, text: str, line: int, page: int | None = None) -> str:
        """The text without its marks, which are noted to stand on ``line``, and on ``page`` where there are pages."""

        def take(found: re.Match[str]) -> str:
            code = ord(found[0])
            if code >= CLOSING:
                self._ends.setdefault(self._keys[code - CLOSING], line)
            else:
                self._begins.setdefault(self._keys[code - OPENING], line)
                if page is not None:
                    self._pages.setdefault(self._keys[code - OPENING], page)
            return ""

        return MARK.sub(take, text)

    def line(self, key: str | None) -> int | None:
        """The line on which ``key`` begins; None when it was not printed."""
        return None if key is None else self._begins.get(key)

    def page(self, key: str) -> int | None:
        """The page on which ``key`` begins; None when it was not printed, or the medium shows no pages."""
        return self._pages.get(key)

    def span(self, key: str) -> list[int] | None:
        """First and last line of ``key``; None when it was not printed."""
        if key not in self._begins:
            return None
        return [self._begins[key], self._ends.get(key, self._begins[key])]


def unmarked(text: str) -> str:
    """The text without marks."""
    return MARK.sub("", text)
