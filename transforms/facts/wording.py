"""What a cell or a paragraph says, in the words as printed: markup, line breaks and stray blanks gone.

Nothing is interpreted here; matching uses the normalised copy, which the document model keeps.
"""

from __future__ import annotations

import html
import re

from transforms.language.text import raw_offsets

_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?ol|/?ul|/?tr)\b[^<>]{0,200}>\s*", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_BLANKS = re.compile(r"[ \t\u00a0\u3000][ \t\u00a0\u3000]*")  # begins with one class, to which the search can skip
_EMPHASIS = re.compile(r"\*\*|__|~~|`")
_SERIAL = re.compile(
    r"(?:\d{1,3}[、.．)）](?![\d%])|[(（]\d{1,3}[)）]|[①-⑳㉑-㉟㊱-㊿]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])"
    r"[、.．\s]*(?=\S)"
)


def readable(raw: str) -> str:
    """The text of a cell as printed: markup resolved, a line a paragraph or list item, blanks single."""
    if _is_clean(raw):
        return raw.strip()
    if "<" in raw:
        raw = _TAG.sub("", _BREAK.sub("\n", raw))
    if "&" in raw:
        raw = html.unescape(raw)
    lines = (_BLANKS.sub(" ", _EMPHASIS.sub("", line)).strip() for line in raw.splitlines())
    return "\n".join(line for line in lines if line)


def _is_clean(raw: str) -> bool:
    """Whether there is neither markup nor any blank but single " " in it; spelt out, since it looks at every cell."""
    is_plain = raw.isprintable() and "<" not in raw and "&" not in raw and "  " not in raw
    return is_plain and "**" not in raw and "__" not in raw and "~~" not in raw and "`" not in raw


def one_line(raw: str) -> str:
    """The text as printed without line breaks and without the blanks that normalising drops (A B keeps its one)."""
    if raw.replace(".", "").isalnum():  # as figures and most names are
        return raw
    text = readable(raw).replace("\n", " ")
    return "".join(text[offset] for offset in raw_offsets(text)) if _BLANK.search(text) else text


def strip_serial(text: str) -> tuple[str, str]:
    """``text`` split into a leading serial number (1、 or （一）, "" without one) and the words after it."""
    match = _SERIAL.match(text)
    return ("", text) if match is None else (text[: match.end()].rstrip(), text[match.end() :])


def unquoted(name: str) -> str:
    """A name without quotation marks around the whole of it, or without one that has no partner."""
    if name[:1] == "“" and name.find("”") in (-1, len(name) - 1):
        name = name.strip("“”")
    return name.lstrip("”").rstrip("“") if name.count("“") == name.count("”") else name.strip("“”")
