"""What the character codes of a PDF stand for: blanks, bullets of symbol fonts, codes that no font explains.

Single codes only; where characters stand and what they make up belongs to runs.py.
"""

from __future__ import annotations

from functools import cache

from transforms.language.lexicon import LexiconError, load_data

UNREADABLE = "\ufffd"
"""Stands in the text for a character whose font does not say what it is, so that no figure is read without it."""
_BLANKS = frozenset(map(ord, " \xa0\u3000\u2002\u2003\u2009\u202f\u200b\ufeff\xad\u2060"))
_LOST = frozenset((0, 0xFFFD, 0xFFFE, 0xFFFF))
_FIRST_PRIVATE = 0xE000
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))


def is_blank(code: int) -> bool:
    """Whether a code shows nothing: a blank, a control character, a mark of no width."""
    return 0 < code <= 32 or code in _BLANKS


def character_of(code: int) -> str:
    """The character of a code that is no blank; UNREADABLE for one that says nothing outside of its own font."""
    if _FIRST_PRIVATE > code not in _LOST:
        return chr(code)
    if code in _LOST:
        return UNREADABLE
    if any(code in private for private in _PRIVATE):
        return _symbols().get(code, UNREADABLE)
    return chr(code)


@cache
def _symbols() -> dict[int, str]:
    data = load_data("symbols")
    try:
        return {int(code, 16): symbol for code, symbol in data["private_use"].items()}
    except (KeyError, ValueError, AttributeError) as error:
        raise LexiconError(f"词表 symbols.toml 有误：{error}") from error
