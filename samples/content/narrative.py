"""Goals, work blocks, achievements, problems and measures of a synthetic report."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from samples.draws import chance, shuffled, some
from samples.figures import chinese_numeral, counted
from samples.model import Achievement, Goal, Metric, Sentence, Statement
from samples.phrases import wording

TEN_THOUSAND = Decimal(10_000)
BEFORE = ("约", "近", "逾")
AFTER = {"余": "{number}余{unit}", "多": "{number}多{unit}", "以上": "{number}{unit}以上"}


def goals(draw: Random) -> list[Goal]:
    """Annual goals, one an aspect."""
    return [
        Goal(draw.choice(one["names"]), tuple(some(draw, one["clauses"], 2, 4)))
        for one in some(draw, wording("goals")["aspect"], 4, 10)
    ]


def work_blocks(draw: Random) -> list[tuple[str, str]]:
    """Blocks of the year's work: name and text."""
    return [(one["name"], one["text"]) for one in some(draw, wording("statements")["theme"], 3, 5)]


def _number(form: str, low: int, high: int, draw: Random) -> tuple[Decimal, str]:
    if form in "wdp":
        value = Decimal(draw.randint(low * 10, high * 10)) / 10
        if form == "p" and chance(draw, 0.5):
            value = Decimal(draw.randint(low, high))
        return value, f"{value:f}" if form == "d" else f"{value.normalize():f}"
    value = Decimal(draw.randint(low, high))
    if form == "y":
        return value, counted(int(value))
    return value, f"{value:,}" if value >= 10_000 and chance(draw, 0.15) else f"{value}"


def _percentage(value: Decimal, digits: str, draw: Random) -> str:
    if value == value.to_integral_value() and value < 100 and chance(draw, 0.08):
        return f"百分之{chinese_numeral(int(value))}"
    return f"{draw.choice(('', '', '达'))}{digits}%"


def _qualified(digits: str, unit: str, draw: Random) -> tuple[str, str | None]:
    """A round number with 约 before it, 余 after it, or bare; 3 and 万人次 give 3万余人次."""
    is_whole, is_wan = "." not in digits, unit.startswith("万") and unit != "万元"
    kind = draw.choices(("before", "after", "bare"), (3, 5 if is_whole else 0, 2))[0]
    if kind == "before":
        word = draw.choice(BEFORE)
        return f"{word}{digits}{unit}", word
    if kind == "bare":
        return f"{digits}{unit}", None
    word = draw.choice(list(AFTER))
    number, rest = (f"{digits}万", unit.removeprefix("万")) if is_wan else (digits, unit)
    return AFTER[word].format(number=number, unit=rest), word


def _rounded(value: Decimal, draw: Random) -> Decimal:
    return (value / 100).to_integral_value() * 100 if value >= 600 and chance(draw, 0.2) else value


def _metric(spec: list[Any], draw: Random) -> Metric:
    name, unit, low, high, form = spec
    if form == "0":
        return Metric(name, Decimal(0), unit, Decimal(0), None, "“零发生”", is_optional=True)
    value, digits = _number(form, low, high, draw)
    if form == "n" and "," not in digits:
        value = _rounded(value, draw)
        digits = f"{value}"
    if form == "p":
        return Metric(name, value, "%", value / 100, None, _percentage(value, digits, draw))
    is_round = (form == "n" and value >= 600 and value % 100 == 0) or (form in "wd" and chance(draw, 0.15))
    text, qualifier = _qualified(digits, unit, draw) if is_round else (f"{digits}{unit}", None)
    factor = {"万": TEN_THOUSAND, "亿": TEN_THOUSAND**2}.get(unit[0], Decimal(1)) if len(unit) > 1 else Decimal(1)
    return Metric(name, value, unit, value * factor, qualifier, text)


def _distinct(metrics: dict[str, Metric]) -> bool:
    values = [metric.value for metric in metrics.values()]
    return len(set(values)) == len(values)


def _sentence(spec: dict[str, Any], draw: Random) -> Sentence:
    while True:
        metrics = {slot: _metric(spec[slot], draw) for slot in "abc" if slot in spec}
        if _distinct(metrics):
            return Sentence(spec["text"], metrics)


def achievements(draw: Random) -> list[Achievement]:
    """Passages of the achievements section, with measured values and figures that measure nothing."""
    heads = wording("statements")["achievements"]["heads"]
    passages = []
    for area in some(draw, wording("achievements")["area"], 4, 9):
        sentences = [_sentence(spec, draw) for spec in some(draw, area["sentences"], 2, 5)]
        if chance(draw, 0.4):
            sentences[0].text = draw.choice(heads) + sentences[0].text
        sentences += [Sentence(text) for text in some(draw, area["plain"], 0, 2)]
        passages.append(Achievement(draw.choice(area["titles"]), shuffled(draw, sentences)))
    return passages


def problems_and_measures(draw: Random) -> tuple[list[Statement], list[Statement]]:
    """Problems, and a measure for each of them, sometimes one more."""
    topics = wording("problems")["topic"]
    chosen = some(draw, topics, 3, 6)
    problems = [
        Statement(
            draw.choice(one["problems"]), draw.choice(one["details"]) if chance(draw, 0.8) else None, one["category"]
        )
        for one in chosen
    ]
    extra = [one for one in topics if one not in chosen][:1] if chance(draw, 0.25) else []
    measures = [
        Statement(
            draw.choice(one["measures"]), draw.choice(one["remedies"]) if chance(draw, 0.85) else None, one["category"]
        )
        for one in [*chosen, *extra]
    ]
    return problems, measures
