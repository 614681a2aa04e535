"""How long each stage of a night took, and what it counted. What a stage does is not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import wraps
from time import perf_counter
from typing import Protocol, TypeVar

from orchestration.night.results import StageLine, StageReport

_COUNTED = {
    ("take_in", "received"): "files_received",
    ("read", "documents"): "documents_read",
    ("check_contracts", "rejected"): "rows_rejected",
}
"""Stage and count -> column of meta.release."""


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


def figures_of(stages: Iterable[StageLine]) -> dict[str, int | float]:
    """What these stages took and counted, by column of meta.release."""
    figures: dict[str, int | float] = {}
    for line in stages:
        figures[f"{line.stage}_seconds"] = line.seconds
        figures |= {
            _COUNTED[line.stage, name]: count
            for name, count in line.counts.items()
            if (line.stage, name) in _COUNTED and isinstance(count, int)
        }
    return figures
