"""HTML tables written out in a Markdown or plain text, rewritten as TAB-separated lines with spans resolved.

Whole HTML documents are another reader's business.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from transforms.documents.lines import Line

_OPEN = re.compile(r"<table\b", re.I)
_CLOSE = re.compile(r"</table\s*>", re.I)
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)\b(?P<attributes>[^<>]{0,1000})>", re.I)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,5})", re.I)
_BLANKS = re.compile(r"\s+")
_MOST_SPANNED = 100
_MOST_LINES = 20_000
_MOST_CELLS = 200_000  # beyond, spans are no longer honoured


def expand_html_tables(lines: list[Line]) -> list[Line]:
    """The lines with each ``<table>`` ... ``</table>`` replaced by one line a row: its cells, TAB-separated, HTML
    inside cells kept; the row's line number is that of its first cell."""
    if not any("<" in line.raw and _OPEN.search(line.raw) for line in lines):
        return lines
    expanded: list[Line] = []
    region: list[Line] = []
    for line in lines:
        if region or _OPEN.search(line.raw):
            region.append(line)
            is_closed = _CLOSE.search(line.raw) is not None
            if is_closed or len(region) >= _MOST_LINES:
                expanded += _expanded(region) if is_closed else region
                region = []
        else:
            expanded.append(line)
    return expanded + region


def _expanded(region: list[Line]) -> list[Line]:
    text = "\n".join(line.raw for line in region)
    opened = _OPEN.search(text)
    closed = list(_CLOSE.finditer(text))[-1]
    if opened is None:
        return region
    first, last = region[0], region[-1]
    before, after = text[: opened.start()], text[closed.end() :]
    rows = _rows(text, _offsets(region), region)
    return [
        *([first._replace(raw=before)] if before.strip() else []),
        *rows,
        *([last._replace(raw=after, is_break=False)] if after.strip() else []),
    ]


def _offsets(region: list[Line]) -> list[int]:
    offsets, at = [], 0
    for line in region:
        offsets.append(at)
        at += len(line.raw) + 1
    return offsets


def _rows(text: str, offsets: list[int], region: list[Line]) -> list[Line]:
    grid: list[tuple[int, list[str]]] = []
    carried: dict[int, tuple[int, str]] = {}
    total = 0
    for start, cells in _raw_rows(text):
        if total > _MOST_CELLS:
            cells, carried = [(content, 1, 1) for content, _, _ in cells], {}
        grid.append((start, _resolved(cells, carried)))
        total += len(grid[-1][1])
    return [region[bisect_right(offsets, start) - 1]._replace(raw="\t".join(cells)) for start, cells in grid]


def _raw_rows(text: str) -> list[tuple[int, list[tuple[str, int, int]]]]:
    """(offset, cells) of each row of the outermost table; a cell is (content, rowspan, colspan)."""
    rows: list[tuple[int, list[tuple[str, int, int]]]] = []
    depth, cell_start, spans = 0, -1, ""
    for token in _TOKEN.finditer(text):
        name, is_close = token["name"].lower(), bool(token["close"])
        if name == "table":
            depth += -1 if is_close else 1
        if depth > 1 or (depth == 1 and name == "table" and cell_start >= 0):
            continue
        if cell_start >= 0:
            rows[-1][1].append((_content(text[cell_start : token.start()]), *_spans(spans)))
            cell_start = -1
        if name == "tr" and not is_close:
            rows.append((token.start(), []))
        elif name in ("td", "th") and not is_close:
            if not rows:
                rows.append((token.start(), []))
            cell_start, spans = token.end(), token["attributes"]
    return [row for row in rows if row[1]]


def _content(raw: str) -> str:
    return _BLANKS.sub(" ", raw).strip()


def _spans(attributes: str) -> tuple[int, int]:
    spans = {name.lower(): max(1, min(int(count), _MOST_SPANNED)) for name, count in _SPAN.findall(attributes)}
    return spans.get("row", 1), spans.get("col", 1)


def _resolved(cells: list[tuple[str, int, int]], carried: dict[int, tuple[int, str]]) -> list[str]:
    """The row with cells carried down from above put in; ``carried`` is updated for the rows below."""
    resolved: list[str] = []
    waiting = list(cells)
    while waiting or len(resolved) in carried:
        column = len(resolved)
        if column in carried:
            left, content = carried.pop(column)
            resolved.append(content)
            if left > 1:
                carried[column] = (left - 1, content)
            continue
        content, down, across = waiting.pop(0)
        for offset in range(across):
            if down > 1:
                carried[column + offset] = (down - 1, content)
            resolved.append(content)
    return resolved
