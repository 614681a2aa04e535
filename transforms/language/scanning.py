"""Finding matches of large patterns quickly: only where a character stands with which a match may begin.

Speed only: what is found is what ``re.finditer`` finds, empty matches left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.language.expressions import first_characters


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
