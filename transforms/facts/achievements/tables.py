"""Measured values in the tables of the achievements section: a label beside its value, its unit in the cell, in a
column of units or in the header.

Tables of projects and of indicators are none of these; text is read in reading.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.documents.model import Cell, Table
from transforms.facts.achievements.metric_names import name_metrics
from transforms.facts.achievements.metric_numbers import Metric, find_metrics
from transforms.facts.tables.columns import classify
from transforms.facts.wording import one_line
from transforms.language.tables import patterns

_BARE = re.compile(r"[\d,.]+[万亿]?")
_BRACKETED = re.compile(r"\((?:单位[:])?([^()\d]{1,6})\)$")


class CellMetric(NamedTuple):
    """A value in a cell, the words that name it, and the words of its row."""

    metric: Metric
    name: str
    sentence: str
    cell: Cell
    row: int
    column: int


def metrics_of_table(table: Table, project_tables: set[int]) -> Iterator[CellMetric]:
    """The measured values of a table, row by row; none of a table of projects or indicators."""
    if table.number in project_tables or "indicator" in classify(table).others:
        return
    header = [cell.text for cell in table.header]
    unit_at = _column(header, "unit_column")
    left_out = {at for at, text in enumerate(header) if _patterns()["serial_column"].fullmatch(text)}
    for row in table.rows:
        cells = [cell for at, cell in enumerate(row.cells) if at not in left_out]
        sentence = " ".join(dict.fromkeys(words for cell in cells if (words := one_line(cell.raw))))
        label = ""
        for at, cell in enumerate(row.cells):
            if at in left_out or at == unit_at or (at and cell is row.cells[at - 1]):
                continue
            unit = row.cells[unit_at].text if unit_at is not None and unit_at < len(row.cells) else ""
            text = _with_unit(cell.text, unit or _unit_of(header, at))
            metrics = find_metrics(text)
            for metric, name in zip(metrics, _names(text, metrics), strict=True):
                yield CellMetric(metric, name or label or sentence, sentence, cell, row.number, at + 1)
            label = label if metrics or _BARE.fullmatch(cell.text) or not cell.text else one_line(cell.raw)


def _names(text: str, metrics: list[Metric]) -> list[str]:
    """What the cell itself says that its values measure; empty where it holds a value alone."""
    is_alone = len(metrics) == 1 and metrics[0].start == 0 and metrics[0].stop == len(text) and not metrics[0].noun
    if is_alone:
        return [""]
    return ["".join(text[slice(*stretch)] for stretch in name.stretches) for name in name_metrics(text, 0, metrics)]


def _with_unit(text: str, unit: str) -> str:
    return text + unit if _BARE.fullmatch(text) else text


def _unit_of(header: list[str], at: int) -> str:
    match = _BRACKETED.search(header[at]) if at < len(header) else None
    return match[1] if match else ""


def _column(header: list[str], role: str) -> int | None:
    return next((at for at, text in enumerate(header) if _patterns()[role].fullmatch(text)), None)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return patterns("achievements", "tables")
