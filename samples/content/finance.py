"""The headline figures of a synthetic report. Totals chain from year to year; every sum and rate is sound."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samples.draws import chance, part, stream
from samples.model import Finance, Row

WAN = Decimal(10_000)
ANCHOR_YEAR = 2000
THRESHOLDS = (100, 200, 300, 500, 1000)
"""Thresholds of large projects, in 万元."""
QUANTA = (Decimal(100), Decimal(1000), Decimal("0.01"))
"""Least steps of a department's amounts, in 元: two decimals of 万元, one decimal, a fen."""


def quantum_of(seed: int, index: int) -> Decimal:
    """The least step of a department's amounts."""
    return stream(seed, index, "quantum").choices(QUANTA, (80, 10, 10))[0]


def total_budget(seed: int, index: int, year: int, quantum: Decimal) -> Decimal:
    """The total budget of a department in a year; each year grows or shrinks from the year before."""
    draw = stream(seed, index, "total")
    total = Decimal(f"{min(max(draw.lognormvariate(9.2, 0.6), 3500), 60_000):.2f}") * WAN
    for past in range(ANCHOR_YEAR, year + 1):
        growth = stream(seed, index, "growth", past).choice((-1, 1, 1)) * draw.uniform(0.004, 0.06)
        total += part(draw, total, growth, growth, quantum)
        total = (total / quantum).to_integral_value() * quantum
    return max(total, Decimal(2000) * WAN)


def large_projects(finance: Finance, rows: Sequence[Row]) -> None:
    """States the large projects as they are listed; says nothing when none reaches the threshold."""
    if finance.threshold is None:
        return
    amounts = [row.budget for row in rows if row.budget is not None and row.budget >= finance.threshold]
    if not amounts:
        finance.threshold = finance.large_count = finance.large = None
        return
    finance.large_count, finance.large = len(amounts), sum(amounts, Decimal(0))


def _threshold(rows: Sequence[Row], draw: Random) -> Decimal | None:
    amounts = [row.budget for row in rows if row.budget is not None]
    fitting = [wan * WAN for wan in THRESHOLDS if 1 <= sum(one >= wan * WAN for one in amounts) < len(amounts)]
    return draw.choice(fitting) if fitting else None


def _score(finance: Finance, draw: Random) -> None:
    finance.score = Decimal(f"{draw.uniform(81, 99):.1f}").quantize(Decimal("0.1"), ROUND_HALF_UP)
    finance.grade = "优" if finance.score >= 90 else "良"


def opening_figures(seed: int, index: int, year: int, draw: Random, is_complete: bool) -> Finance:
    """Total, its change on the year before and the annual budget; the execution is still to be set."""
    quantum = quantum_of(seed, index)
    total, prior = (total_budget(seed, index, each, quantum) for each in (year, year - 1))
    annual = None
    if is_complete or chance(draw, 0.75):
        annual = total + part(draw, total, 0.004, 0.05, quantum) * draw.choice((-1, 1))
    says_change = total != prior and (is_complete or chance(draw, 0.85))
    return Finance(total, prior, total - prior if says_change else None, annual, total)


def close_figures(finance: Finance, rows: Sequence[Row], quantum: Decimal, draw: Random, is_complete: bool) -> None:
    """Sets execution, split, monitoring and score so that they agree with the listed rows."""
    listed = sum((row.budget or Decimal(0) for row in rows), Decimal(0))
    spent = sum((row.spent or Decimal(0) for row in rows), Decimal(0))
    rest = finance.reference - listed
    finance.executed = spent + part(draw, rest, 0.9, 0.995, quantum)
    finance.basic = part(draw, finance.total - listed, 0.5, 0.95, quantum)
    finance.project = finance.total - finance.basic
    if is_complete or chance(draw, 0.8):
        finance.monitored = listed + part(draw, min(rest, finance.total - listed), 0.1, 0.9, quantum)
        finance.threshold = _threshold(rows, draw)
        large_projects(finance, rows)
    _score(finance, draw)
