"""Text from reports made fit for a document: on one line, masked, nothing in it that a reader cannot see.

What a medium needs escaped is its writer's business.
"""

from __future__ import annotations

import re

from transforms.facts.privacy import masked

_BLANKS = re.compile(r"\s+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
"""Controls, marks of direction and width, halves of surrogate pairs, tags: nothing that is printed."""
_CUT = "……"


def shown(text: object) -> str:
    """The text as a document shows it; empty for None. Cells of a row stand apart by a bar; personal numbers are
    masked once what hides in them is gone."""
    if text is None:
        return ""
    cells = (_UNSEEN.sub("", _BLANKS.sub(" ", cell)).strip() for cell in str(text).split("\t"))
    return masked(" | ".join(cells).strip())


def shortened(text: str, longest: int) -> str:
    """The beginning of a long text."""
    return text if len(text) <= longest else text[:longest].rstrip() + _CUT
