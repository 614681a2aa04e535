"""Rows of a table as cells with spans: an empty cell of a two-line header belongs to the one left of or above it."""

from __future__ import annotations

from typing import NamedTuple


class PrintedCell(NamedTuple):
    """A cell: its tag, its spans as attributes, its text."""

    tag: str
    spans: str
    text: str


def table_rows(header: list[list[str]], rows: list[list[str]]) -> list[list[PrintedCell]]:
    """The rows of a table with the header's merged cells."""
    body = [[PrintedCell("td", "", cell) for cell in row] for row in rows]
    if len(header) < 2:
        return [[PrintedCell("th", "", cell) for cell in row] for row in header] + body
    upper, lower = header
    merged: list[PrintedCell] = []
    for column, text in enumerate(upper):
        if not lower[column]:
            merged.append(PrintedCell("th", ' rowspan="2"', text))
        elif text:
            across = 1
            while column + across < len(upper) and not upper[column + across] and lower[column + across]:
                across += 1
            merged.append(PrintedCell("th", f" colspan={across}", text))
    return [merged, [PrintedCell("th", "", text) for text in lower if text], *body]
