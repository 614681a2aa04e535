"""Sentences filled from evidence columns: ``{column}`` or ``{column:format}``, as polars expressions.

A template is parsed once; what stands in the columns comes from reports and is data: it is never parsed, so a
project named "{0}" appears as it is. Formats: ``wan`` 元 as 万元, ``percent`` a fraction to four decimals of a
per cent, ``share`` the same to two, ``times`` a multiple to one decimal (one below 1 as it is), ``chinese`` 1-99 as
Chinese numeral, none: the value as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import polars as pl

NOT_STATED = "未写明"
"""What a null value reads as."""

LONGEST = 120
"""Texts from reports are quoted up to this many characters in sentences; a finding's raw text is never cut."""

_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z]+))?\}")
_WIDE = pl.Decimal(38, 8)
_Format = Callable[[pl.Expr, pl.DataType], pl.Expr]
_DIGITS = "一二三四五六七八九"


class Field(NamedTuple):
    """A column to be put in, and how."""

    column: str
    format: str | None


Template = tuple[str | Field, ...]
"""Literal texts and fields, in order."""


def parse_template(text: str) -> Template:
    """The pieces of a template; ValueError (Chinese) for a stray brace or an unknown format."""
    pieces: list[str | Field] = []
    end = 0
    for match in _FIELD.finditer(text):
        pieces += [text[end : match.start()], Field(match[1], match[2])]
        end = match.end()
    pieces.append(text[end:])
    for piece in pieces:
        if isinstance(piece, str) and ("{" in piece or "}" in piece):
            raise ValueError(f"模板“{text}”中的花括号不成对或写法有误")
        if isinstance(piece, Field) and piece.format not in _FORMATS:
            raise ValueError(f"模板“{text}”中的格式 {piece.format} 不认识")
    return tuple(piece for piece in pieces if piece)


def rendered(template: Template, schema: pl.Schema) -> pl.Expr:
    """The template as a String expression over a frame of ``schema``; KeyError if it lacks a column."""
    parts = [pl.lit(piece) if isinstance(piece, str) else _value(piece, schema[piece.column]) for piece in template]
    return pl.concat_str(parts)


def _value(field: Field, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(field.column)
    return _FORMATS[field.format](column, dtype).fill_null(NOT_STATED)


def _plain(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Decimal):
        return _trimmed(column)
    if isinstance(dtype, pl.List):
        return pl.when(column.list.len() > 0).then(column.cast(pl.List(pl.String)).list.join("、"))
    if dtype == pl.String:
        shorter = pl.concat_str(column.str.slice(0, LONGEST), pl.lit("……"))
        return pl.when(column.str.len_chars() > LONGEST).then(shorter).otherwise(column)
    return column.cast(pl.String)


def _trimmed(column: pl.Expr) -> pl.Expr:
    return column.cast(_WIDE).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")


def _wan(column: pl.Expr, _: pl.DataType) -> pl.Expr:
    return pl.concat_str(_trimmed(column.cast(_WIDE) / pl.lit(10000).cast(_WIDE)), pl.lit("万元"))


def _percentage(decimals: int) -> _Format:
    def format_(column: pl.Expr, _: pl.DataType) -> pl.Expr:
        hundredfold = (column.cast(_WIDE) * pl.lit(100).cast(pl.Decimal(38, 0))).round(
            decimals, mode="half_away_from_zero"
        )
        return pl.concat_str(_trimmed(hundredfold), pl.lit("%"))

    return format_


def _times(column: pl.Expr, _: pl.DataType) -> pl.Expr:
    wide = column.cast(_WIDE)
    return _trimmed(pl.when(wide < 1).then(wide).otherwise(wide.round(1, mode="half_away_from_zero")))


def _chinese(column: pl.Expr, _: pl.DataType) -> pl.Expr:
    digits = [str(number) for number in range(100)]
    return column.cast(pl.String).replace(digits, [_numeral(number) for number in range(100)])


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number == 0:
        return "零"
    lead = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens - 1]}十")
    return lead + (_DIGITS[ones - 1] if ones else "")


_FORMATS: dict[str | None, _Format] = {
    None: _plain,
    "wan": _wan,
    "percent": _percentage(4),
    "share": _percentage(2),
    "times": _times,
    "chinese": _chinese,
}
