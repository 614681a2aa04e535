"""Markup that is no text: HTML in cells and lines, Markdown's inline signs.

Which lines are headings, lists or tables is not decided here.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:[\s/][^<>]{0,2000})?>|<!--[^<>]{0,2000}-->", re.S)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ol|ul|tr|td|th|table|h[1-6]|section|blockquote)\b", re.I)
_BREAKS = re.compile(r"[ \t]*\n\s*")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_INLINE = re.compile(  # each part begins with a character, to one of which the search can skip
    r"\\(?:(?P<escaped>[\\`*_{}\[\]()#+\-.!|~><\"'$@^])|(?<=[^\s\\]\\)$)"
    r"|\*\*+|__+|~~|``*"
    r"|!\[[^\[\]]{0,200}\]\([^()\s]{0,500}\)"
    r"|\[(?P<link>[^\[\]]{1,200})\]\((?:[^()\s]{1,500})\)"
)
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,200})(?<=[^\s*])\*(?!\*)(?:(?!\w)|(?<=[：:，。；]\*))")


def has_markup(raw: str) -> bool:
    """Whether HTML tags or entities stand in ``raw``."""
    return ("<" in raw and _TAG.search(raw) is not None) or ("&" in raw and _ENTITY.search(raw) is not None)


def plain_text(raw: str) -> str:
    """``raw`` without HTML: tags gone, blocks (p, li, br ...) on lines of their own, entities resolved."""
    if "<" in raw:
        raw = raw.replace("<br>", "\n")  # as nearly all tags in cells are
        raw = _TAG.sub(lambda tag: "\n" if _BLOCK.match(tag[0]) else "", raw)
        raw = _BREAKS.sub("\n", raw).strip()
    return html.unescape(raw) if "&" in raw else raw


def has_inline(raw: str) -> bool:
    """Whether signs stand in ``raw`` that may be Markdown's inline signs."""
    return "*" in raw or "_" in raw or "`" in raw or "\\" in raw or "[" in raw or "~" in raw


def strip_inline(raw: str) -> str:
    """``raw`` without Markdown's inline signs: bold, code, strike-through, links, images, backslash escapes."""
    if not has_inline(raw):
        return raw
    raw = _INLINE.sub(lambda match: match["escaped"] or match["link"] or "", raw)
    return _EMPHASIS.sub(r"\1", raw) if "*" in raw else raw
