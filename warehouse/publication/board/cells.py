"""Values of the release -> cells: amounts in 万元, rates in percent, states in Chinese words. No query belongs here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from warehouse.publication.board.model import Cell, Head
from warehouse.publication.words import WORDS_OF
from warehouse.release.releases import BEIJING
from warehouse.tables.common import RATE_UNIT, YUAN_UNIT
from warehouse.views import ViewColumn

NOTHING = "—"
WAN = "万元"
_CENT, _WAN, _HUNDRED = Decimal("0.01"), Decimal(10_000), Decimal(100)
_LISTED = 6
"""Items of a list that a cell names."""
_TONES = {
    "accepted": "good", "accepted_with_warnings": "warn", "quarantined": "bad", "unreadable": "bad",
    "submitted": "good", "late": "warn", "stuck": "bad", "missing": "none",
    "blocking": "bad", "warning": "warn", "information": "none",
}  # fmt: skip


def wan(yuan: Decimal) -> str:
    """An amount in 万元, rounded to two places."""
    return f"{_rounded(yuan / _WAN):,}"


def exact_yuan(yuan: Decimal) -> str:
    """An amount in 元 to the fen."""
    return f"{yuan:,.2f}"


def percent(rate: Decimal) -> str:
    """A rate in percent, rounded to two places."""
    return f"{_rounded(rate * _HUNDRED):,}%"


def number(value: Decimal) -> str:
    """A quantity with all its digits and none that say nothing."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _minute(instant: datetime) -> str:
    """An instant in Beijing, to the minute."""
    return instant.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def head_of(column: ViewColumn, *, is_number: bool) -> Head:
    """The heading that the dictionary gives a column; what its values may be stands in the cells."""
    unit = {YUAN_UNIT: WAN, RATE_UNIT: None}.get(column.unit or "", column.unit)
    title = column.title.partition("（")[0] if column.allowed else column.title
    return Head(title, unit, is_number, column.warning)


def cell_of(name: str, value: object, unit: str | None = None) -> Cell:
    """A value of the column ``name``, whose dictionary ``unit`` says how it is shown."""
    if value is None:
        return Cell(NOTHING, is_number=unit is not None)
    if isinstance(value, Decimal):
        text = {YUAN_UNIT: wan, RATE_UNIT: percent}.get(unit or "", number)(value)
        return Cell(text, is_number=True, exact=str(value))
    return _other(name, value)


def _other(name: str, value: object) -> Cell:
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int):
        return Cell(str(value) if name.endswith("_year") else f"{value:,}", is_number=True, exact=str(value))
    if isinstance(value, datetime):
        return Cell(_minute(value), exact=value.isoformat(), tone="when")
    if isinstance(value, date):
        return Cell(value.isoformat(), tone="when")
    if isinstance(value, list | tuple):
        return Cell(_listed([str(each) for each in value]))
    text = str(value)
    return Cell(WORDS_OF.get(name, {}).get(text, text), tone=_TONES.get(text) if name in WORDS_OF else None)


def tone_of(state: str) -> str | None:
    """The tone of a state, condition or level."""
    return _TONES.get(state)


def share(part: Decimal | int, whole: Decimal | int) -> str:
    """How much of the whole a part is, as a length in percent between 0 and 100."""
    if whole <= 0 or part <= 0:
        return "0%"
    return f"{min(_HUNDRED, Decimal(part) * _HUNDRED / Decimal(whole)):.2f}%"


def scale_of(rows: Sequence[Mapping[str, object]], name: str, unit: str | None) -> Decimal:
    """The value of a full bar: 1 for rates, otherwise the largest of the rows."""
    if unit == RATE_UNIT:
        return Decimal(1)
    return max((Decimal(value) for row in rows if isinstance(value := row[name], Decimal | int)), default=Decimal(0))


def _listed(texts: Sequence[str]) -> str:
    more = f" 等 {len(texts)} 个" if len(texts) > _LISTED else ""
    return "、".join(texts[:_LISTED]) + more if texts else NOTHING


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)
