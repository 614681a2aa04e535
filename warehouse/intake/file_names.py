"""Names of files as they come: which are passed over, what the others look like to people.

Bytes and text only: where files lie is the affair of the inbox and of bundles.
"""

from __future__ import annotations

import re
import unicodedata

from warehouse.home import MARKER

_SKIPPED_STARTS = (b".", b"~$")
_SKIPPED_ENDS = (b".tmp", b".temp", b".part", b".partial", b".crdownload", b".download", b".swp", b"~")
_SKIPPED_NAMES = (b"thumbs.db", b"desktop.ini", b"__macosx", b"$recycle.bin", MARKER.lower().encode())
"""What systems and office programs leave behind, and files still on their way; compared in lower case."""

_OF_WORK = "自评|评价|绩效|报告|项目|情况|资金|预算|支出"
"""Words in the names of files that say something of the work itself, however short: 情况说明.txt, 项目清单.txt."""
_NOTE = re.compile(
    rf"(?!.*(?:{_OF_WORK})).{{0,8}}(?:说明|清单|目录|备注|须知|必读|先看|read[ _-]?me).{{0,4}}\.(?:txt|md)", re.I
)
_LONGEST_NOTE = 4096


def is_skipped(name: bytes) -> bool:
    """Whether a file or folder of this name is nobody's submission: hidden, temporary, left by a system."""
    lower = name.lower()
    return lower.startswith(_SKIPPED_STARTS) or lower.endswith(_SKIPPED_ENDS) or lower in _SKIPPED_NAMES


def is_note(name: str, size: int) -> bool:
    """Whether a file of this name and size is only a note on the files beside it (说明.txt, readme.txt)."""
    return size <= _LONGEST_NOTE and _NOTE.fullmatch(name.rpartition("/")[2]) is not None


def readable_name(name: bytes) -> str:
    """The name as text that can be stored, printed and logged: bytes that are no UTF-8 are read as GB 18030, as
    Chinese Windows writes them, else escaped; control and direction characters are escaped."""
    return "/".join(_readable(part) for part in name.split(b"/"))


def _readable(part: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return _escaped(part.decode(encoding))
        except UnicodeDecodeError:
            continue
    return _escaped(part.decode("utf-8", "backslashreplace"))


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else character
        for character in text
    )
