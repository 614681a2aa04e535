"""Labels of headline figures and the numbers behind them: which number belongs to which label of a sentence.

What the figures are is read in reading.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from transforms.facts.figures.labels import LabelHit
from transforms.language.numerals import Number

_LONGEST_GAP = 24
_EXPENDITURE = re.compile("总支出.{0,2}|支出(?:合计|总.{1,2})")
_BRACKET = re.compile(r"\([^()]*\)?")
_NEAR_BUDGET = 30
_ANDS = frozenset("、和及与,")
_REVENUE = re.compile(r"(?P<of>预算|决算)(?:总)?收入(?:数|额|总额|合计)?[为是共:]*[\d,. ]+[万亿千]*元?[、,]$")
_FORMULA = re.compile(r"[为:]?[=(\d][\d,.万元()/÷*×xX%]{,60}=")


def as_budget(text: str, labels: list[LabelHit], subject: str | None) -> list[LabelHit]:
    """预算总收入甲，总支出乙: the expenditure behind a budget's revenue is budgeted too; without 预算 it is not where a
    rate of execution follows. In a sentence of its own behind one about the budget (``subject``) it is where the
    sentence goes on to what was executed."""
    of_execution = [
        label
        for label in labels
        if label.name == "executed_yuan" and not _EXPENDITURE.fullmatch(text, label.start, label.end)
    ]
    if subject == "total_budget_yuan" and of_execution and _EXPENDITURE.fullmatch(text, labels[0].start, labels[0].end):
        labels[0] = replace(labels[0], name=subject, is_weak=True)
    for position, label in enumerate(labels):
        revenue = (
            _REVENUE.search(text, max(0, label.start - _NEAR_BUDGET), label.start)
            if label.name == "executed_yuan"
            else None
        )
        if revenue and revenue["of"] == "预算":  # 预算收入甲、支出乙
            labels[position] = replace(label, name="total_budget_yuan", is_loose=False, is_weak=True)
    is_executed = any(label.name == "stated_execution_rate" for label in labels)
    for position, (before, label) in enumerate(pairwise(labels), 1):
        is_revenue = before.name == "total_budget_yuan" and "收入" in text[before.start : before.end]
        is_revenue = is_revenue and (
            not is_executed or "预算" in text[max(0, before.start - _NEAR_BUDGET) : before.end]
        )
        if is_revenue and label.name == "executed_yuan" and _EXPENDITURE.fullmatch(text, label.start, label.end):
            labels[position] = replace(label, name="total_budget_yuan")
    return labels


def pairs(text: str, labels: list[LabelHit], numbers: list[Number]) -> list[tuple[LabelHit, Number]]:
    """Each number with the label right before it; 甲、乙分别为 N、M gives each label its own, 均为 N the same."""
    found: list[tuple[LabelHit, Number]] = []
    starts = [number.start for number in numbers]
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        stop = following.start if following else len(text)
        formula = _FORMULA.match(text, label.end, stop) if label.unit == "rate" else None
        at = bisect_left(starts, formula.end() if formula and formula.end() in starts else label.end)
        while at < len(numbers) and starts[at] < stop and depth(text, label.end, starts[at]) != 0:
            at += 1
        if at == len(numbers) or starts[at] >= stop:
            continue
        if starts[at] - label.end > _LONGEST_GAP and not _FORMULA.fullmatch(text, label.end, starts[at]):
            continue
        gap = text[label.end : starts[at]]
        group = _listed(text, labels, label) if "分别" in gap or "均" in gap else [label]
        found += zip(group, numbers[at:] if "分别" in gap else [numbers[at]] * len(group), strict=False)
    return found


def _listed(text: str, labels: list[LabelHit], last: LabelHit) -> list[LabelHit]:
    group = [last]
    for label in reversed(labels[: labels.index(last)]):
        if text[label.end : group[0].start] not in _ANDS:
            break
        group.insert(0, label)
    return group


def depth(text: str, start: int, end: int) -> int:
    """How many brackets stand open at ``end`` that ``start`` is outside of; negative where it was inside of them."""
    between = text[start:end]
    return between.count("(") - between.count(")")


def without_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    return _BRACKET.sub("", text)
