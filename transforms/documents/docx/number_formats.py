"""Numbers in the formats of Word's automatic numbering: 一, 壹, ①, ⒈, 甲, iv, b ...

Counting and the text around the number belong to numbering.py.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from transforms.language.lexicon import load_data

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_SMALL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 9999
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def format_number(number: int, kind: str) -> str:
    """``number`` in the format ``kind`` (w:numFmt's values); formats unknown and numbers out of range in figures."""
    if kind == "none":
        return ""
    tables = _tables()
    if kind in tables["signs"]:
        signs: str = tables["signs"][kind]
        return signs[number - 1] if 0 < number <= len(signs) else str(number)
    if kind in tables["digits"]:
        return "".join(tables["digits"][kind][int(digit)] for digit in str(max(number, 0)))
    if kind in tables["counting"]:
        return _counted(number, *tables["counting"][kind])
    if kind in ("upperRoman", "lowerRoman", "upperLetter", "lowerLetter"):
        text = _roman(number) if kind.endswith("Roman") else _letters(number)
        return text.upper() if kind.startswith("upper") else text
    return f"{number:02d}" if kind == "decimalZero" else f"- {number} -" if kind == "numberInDash" else str(number)


def _counted(number: int, digits: str, units: str) -> str:
    """As Chinese counts: 十一, 二十, 一百零三. ``units``: ten, hundred, thousand; 壹拾 keeps its 壹, 十 does not."""
    if not 0 < number <= _LARGEST:
        return str(number) if number else digits[0]
    text, has_gap = "", False
    for place, digit in enumerate(map(int, f"{number:04d}")):
        power = 3 - place
        if digit:
            text += (digits[0] if has_gap and text else "") + digits[digit] + (units[power - 1] if power else "")
        has_gap = digit == 0
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST:
        return str(number)
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """a to z, then aa, bb ..."""
    if not 0 < number <= 26 * 20:
        return str(number)
    return _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = load_data("wordml")["numbers"]
    if not all(len(digits) == 10 for digits in tables["digits"].values()):
        raise ValueError("wordml.toml: numbers.digits 应各有十个数字")
    return tables
