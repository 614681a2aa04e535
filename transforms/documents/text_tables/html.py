"""HTML tables written out in a Markdown or plain text, rewritten as TAB-separated lines with spans resolved.

Whole HTML documents are another reader's business.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from transforms.documents.lines import Line
from transforms.documents.tables.spans import Spanned, grid_of

_OPEN = re.compile(r"<table\b", re.I)
_CLOSE = re.compile(r"</table\s*>", re.I)
_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>table|tr|td|th)\b(?P<attributes>[^<>]{0,1000})>", re.I)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d{1,5})", re.I)
_BLANKS = re.compile(r"\s+")
_MOST_LINES = 20_000


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
        *([replace(first, raw=before)] if before.strip() else []),
        *rows,
        *([replace(last, raw=after, is_break=False)] if after.strip() else []),
    ]


def _offsets(region: list[Line]) -> list[int]:
    offsets, at = [], 0
    for line in region:
        offsets.append(at)
        at += len(line.raw) + 1
    return offsets


def _rows(text: str, offsets: list[int], region: list[Line]) -> list[Line]:
    raw_rows = _raw_rows(text)
    starts = [start for start, _ in raw_rows]
    return [
        replace(region[bisect_right(offsets, start) - 1], raw="\t".join(cells))
        for start, cells in zip(starts, grid_of(cells for _, cells in raw_rows), strict=True)
    ]


def _raw_rows(text: str) -> list[tuple[int, list[Spanned[str]]]]:
    """(offset, cells) of each row of the outermost table."""
    rows: list[tuple[int, list[Spanned[str]]]] = []
    depth, cell_start, spans = 0, -1, ""
    for token in _TOKEN.finditer(text):
        name, is_close = token["name"].lower(), bool(token["close"])
        if name == "table":
            depth += -1 if is_close else 1
        if depth > 1 or (depth == 1 and name == "table" and cell_start >= 0):
            continue
        if cell_start >= 0:
            rows[-1][1].append(Spanned(_content(text[cell_start : token.start()]), *_spans(spans)))
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
    spans = {name.lower(): max(1, int(count)) for name, count in _SPAN.findall(attributes)}
    return spans.get("row", 1), spans.get("col", 1)
