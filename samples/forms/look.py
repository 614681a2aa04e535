"""How the forms of a department look: headings, order of columns, merging, units, one sheet or several.

A look is drawn once for a department; nothing is laid out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from samples.draws import chance
from samples.phrases import wording

_ORDERS = (
    ("level_1", "level_2", "level_3", "target", "actual", "weight", "score", "reasons"),
    ("level_1", "level_2", "level_3", "weight", "target", "actual", "score", "reasons"),
    ("level_1", "level_2", "level_3", "target", "weight", "actual", "score", "reasons"),
    ("level_1", "level_2", "level_3", "weight", "sign", "target", "unit", "actual", "score", "reasons"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """``words``: label -> the wording chosen; ``columns``: the indicator columns in order; ``levels``: merged, first
    (written once) or each; ``unit_at``: label, heading or caption; ``score_at``: bottom (a row) or top (a field);
    ``title_at``: table or above, ``fields_at``: table or lines (项目名称：某某), both as far as the medium has text
    above its tables; ``units_differ``: every other form counts in another unit."""

    words: dict[str, str]
    columns: tuple[str, ...]
    levels: str
    unit: str
    unit_at: str
    score_at: str
    has_group: bool
    has_merges: bool
    has_level_weights: bool
    has_execution_row: bool
    has_formulas: bool
    has_thousands: bool
    prints_text: bool
    says_direction: bool
    is_stacked: bool
    is_short: bool
    note_sheet: str | None
    title_at: str
    fields_at: str
    has_two_lines: bool
    units_differ: bool
    has_signature: bool

    @property
    def has_sign_column(self) -> bool:
        """Whether sign and unit of a target stand in columns of their own."""
        return "sign" in self.columns


def draw_look(draw: Random) -> Look:
    """A look; all choices come from ``draw``."""
    words = {name: draw.choice(options) for name, options in wording("indicators")["words"].items()}
    return Look(
        words=words,
        columns=draw.choices(_ORDERS, (50, 20, 15, 15))[0],
        levels=draw.choices(("merged", "first", "each"), (60, 15, 25))[0],
        unit=draw.choices(("万元", "元"), (85, 15))[0],
        unit_at=draw.choices(("label", "heading", "caption"), (60, 15, 25))[0],
        score_at=draw.choices(("bottom", "top"), (75, 25))[0],
        has_group=chance(draw, 0.7),
        has_merges=chance(draw, 0.85),
        has_level_weights=chance(draw, 0.3),
        has_execution_row=chance(draw, 0.15),
        has_formulas=chance(draw, 0.4),
        has_thousands=chance(draw, 0.3),
        prints_text=chance(draw, 0.2),
        says_direction=chance(draw, 0.3),
        is_stacked=chance(draw, 0.3),
        is_short=chance(draw, 0.25),
        note_sheet=draw.choices((None, "visible", "hidden"), (70, 15, 15))[0],
        title_at=draw.choices(("above", "table"), (70, 30))[0],
        fields_at=draw.choices(("table", "lines"), (75, 25))[0],
        has_two_lines=chance(draw, 0.5),
        units_differ=chance(draw, 0.15),
        has_signature=chance(draw, 0.35),
    )
