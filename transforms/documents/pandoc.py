"""What Markdown as Pandoc writes it has beyond other Markdown, taken off its lines: the block of metadata, attributes
of headings and spans, fences of divisions, footnotes, the sign of captions.

Tables are text_tables/dashed.py's business; bold type, links and escapes are markup.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from transforms.documents.layout import layout
from transforms.documents.lines import Line
from transforms.language.text import normalise

_SHOWN = frozenset(("title", "subtitle", "author", "institute", "date"))
_BESIDE_TITLE = frozenset(("title", "subtitle"))
_MOST_METADATA = 40
_KEY = re.compile(r"(?P<key>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?")
_MORE = re.compile(r"[ \t]+\S.*|-[ \t]+\S.*|[ \t]*")
_BLOCK_SIGNS = frozenset(("|", ">", "|-", ">-"))
_ATTRIBUTE = r"(?:[#.][^\s{}\"'=]+|-|[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[^\s{}\"']*))"
_ATTRIBUTES = re.compile(
    rf"(?<!\\)(?:\[(?P<span>[^\[\]]{{0,300}})\])?\{{[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,20}}[ \t]*\}}"
)
_FENCE = re.compile(r"[ \t]*+:{3,}+(?:[ \t]*+(?:\{[^{}]*+\}|[\w-]++))?[ \t]*+:*+[ \t]*+")
_NOTE = re.compile(r"\[\^(?P<label>[^\s\[\]^]{1,60})\]:")
_NOTE_SIGN = re.compile(r"(?<!\\)\[\^(?P<label>[^\s\[\]^]{1,60})\]")
_CAPTION = re.compile(r" {0,4}(?:Table)?: +(?P<words>\S.*)")
_TABLE_SIGNS = ("|", "+-", "+=")
_LONGEST = 20_000


def plain_lines(lines: list[Line]) -> list[Line]:
    """The lines without such signs. Of the metadata title, author and date stay as lines of their own; lines that
    are nothing but signs, and footnotes, leave blank ones; captions stand above their tables."""
    lines = [*_metadata(lines), *lines[_metadata_end(lines) :]]
    noted = [line.raw for line in lines if line.raw.startswith("[^")]
    labels = {match["label"] for raw in noted if (match := _NOTE.match(raw))}
    return _with_captions(list(_plain(lines, labels)))


def _metadata_end(lines: list[Line]) -> int:
    """The number of lines that the metadata at the top take up."""
    if not lines or lines[0].raw.rstrip() != "---":
        return 0
    for at, line in enumerate(lines[1:_MOST_METADATA], 1):
        if line.raw.rstrip() in ("---", "..."):
            return at + 1 if at > 1 and _KEY.fullmatch(lines[1].raw) else 0
        if not (_KEY.fullmatch(line.raw) or _MORE.fullmatch(line.raw)):
            return 0
    return 0


def _metadata(lines: list[Line]) -> Iterator[Line]:
    """What of the metadata a reader of the report sees, apart from the title by blank lines."""
    key = ""
    for line in lines[1 : max(1, _metadata_end(lines) - 1)]:
        match = _KEY.fullmatch(line.raw)
        key = match["key"].lower() if match else key
        value = ((match["value"] or "") if match else line.raw.lstrip(" \t-")).strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if key in _SHOWN and value and value not in _BLOCK_SIGNS:
            yield from [] if key in _BESIDE_TITLE else [replace(line, raw="")]
            yield replace(line, raw=value)
    yield from [replace(line, raw="") for line in lines[:1] if key]


def _plain(lines: list[Line], labels: set[str]) -> Iterator[Line]:
    is_note = False
    for line in lines:
        raw = line.raw
        is_rest = is_note and (not raw.strip() or raw.startswith(("    ", "\t")))
        is_note = is_rest or (raw.startswith("[^") and _NOTE.match(raw) is not None)
        if is_note or (":::" in raw and _FENCE.fullmatch(raw)):
            yield replace(line, raw="")
        elif ("{" in raw or "[^" in raw) and len(raw) <= _LONGEST:
            cells = line.cells and tuple(_without_signs(cell, labels) for cell in line.cells)
            yield replace(line, raw=_without_signs(raw, labels), cells=cells)
        else:
            yield line


def _without_signs(raw: str, labels: set[str]) -> str:
    raw = _NOTE_SIGN.sub(lambda sign: "" if sign["label"] in labels else sign[0], raw) if labels else raw
    return _ATTRIBUTES.sub(lambda match: _instead(raw, match), raw).rstrip() if "{" in raw else raw


def _instead(raw: str, match: re.Match[str]) -> str:
    """What stays of attributes: the words that they are those of; all where they are no attributes."""
    if match["span"] is not None:
        return match["span"]
    is_of_heading = raw[0] == "#" and match.end() == len(raw.rstrip())
    return "" if is_of_heading or raw[match.start() - 1 : match.start()] == ")" else match[0]


def _with_captions(lines: list[Line]) -> list[Line]:
    """The lines with each caption (: 表1 ...) without its sign above its table: the one below it, or the one above
    where a caption of the document stands below its table. A remark on the table above (: 数据来源 ...) stays below."""
    found = [at for at, line in enumerate(lines) if ":" in line.raw[:12] and _CAPTION.fullmatch(line.raw)]
    if not found:
        return lines
    remarks = {at: words for at in found if (words := _remark(lines, at))}
    lines = [replace(line, raw=remarks[at]) if at in remarks else line for at, line in enumerate(lines)]
    beside = {at: (_is_table(lines, at, -1), _is_table(lines, at, 1)) for at in found if at not in remarks}
    are_below = (True, False) in beside.values()
    placed: list[Line] = []
    done = 0
    for at, line in enumerate(lines):
        caption = _CAPTION.fullmatch(line.raw) if any(beside.get(at, ())) else None
        if caption is None:
            placed.append(line)
            continue
        is_of_above = beside[at][0] and (are_below or not beside[at][1])
        placed.insert(_top(placed, done) if is_of_above else len(placed), replace(line, raw=caption["words"]))
        done = len(placed)
    return placed


def _remark(lines: list[Line], at: int) -> str:
    """The words of a caption that is no title of a table, but a remark on the one above; "" for others."""
    match = _CAPTION.fullmatch(lines[at].raw) if _is_table(lines, at, -1) else None
    return match["words"] if match and layout().remark.match(normalise(match["words"])) else ""


def _is_table(lines: list[Line], at: int, step: int) -> bool:
    """Whether the next line that is not blank is one of a table."""
    at += step
    while 0 <= at < len(lines) and not lines[at].raw.strip():
        at += step
    return 0 <= at < len(lines) and _is_row(lines[at])


def _is_row(line: Line) -> bool:
    return line.cells is not None or line.raw.lstrip().startswith(_TABLE_SIGNS)


def _top(lines: list[Line], done: int) -> int:
    """Where the table begins with which the lines end, blank ones aside; the first ``done`` are none of it."""
    at = len(lines)
    while at > done and not lines[at - 1].raw.strip():
        at -= 1
    while at > done and _is_row(lines[at - 1]):
        at -= 1
    return at
