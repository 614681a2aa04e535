"""How long each stage of a night took, and what it counted. What a stage does is not known here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from time import perf_counter
from typing import Protocol, TypeVar

from orchestration.outcomes import StageLine, StageReport


class Clocked(Protocol):
    """What remembers the stages that it has gone through."""

    stages: list[StageLine]


Stages = TypeVar("Stages", bound=Clocked)


def timed(stage: Callable[[Stages], StageReport]) -> Callable[[Stages], StageReport]:
    """A stage that adds ``seconds`` to its counts and is remembered once it is done; one that fails is not."""

    @wraps(stage)
    def measured(line: Stages) -> StageReport:
        began = perf_counter()
        report = stage(line)
        seconds = round(perf_counter() - began, 3)
        line.stages.append(StageLine(stage.__name__, seconds, dict(report.counts)))
        return replace(report, counts={**report.counts, "seconds": seconds})

    return measured
