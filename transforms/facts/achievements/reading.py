"""Achievements: the measured statements of the achievements section, with the sentence that each stands in.

Other sections' figures do not belong here. Which numbers count is metric_numbers' affair, what they measure
metric_names'.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import starmap

from transforms.documents.model import Document, Place, Table, TextBlock
from transforms.facts.achievements.metric_names import Name, name_metrics
from transforms.facts.achievements.metric_numbers import Metric, find_metrics
from transforms.facts.achievements.tables import metrics_of_table
from transforms.facts.model import AchievementRow, Facts
from transforms.facts.outline.items import marker_at
from transforms.facts.outline.mentions import source
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.printed import Printed
from transforms.facts.wording import one_line
from transforms.language.tables import patterns

_row = partial(tuple.__new__, AchievementRow)
"""A row of its values, made without a step of Python's own: they are many."""
_SENTENCE = re.compile(r"[^。!?]+[。!?]?[”’)]*")
_LONGEST_SENTENCE = 600
_RESULTS = frozenset(("task_completion", "analysis"))
_TITLE = re.compile(r"([^。;:,!?\d]{2,25})[。:](?=.)")
_DIGIT = re.compile(r"[\d零〇一二两三四五六七八九十百千万]")


def add_achievements(document: Document, outline: Outline, facts: Facts) -> None:
    """Appends ``achievements`` and the places of their values: those of the achievements section or, where it measures
    nothing, of the text about duties performed."""
    _add_pieces(outline, outline.pieces("achievements"), facts)
    if not facts.achievements:
        _add_pieces(outline, _results(outline), facts)


def _add_pieces(outline: Outline, pieces: Iterable[Piece], facts: Facts) -> None:
    section: str | None = None
    owner: int | None = None
    project_tables = {project.table_number for project in facts.projects}
    for piece in pieces:
        block = piece.block
        if outline.owners[piece.index] != owner:
            owner, section = outline.owners[piece.index], _heading(outline, piece.index)
        if isinstance(block, Table):
            _add_table(block, project_tables, section, facts)
            continue
        printed = outline.printed(piece.index)
        if _DIGIT.search(block.text, piece.start):
            section = _add(printed, block, piece.start, section, facts)
        else:
            section = _run_in(printed, block.text, piece.start) or section


def _results(outline: Outline) -> Iterator[Piece]:
    """The text about duties performed, where no section is given to achievements: under a heading that says so, or in
    items that each name the effect they tell of (（一）社会效益。...)."""
    for piece in outline.all_pieces():
        block, meanings = piece.block, piece.meanings
        if not isinstance(block, TextBlock) or (meanings and _RESULTS.isdisjoint(meanings)):
            continue
        if _words()["no_results"].search(block.text, piece.start):
            continue
        title = _run_in(outline.printed(piece.index), block.text, piece.start) or ""
        if _words()["effects"].match(title) or _is_of_duties(outline, piece.index):
            yield piece


def _is_of_duties(outline: Outline, index: int) -> bool:
    """Whether one of the headings above a block, the first about tasks or one before it, speaks of duties performed."""
    heading = outline.heading_at(index)
    while heading is not None:
        parent = None if heading.parent is None else outline.headings[heading.parent]
        printed = outline.printed(heading.block).text(heading.start, heading.end)
        is_outer = parent is None or "task_completion" not in outline.effective[parent.ordinal]
        if is_outer and _words()["duties"].search(printed):
            return True
        heading = parent
    return False


def _heading(outline: Outline, index: int) -> str | None:
    """The heading that the block stands under, unless it is that of the whole section."""
    heading = outline.heading_at(index)
    if heading is None or "achievements" in heading.meanings:
        return None
    return outline.printed(heading.block).text(heading.start, heading.end).strip("：:。 ") or None


def _run_in(printed: Printed, text: str, start: int) -> str | None:
    """The title that a numbered item begins with: 1、党的建设持续强化。... -> 党的建设持续强化."""
    marker = marker_at(text, start)
    title = _TITLE.match(text, marker.end) if marker else None
    return printed.text(*title.span(1)) if title else None


def _add(printed: Printed, block: TextBlock, start: int, section: str | None, facts: Facts) -> str | None:
    """Appends the block's values; returns the title of the last item in it (一是…。…二是…。…)."""
    text = block.text
    metrics = find_metrics(text, start)
    names = deque(zip(metrics, name_metrics(text, start, metrics), strict=True))
    for match in _SENTENCE.finditer(text, start):
        section = _run_in(printed, text, match.start()) or section
        sentence = ""
        while names and names[0][0].figure < match.end():
            metric, name = names.popleft()
            if match.end() - match.start() > _LONGEST_SENTENCE:
                sentence = printed.text(*_window(text, metric, match.span()))
            sentence = sentence or printed.text(*match.span())
            _append(printed, section, metric, name, sentence, facts)
    return section


def _window(text: str, metric: Metric, span: tuple[int, int]) -> tuple[int, int]:
    """The clauses around a value in a sentence that never ends."""
    begin = max(span[0], metric.start - _LONGEST_SENTENCE // 4)
    stop = min(span[1], metric.stop + _LONGEST_SENTENCE // 4)
    return max(begin, text.rfind(",", begin, metric.start) + 1), stop


def _add_table(table: Table, project_tables: set[int], section: str | None, facts: Facts) -> None:
    for found in metrics_of_table(table, project_tables):
        place = found.cell.place._replace(
            table_number=table.number,
            row_number=found.row,
            column_number=found.cell.place.column_number or found.column,
        )
        metric = found.metric
        _write(facts, metric, section, found.name, one_line(found.cell.raw), found.sentence, place, found.cell.raw)


def _append(printed: Printed, section: str | None, metric: Metric, name: Name, sentence: str, facts: Facts) -> None:
    value_text = printed.text(metric.start, metric.stop)
    words = "".join(starmap(printed.text, name.stretches)) or value_text
    words = f"{words}（{name.remark}）" if name.remark else words
    raw = printed.raw(metric.start, metric.stop)
    _write(facts, metric, section, words, value_text, sentence, printed.place(metric.figure), raw)


def _write(
    facts: Facts,
    metric: Metric,
    section: str | None,
    words: str,
    value_text: str,
    sentence: str,
    place: Place,
    raw: str,
) -> None:
    ordinal = len(facts.achievements)
    value, unit, normalized, qualifier = metric.value, metric.unit, metric.normalized, metric.qualifier
    facts.achievements.append(
        _row((ordinal, section, words, value, unit, normalized, qualifier, value_text, sentence, place.line))
    )
    facts.sources.append(source("achievements", ordinal, "value", place, raw))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("achievements", "sections")
