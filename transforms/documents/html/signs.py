"""How a web page is told from other text by its first bytes: whole pages, fragments, pages saved in one file.

Reading it is reader.py's business.
"""

from __future__ import annotations

import re

_PROLOG = re.compile(rb"(?:\s+|<\?[^>]{0,1000}>|<!--.*?-->|<!\[[^>]{0,1000}>)*", re.S)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|frameset)[\s>]", re.I)
_FRAGMENT = re.compile(
    rb"<(?:div|p|table|h[1-6]|section|article|main|center|font|span|meta|title|style|link|script|ul|ol|form|header|nav)"
    rb"[\s>/]",
    re.I,
)
_BLOCK_TAG = re.compile(
    rb"<(/?)(?:div|p|table|h[1-6]|section|article|main|center|ul|ol|form|header|nav|style|script)\b[^<>]{0,1000}>", re.I
)
_MARKDOWN = re.compile(rb"^(?:#{1,6} |\|.*\|[ \t]*\r?$)", re.M)
_BARE_SHARE = 0.2
"""A page holds less than this share of its text outside its blocks; a text with a table written in tags holds more."""
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_MESSAGE = re.compile(rb"^(?:mime-version|message-id|received|x-mailer):", re.I | re.M)
_MAIL = re.compile(rb"(?:[a-zA-Z][\w-]{1,40}:[^\r\n]{0,1000}\r?\n)")
_SAMPLE = 200_000
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_page(head: bytes, content: bytes) -> bool:
    """Whether a web page begins with ``head`` (the first bytes of ``content`` without marks), be it with a fragment."""
    prolog = _PROLOG.match(head)
    start = prolog.end() if prolog else 0
    if _PAGE.match(head, start):
        return True
    if not _FRAGMENT.match(head, start):
        return False
    sample = without_marks(content[:_SAMPLE])
    return not _MARKDOWN.search(sample) and _bare_share(sample) < _BARE_SHARE


def is_saved_page(head: bytes) -> bool:
    """Whether a page saved with its parts (MHTML) begins here."""
    return _MAIL.match(head) is not None and _MHTML.search(head) is not None


def is_email(head: bytes) -> bool:
    """Whether a mail message begins here that is no saved page."""
    return _MAIL.match(head) is not None and _MESSAGE.search(head) is not None


def without_marks(head: bytes) -> bytes:
    """Bytes of text in whatever encoding, without byte order mark and without the zero bytes of UTF-16."""
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return head.replace(b"\x00", b"")


def _bare_share(sample: bytes) -> float:
    """The share of bytes that stand outside block elements."""
    depth = bare = at = 0
    for tag in _BLOCK_TAG.finditer(sample):
        if depth == 0:
            bare += len(sample[at : tag.start()].strip())
        depth = max(0, depth + (-1 if tag[1] else 1))
        at = tag.end()
    bare += 0 if depth else len(sample[at:].strip())
    return bare / max(1, len(sample))
