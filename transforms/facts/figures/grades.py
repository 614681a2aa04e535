"""Grades that a sentence gives the department for the year: 评价等级为“优”. Which sections tell of it is reading's
affair.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.facts.figures.labels import figure_labels, is_this_year
from transforms.facts.outline.mentions import Span

_CLAUSE_ENDS = ",;:。"


def grades_in(text: str, sentence: Span, year: int | None) -> Iterator[Span]:
    """Where the grades stand; those of other things and of years other than ``year`` are left out."""
    words = figure_labels().words
    for match in words["grade"].finditer(text, *sentence):
        span, label = Span(*match.span("grade")), match.start()
        clause = max(text.rfind(mark, sentence.start, label) + 1 for mark in _CLAUSE_ENDS) or sentence.start
        before, through = text[clause:label], text[clause : span.start]
        if not words["grade_other"].search(before) and is_this_year(before, through, year):
            yield span
