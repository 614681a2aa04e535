"""Large projects as the text claims them: the threshold, how many reach it, and what they amount to.

The projects themselves are rows of tables and are read elsewhere.
"""

from __future__ import annotations

from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.amounts import in_yuan
from transforms.facts.figures.labels import figure_labels
from transforms.facts.figures.numbers import money_unit
from transforms.facts.outline.mentions import FigureBook, Mention, Span, sentences, stated_numbers
from transforms.facts.outline.outline import Outline, Piece
from transforms.language.expressions import needed_words
from transforms.language.numerals import Number

_NOT_HERE = frozenset(("problems", "measures", "attachments", "three_public"))
_RESULTS = "achievements"
_THRESHOLD, _COUNT = "large_project_threshold_yuan", "large_project_count"
_COUNTERS = ("项", "个")
_FITNESS = {"performance_management": 2, "overall_budget": 1, "conclusion": 1}


def add_large_projects(outline: Outline, book: FigureBook) -> None:
    """Notes ``large_project_threshold_yuan``, ``large_project_count`` and ``large_project_yuan``, and
    ``large_project_whole_yuan``, what the sentence calls them a part of."""
    for piece in outline.all_pieces():
        sections = piece.meanings
        if isinstance(piece.block, TextBlock) and "项目" in piece.block.text and _is_open(sections):
            for sentence in sentences(piece):
                if _RESULTS not in sections or _is_of_budget(piece.block.text, sentence):
                    _add(piece, piece.block.text, sentence, book, sections)


def _is_open(sections: tuple[str, ...]) -> bool:
    """Whether a section may claim such projects; one of results only where it is one of the budget too."""
    is_mixed = _RESULTS not in sections or not _FITNESS.keys().isdisjoint(sections)
    return is_mixed and _NOT_HERE.isdisjoint(sections)


def _is_of_budget(text: str, sentence: Span) -> bool:
    return figure_labels().words["of_budget"].search(text, *sentence) is not None


def _add(piece: Piece, text: str, sentence: Span, book: FigureBook, sections: tuple[str, ...]) -> None:
    words = text[slice(*sentence)]
    if "项目" not in words or not ("万" in words or "元" in words) or not any(map(words.__contains__, _bounds())):
        return
    numbers = stated_numbers(words, Span(0, len(words)))
    threshold = next((number for number in numbers if _is_threshold(words, number)), None)
    count = _count(words, numbers, threshold) if threshold else None
    if threshold is None or _is_duty(words, threshold, count):
        return
    fitness = max((_FITNESS.get(section, 0) for section in sections), default=0)

    def note(name: str, number: Number, unit: str, stop: int) -> None:
        is_money = name != _COUNT
        money = in_yuan(number.unscaled, unit) if is_money else None
        value, quantum = (money.value, money.quantum) if money else (number.value, number.quantum)
        if value is not None and quantum is not None:
            figure = Span(sentence.start + number.start, sentence.start + number.end)
            book.add(Mention(name, value, quantum, unit, piece.index, figure, sentence, fitness, sentence.start + stop))

    behind = max(threshold.tail, count.tail if count else 0)
    amount = _amount(words, numbers, behind) or _amount_between(words, numbers, threshold, behind)
    if count is None and amount is None:
        return  # 本表只列20万元以上的项目 claims nothing
    whole = _whole(words, numbers, threshold) if amount else None
    stated = {_THRESHOLD: threshold, _COUNT: count, "large_project_yuan": amount, "large_project_whole_yuan": whole}
    for name, number in stated.items():
        if number is not None:
            unit, stop = (words[number.tail], number.tail + 1) if name == _COUNT else money_unit(words, number)
            note(name, number, unit or "", stop)


def _amount(words: str, numbers: list[Number], after: int) -> Number | None:
    """What the projects come to; not what each does (分别为甲900万元、乙600万元), unless a sum of these follows."""
    amounts = [number for number in numbers if number.start >= after and not _is_threshold(words, number)]
    stated = [one for one in amounts if money_unit(words, one)[0] and not _is_other(words, one)]
    if stated and _is_of_each(words, after, stated[0]):
        return next((one for one in stated if _labelled("summed", words, one)), None)
    return stated[0] if stated else None


def _amount_between(words: str, numbers: list[Number], threshold: Number, behind: int) -> Number | None:
    """What they come to where their number stands last: 500万元以上项目资金2300万元，共3项."""
    between = [one for one in numbers if one.tail < behind and _labelled("amount_of", words, one)]
    return _amount(words, between, threshold.tail)


def _is_of_each(words: str, after: int, first: Number) -> bool:
    """Whether another project with its own amount follows right behind the first."""
    following = "listed" if "分别" in words[after : first.start] else "listed_beside"
    is_listed = figure_labels().words[following].match(words, money_unit(words, first)[1]) is not None
    return is_listed and not _labelled("summed", words, first)


def _labelled(name: str, words: str, number: Number) -> bool:
    """Whether words of that kind stand right in front of a number."""
    return figure_labels().words[name].search(words, max(0, number.start - 12), number.start) is not None


def _whole(words: str, numbers: list[Number], threshold: Number) -> Number | None:
    """The amount of all projects right before 其中, ahead of the threshold (全部项目资金900万元,其中500万元以上…)."""
    for number in numbers:
        unit, stop = money_unit(words, number)
        opens = figure_labels().words["opens_part"].match(words, stop) if unit else None
        if opens and opens.end() <= threshold.start and not _is_other(words, number):
            is_part = figure_labels().words["no_whole"].search(words, max(0, number.start - 12), number.start)
            return None if is_part else number
    return None


def _is_duty(words: str, threshold: Number, count: Number | None) -> bool:
    """100万元以上的项目须经评审: a rule, behind which other things are counted."""
    return figure_labels().words["duty"].search(words, threshold.tail, count.start if count else len(words)) is not None


def _is_other(words: str, number: Number) -> bool:
    """总投资5800万元, 核减35万元: an amount that is not what the projects come to in the year."""
    return _labelled("other_amount", words, number)


def _is_threshold(words: str, number: Number) -> bool:
    """500万以上, 500万元(含)以上, 超过500万元: an amount said of projects as a lower bound, or of what is counted right
    behind it (项目12个，其中500万元以上的5个)."""
    unit, stop = money_unit(words, number)
    labels = figure_labels().words
    is_near = "项目" in words[max(0, number.start - 15) : stop + 24]
    if unit is None or not (is_near or labels["counted_over"].match(words, stop)):
        return False
    return (
        labels["over"].match(words, stop) is not None or labels["at_least"].search(words, 0, number.start) is not None
    )


@cache
def _bounds() -> frozenset[str]:
    """Words of which one stands beside every amount that is a lower bound."""
    labels = figure_labels().words
    needed = [next(iter(needed_words(labels[name].pattern)), frozenset(("",))) for name in ("over", "at_least")]
    return frozenset().union(*needed)


def _count(words: str, numbers: list[Number], threshold: Number) -> Number | None:
    """The number of projects: the next one counted in 项 or 个, else the last one before the threshold; none where the
    next is that of the others (其余100个)."""
    counted = [number for number in numbers if words[number.tail : number.tail + 1] in _COUNTERS and not number.scale]
    after = [number for number in counted if number.start > threshold.start]
    before = [number for number in counted if number.start < threshold.start]
    if after:
        is_of_rest = figure_labels().words["of_rest"].search(words, threshold.tail, after[0].start)
        return None if is_of_rest else after[0]
    return before[-1] if before else None
