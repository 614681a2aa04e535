"""The self score told as no more than the sum of its parts: 产出得38分，效益得57.5分，合计95.5分; in one sentence, or
each on a line of its own.

Scores with a label of their own are read in reading.py, those of tables in score_tables.py; both go before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.figures.numbers import Figure, figures_in, score_of
from transforms.facts.figures.pairs import depth
from transforms.facts.figures.score_tables import FULL_SCORE, sums_scores_up
from transforms.facts.figures.sections import fitness, is_elsewhere
from transforms.facts.outline.mentions import FigureBook, Mention, Span, sentences
from transforms.facts.outline.outline import Outline
from transforms.language.numerals import Number
from transforms.language.tables import patterns

_SCORE = "self_score"
_LONGEST = 12  # words before a number that say what it is
_LONGEST_LINE = 50
_RULE = re.compile("[-—–─=_*·. ]+")
"""A line that says nothing, between the parts and their sum."""


def add_score_sums(outline: Outline, book: FigureBook) -> None:
    """Notes the sums of scores where nothing else states the score: in sections that conclude any, whether it comes
    out or not, which is for the rules; elsewhere one that comes out in a sentence about the evaluation."""
    if not book.primary(_SCORE):
        _add_line_sums(outline, book)
    if book.primary(_SCORE):
        return
    for piece in outline.all_pieces():
        if not isinstance(piece.block, TextBlock) or is_elsewhere(piece.meanings):
            continue
        text, fit = piece.block.text, fitness(_SCORE, piece.meanings)
        for sentence in sentences(piece) if _words()["sum"].search(text, piece.start) else ():
            for number, score, comes_out in _sums(text, sentence):
                if fit or (comes_out and _words()["about"].search(text, *sentence)):
                    span = Span(number.start, number.end)
                    book.add(
                        Mention(
                            _SCORE, score.value, score.quantum, score.unit, piece.index, span, sentence, fit, score.stop
                        )
                    )  # fmt: skip


def _add_line_sums(outline: Outline, book: FigureBook) -> None:
    """Notes the sums on a line below two or more lines of scores whose full marks come to a hundred, or which come to
    the sum; without full marks beside them, a hundred is their own."""
    parts: list[re.Match[str]] = []
    for piece in outline.all_pieces():
        text = piece.block.text if isinstance(piece.block, TextBlock) else ""
        is_short = "分" in text and len(text) <= _LONGEST_LINE and not is_elsewhere(piece.meanings)
        line = _words()["line"].fullmatch(text) if is_short else None
        if line and len(parts) > 1 and sums_scores_up(line["name"]):
            if _is_whole(parts, line):
                span, value = Span(*line.span("score")), Decimal(line["score"])
                quantum = Decimal(1).scaleb(int(value.as_tuple().exponent))
                fit = fitness(_SCORE, piece.meanings)
                book.add(Mention(_SCORE, value, quantum, "分", piece.index, span, Span(*line.span()), fit, line.end()))
            parts = []
        elif line:
            parts.append(line)
        elif not _RULE.fullmatch(text):
            parts = []


def _is_whole(parts: list[re.Match[str]], line: re.Match[str]) -> bool:
    score = Decimal(line["score"])
    full = [Decimal(part["full"] or 0) for part in parts]
    is_out_of_hundred = sum(full) == FULL_SCORE and Decimal(line["full"] or FULL_SCORE) == FULL_SCORE
    comes_out = not any(full) and score < FULL_SCORE and sum(Decimal(part["score"]) for part in parts) == score
    return score <= FULL_SCORE and (is_out_of_hundred or comes_out)


def _sums(text: str, sentence: Span) -> Iterator[tuple[Number, Figure, bool]]:
    """The scores behind words for a sum that follow two or more other scores, and whether they are their sum."""
    parts: list[Figure] = []
    for number in figures_in(text, sentence):
        score = score_of(text, number) if text.startswith("分", number.tail) else None
        before = max(sentence.start, number.start - _LONGEST)
        if score is None or depth(text, sentence.start, number.start):
            continue
        if _words()["other"].search(text, before, number.start):
            continue
        if not _words()["sum"].search(text, before, number.start):
            parts.append(score)
        elif len(parts) > 1:
            yield number, score, sum(part.value for part in parts) == score.value


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return patterns("figures", "score_sums", ("sum", "other", "about", "line"))
