"""Text reports (Markdown or plain, UTF-8, UTF-16, GB18030) -> Document.

Bytes to lines only: putting lines together is assembly.py's business.
"""

from __future__ import annotations

import re
from collections import Counter

from transforms.documents.assembly import assemble
from transforms.documents.decoding import decode
from transforms.documents.lines import Line, split_lines
from transforms.documents.measures import refuse_endless_text
from transforms.documents.model import Document
from transforms.documents.pandoc import plain_lines
from transforms.documents.refusals import refusal
from transforms.documents.text_tables.dashed import expand_dashed_tables
from transforms.documents.text_tables.html import expand_html_tables

LARGEST_BYTES = 64 * 1024 * 1024
_FEWEST_ROWS, _MOST_ROWS = 3, 1000
_FEWEST_COMMAS = 2
_SHARE = 0.9
_QUOTED = re.compile('"[^"]*"')
_MARKDOWN = re.compile(r"^(?:#{1,6} |\|.*\|[ \t]*$)|\*\*\S", re.M)
_SIGNS = ("#", "|", "**")
"""One of these stands in all that the pattern finds."""
_METADATA = "---"
_PANDOC_SIGNS = ("{", "[^", ":::", "\n: ", "\n  : ", "\nTable: ")


def read_text(content: bytes) -> Document:
    """The document in the bytes of a text file. Raises Unreadable when they are too many, empty, endless
    or no text."""
    if len(content) > LARGEST_BYTES:
        raise refusal("too_large", f"{len(content)} bytes", limit=LARGEST_BYTES // 1024 // 1024)
    decoded = decode(content)
    refuse_endless_text(decoded.text)
    lines = split_lines(decoded.text)
    if _is_comma_separated(lines):
        raise refusal("csv", f"{len(lines)} lines")
    has_signs = any(sign in decoded.text for sign in _SIGNS)
    media_type = "text/markdown" if has_signs and _MARKDOWN.search(decoded.text) else "text/plain"
    line_count = lines[-1].number
    lines = expand_html_tables(lines) if "<" in decoded.text else lines
    lines = expand_dashed_tables(lines) if "--" in decoded.text else lines
    is_of_pandoc = decoded.text.startswith(_METADATA) or any(sign in decoded.text for sign in _PANDOC_SIGNS)
    lines = plain_lines(lines) if is_of_pandoc else lines
    return assemble(lines, media_type, line_count, decoded.encoding)


def _is_comma_separated(lines: list[Line]) -> bool:
    """Whether nearly all lines hold as many cells, parted by commas: a sheet that was saved as text."""
    first = next((line.raw for line in lines if line.raw.strip()), "")
    if first.count(",") < _FEWEST_COMMAS:
        return False
    rows = [line.raw for line in lines if line.raw.strip()]
    counts = Counter(_QUOTED.sub("", row).count(",") for row in rows[:_MOST_ROWS])
    commas, count = counts.most_common(1)[0]
    return len(rows) >= _FEWEST_ROWS and commas >= _FEWEST_COMMAS and count >= _SHARE * counts.total()
