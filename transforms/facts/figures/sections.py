"""Which sections of a report tell of the department, how well they fit for its headline figures, and which do not.

Reading the figures belongs to reading.py and tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.figures.labels import figure_labels
from transforms.facts.outline.outline import Outline, Piece

ABOUT_DEPARTMENT = frozenset(("overview", "units", "duties"))
"""Sections that tell of the department itself: its units, offices and people."""
ABOUT_WORK = frozenset(
    ("task_completion", "key_projects", "achievements", "problems", "measures", "annual_goals", "spending_plan")
)
"""Sections whose numbers of units and people are those of its projects and results."""

_NOT_HEADLINE = frozenset(("key_projects", "achievements", "problems", "measures", "attachments", "three_public"))
"""Sections whose amounts belong to projects, results, plans or three-public spending."""

_FITNESS: dict[str, dict[str, int]] = {
    "total_budget_yuan": {"overall_budget": 3, "overview": 2, "conclusion": 1},
    "prior_year_change_yuan": {"overall_budget": 3},
    "prior_year_change_rate": {"overall_budget": 3},
    "annual_budget_yuan": {"conclusion": 3, "overall_budget": 2, "analysis": 1},
    "executed_yuan": {"conclusion": 3, "overall_budget": 2, "analysis": 1},
    "stated_execution_rate": {"conclusion": 3, "overall_budget": 2, "analysis": 1},
    "monitored_yuan": {"performance_management": 3},
    "basic_expenditure_yuan": {"overall_budget": 3, "conclusion": 1},
    "project_expenditure_yuan": {"overall_budget": 3, "conclusion": 1},
    "self_score": {"conclusion": 3, "analysis": 2},
    "grade": {"conclusion": 3, "analysis": 2},
}
_SUMS_UP = re.compile(
    r"(?:经?(?:综合|全面|最终|逐项)?(?:评定|评价|自评|考评|评分|打分)(?:认定|得出)?|综上(?:所述)?|综合(?:以上|上述)[^,。]{0,8}|总体(?:来看|评价)?|汇总以?上?各?[^,。]{0,6})[,:]"
    r"[^。;]{0,40}(?:自评|评价|综合|绩效|最终|总)(?:综合)?(?:得分|评分|总分|得|(?<=自评)(?=\d))"
    r"|(?:[(]?[\d一二三四五六七八九十]{1,2}[.、)])?(?:[本我][街镇]|部门|整体|支出|绩效)*自(?:评|我评[价分])(?:综合|总)*(?:得分|评分|总分|分)?[:为得]\d"
)
WEAK = 10
"""Taken off the fitness of a mention that counts only where no other states the figure."""


@cache
def fitness(name: str, sections: tuple[str, ...]) -> int:
    """How well sections of these meanings fit for the figure."""
    return max((_FITNESS.get(name, {}).get(section, 0) for section in sections), default=0)


def sections_of(piece: Piece, sections: tuple[str, ...]) -> tuple[str, ...]:
    """The sections of a piece; a text that sums up (综合评定，…得分…) at the end of another concludes."""
    if not is_elsewhere(sections) or not isinstance(piece.block, TextBlock):
        return sections
    return ("conclusion",) if _SUMS_UP.match(piece.block.text, piece.start) else sections


def _summed_up(piece: Piece) -> Piece | None:
    """The last sentence of a text that tells of other things, where it sums up and gives the score."""
    assert isinstance(piece.block, TextBlock)
    text = piece.block.text
    start = text.rfind("。", piece.start, len(text) - 1) + 1
    if start <= piece.start or "评" not in text or _SUMS_UP.match(text, start) is None:
        return None
    return Piece(piece.index, piece.block, start, piece.meanings)


@cache
def is_elsewhere(sections: tuple[str, ...]) -> bool:
    """Whether a section of these meanings speaks of nothing that headline figures belong to."""
    return bool(sections) and _NOT_HEADLINE.issuperset(sections)


def headline_pieces(outline: Outline) -> Iterator[tuple[Piece, tuple[str, ...]]]:
    """The texts that may state headline figures, each with the meanings of its section; those below a heading that
    names a project are none."""
    for piece in outline.all_pieces():
        if not isinstance(piece.block, TextBlock):
            continue
        sections = sections_of(piece, piece.meanings)
        if is_elsewhere(sections):
            end = _summed_up(piece)
            if end is None:
                continue
            piece, sections = end, ("conclusion",)
        if not _is_of_project(outline, piece.index):
            yield piece, sections


def _is_of_project(outline: Outline, index: int) -> bool:
    """Whether the heading above a block names a project and nothing else."""
    heading = outline.heading_at(index)
    if heading is None or heading.meanings:
        return False
    return figure_labels().words["project_name"].search(outline.title_at(index)) is not None
