"""Draws from a seed by name, so that one choice never shifts another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(*parts: object) -> Random:
    """A generator of its own for these parts; the same on every machine."""
    return Random("/".join(str(part) for part in parts))


def chance(draw: Random, share: float) -> bool:
    """True in ``share`` of the draws."""
    return draw.random() < share


def some(draw: Random, items: Sequence[T], low: int, high: int) -> list[T]:
    """Between ``low`` and ``high`` of the items, in their order."""
    count = min(len(items), draw.randint(low, high))
    return [items[index] for index in sorted(draw.sample(range(len(items)), count))]


def shuffled(draw: Random, items: Sequence[T]) -> list[T]:
    """The items in another order."""
    return draw.sample(list(items), len(items))


def part(draw: Random, whole: Decimal, low: float, high: float, quantum: Decimal) -> Decimal:
    """A share between ``low`` and ``high`` of an amount, down to a multiple of ``quantum``."""
    return (whole * Decimal(f"{draw.uniform(low, high):.6f}") / quantum).to_integral_value() * quantum
