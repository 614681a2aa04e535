"""Pages saved as one file (MHTML: the page, its pictures and styles as parts of a mail message) -> the page itself.

Only the envelope is opened here.
"""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser

from transforms.documents.refusals import refusal

_FRAMES = re.compile(rb"<frameset[\s>]", re.I)


def main_page(content: bytes) -> tuple[bytes, str | None]:
    """The page's bytes and the encoding that its part names. Of a page of frames (a workbook saved as web pages) the
    frames' pages, one after another. Raises Unreadable when no part is a page."""
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    pages = [
        (payload, part.get_content_charset())
        for part in message.walk()
        if part.get_content_type() == "text/html" and isinstance(payload := part.get_payload(decode=True), bytes)
    ]
    if not pages:
        raise refusal("binary", "mhtml without a page")
    (first, declared), *others = pages
    if others and _FRAMES.search(first):
        return b"\n".join(page for page, _ in others), others[0][1]
    return first, declared
