"""Text from reports and file names, made harmless for wherever a message is shown. No sentence is made here."""

from __future__ import annotations

import re

_LONGEST = 160
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")
"""What could break a header or a line, or turn the direction of writing."""
_HARMLESS = str.maketrans({"@": "＠", "<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "｀", "|": "｜"})
"""What could mention people, or be taken for HTML or Markdown, in full width: it reads the same."""


def harmless(text: str, longest: int = _LONGEST) -> str:
    """One line of foreign text: no control characters, no mention, no markup, no link, and not endless."""
    line = " ".join(_CONTROLS.sub(" ", text).split()).translate(_HARMLESS).replace("://", "：／／")
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def clipped(body: str, longest: int) -> str:
    """A message as long as its channel takes, cut at a line, with a word on what is missing."""
    if len(body) <= longest:
        return body
    notice = "\n……（消息过长，其余从略，全部内容用 jixiao findings 查看）"
    kept = body[: longest - len(notice)]
    return (kept.rpartition("\n")[0] or kept) + notice
