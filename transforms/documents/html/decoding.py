"""Bytes of a web page -> text: what the bytes hold, then what the page declares.

A declared gb2312 or gbk means GB 18030; a declaration that the bytes contradict counts for nothing.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from transforms.documents.decoding import Decoded, decode, refuse_ruined
from transforms.documents.model import Unreadable

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z][\w.:-]{1,30})", re.I)
_HEAD = 8192
_CHINESE = ("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "windows-936", "hz-gb-2312")
_TOLD = frozenset(("big5", "big5hkscs", "cp950"))
"""Encodings of Chinese text that the bytes do not tell from others: here the declaration decides."""
_MENDED = frozenset(("utf-8", "gb18030"))
"""Encodings in which a page with a few broken characters is still read."""


def decode_page(content: bytes, declared: str | None = None) -> Decoded:
    """The text of a page; ``declared`` is what its envelope said, if it had one. Raises Unreadable as decode does."""
    found = _DECLARED.search(content[:_HEAD])
    name = _codec(declared) or _codec(found[1].decode("ascii") if found else None)
    if name in _TOLD:
        with suppress(UnicodeDecodeError):
            return Decoded(content.decode(name), name)
    try:
        return decode(content)
    except Unreadable:
        if name not in _MENDED or b"\x00" in content:
            raise
        text = content.decode(name, "replace")  # a few broken characters spoil no page
        refuse_ruined(text)
        return Decoded(text, name)


def _codec(name: str | None) -> str:
    """The codec of a declared name; empty for what is no encoding that this system knows."""
    lower = (name or "").strip().lower()
    try:
        return codecs.lookup("gb18030" if lower in _CHINESE else lower).name if lower else ""
    except LookupError:
        return ""
