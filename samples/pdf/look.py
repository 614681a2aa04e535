"""How a report looks as a PDF, as choices drawn from the seed: font, sizes, rules of tables, margins, page furniture.

What every medium has in common belongs to ``samples.style``.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from samples.draws import chance

RULINGS = ("grid", "open", "rows", "three", "none")
"""All rules; no outer uprights; horizontal rules only; three horizontal rules; no rules."""
NUMBER_FORMS = ("— {n} —", "第 {n} 页", "- {n} -", "{n}", "第 {n} 页 共 {m} 页", "{n}/{m}")


@dataclass(frozen=True, slots=True)
class PdfLook:
    """Choices of one file. Sizes in points; ``pitch``: distance of lines in sizes; ``align``: where cells stand in a
    row (top, middle); ``header``: left, right, middle or none; ``closes_rows``: a row cut by a page ends with a
    rule."""

    is_embedded: bool
    size: float
    cell_size: float
    pitch: float
    margin: float
    padding: float
    ruling: str
    align: str
    header: str
    number_form: str | None
    closes_rows: bool
    has_bold: bool
    is_spaced: bool
    is_landscape: bool
    is_rotated: bool


def draw_look(draw: Random) -> PdfLook:
    """The looks of a file; all choices come from ``draw``."""
    return PdfLook(
        is_embedded=chance(draw, 0.5),
        size=draw.choice((10.5, 12.0, 14.0, 16.0)),
        cell_size=draw.choice((9.0, 10.0, 10.5, 12.0)),
        pitch=draw.choice((1.4, 1.5, 1.6, 1.75)),
        margin=draw.choice((56.0, 72.0, 79.0, 90.0)),
        padding=draw.choice((3.0, 4.0, 5.4)),
        ruling=draw.choices(RULINGS, (50, 14, 14, 10, 12))[0],
        align=draw.choice(("top", "middle")),
        header=draw.choices(("none", "left", "right", "middle"), (50, 15, 15, 20))[0],
        number_form=draw.choice((None, *NUMBER_FORMS)),
        closes_rows=chance(draw, 0.6),
        has_bold=chance(draw, 0.4),
        is_spaced=chance(draw, 0.2),
        is_landscape=chance(draw, 0.08),
        is_rotated=chance(draw, 0.08),
    )
