"""How a Word document is made, beyond the style of the report: choices drawn from the seed. No writing here."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from samples.draws import chance


@dataclass(frozen=True, slots=True)
class DocxLook:
    """``headings``: styles, automatic numbering, plain bold paragraphs, outline levels, styles based on others;
    ``table_break``: what becomes of a table at the end of a page (whole, split, split by a page break);
    ``is_converted``: made from pages, paragraphs cut where they end; ``toc``: how a table of contents is made."""

    headings: str
    toc: str
    table_break: str
    has_rendered_breaks: bool
    is_converted: bool
    has_auto_lists: bool
    has_auto_serials: bool
    has_changes: bool
    has_notes: bool
    has_running_header: bool
    has_boxes: bool
    has_frames: bool
    has_controls: bool
    has_hidden: bool
    has_links: bool
    splits_runs: bool
    breaks_title: str
    merges_totals: bool
    is_strict: bool


def draw_docx_look(draw: Random) -> DocxLook:
    """A look; all its choices come from ``draw``."""
    return DocxLook(
        headings=draw.choices(("style", "auto", "plain", "outline", "based"), (34, 26, 20, 10, 10))[0],
        toc=draw.choice(("control", "field", "typed")),
        table_break=draw.choices(("whole", "split", "page"), (45, 30, 25))[0],
        has_rendered_breaks=chance(draw, 0.6),
        is_converted=chance(draw, 0.12),
        has_auto_lists=chance(draw, 0.4),
        has_auto_serials=chance(draw, 0.3),
        has_changes=chance(draw, 0.25),
        has_notes=chance(draw, 0.2),
        has_running_header=chance(draw, 0.5),
        has_boxes=chance(draw, 0.2),
        has_frames=chance(draw, 0.12),
        has_controls=chance(draw, 0.15),
        has_hidden=chance(draw, 0.15),
        has_links=chance(draw, 0.15),
        splits_runs=chance(draw, 0.6),
        breaks_title=draw.choices(("", "paragraph", "line"), (60, 25, 15))[0],
        merges_totals=chance(draw, 0.5),
        is_strict=chance(draw, 0.05),
    )
