"""Facts made by hand for the star room: what the readers would have said, a document at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from transforms.departments.registry import Registry
from transforms.facts.frames import fact_frames
from transforms.facts.model import (
    AchievementRow,
    DocumentRow,
    Facts,
    FigureRow,
    GoalRow,
    OfficeRow,
    ProjectRow,
    SourceRow,
    StatementRow,
    UnitRow,
    UnrecognisedRow,
)
from transforms.star.conform import conform_batch
from transforms.star.frames import Past

HEADER = "department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to\n"
REGISTRY = HEADER + (
    "d-1,青云镇人民政府,青云镇,,镇,1,9,某区,,2021-06-30\n"
    "d-1,青云街道办事处,青云街道,,街道,2,9,某区,2021-07-01,\n"
    "d-2,白石镇人民政府,白石镇,,镇,3,9,某区,,\n"
)


def registry(folder: Path) -> Registry:
    path = folder / "registry.csv"
    path.write_text(REGISTRY, "utf-8")
    return Registry.load(path)


def document(department: str | None = "d-1", year: int | None = 2021, title: str = "报告") -> DocumentRow:
    return DocumentRow(
        0,
        "overall_report",
        title,
        1,
        "青云街道办事处",
        "title",
        department,
        year,
        "title",
        "text/markdown",
        "utf-8",
        9,
        1,
    )


def figure(ordinal: int, name: str, value: str, text: str = "", *, primary: bool = True) -> FigureRow:
    return FigureRow(ordinal, name, Decimal(value), Decimal(1), text or value, None, "", primary, 3)


def source(group: str, ordinal: int, column: str, raw: str = "原文", line: int = 3) -> SourceRow:
    return SourceRow(group, ordinal, column, None, line, None, None, None, raw)


def project(ordinal: int, name: str, budget: str | None = None, spent: str | None = None) -> ProjectRow:
    amounts = (Decimal(budget) if budget else None, Decimal(spent) if spent else None)
    texts = (budget, spent, None, "元" if budget else None)
    return ProjectRow(ordinal, "task", 1, ordinal + 1, name, "unspecified", *texts, *amounts, *(None,) * 5, line=5)


def unit(ordinal: int, name: str, role: str = "下属") -> UnitRow:
    return UnitRow(ordinal, name, role, ordinal + 1, 4)


def office(ordinal: int, name: str, *also: str) -> OfficeRow:
    return OfficeRow(ordinal, name, list(also), None, ordinal + 1, 4)


def goal(ordinal: int, text: str) -> GoalRow:
    return GoalRow(ordinal, ordinal + 1, "党建", text, 6)


def statement(ordinal: int, title: str, *answers: int) -> StatementRow:
    return StatementRow(ordinal, ordinal + 1, title, None, None, list(answers), 7)


def achievement(ordinal: int, metric: str, value: str, normalized: str) -> AchievementRow:
    return AchievementRow(ordinal, "节", metric, Decimal(value), "万人次", Decimal(normalized), "约", value, "句", 8)


def unrecognised(ordinal: int, text: str) -> UnrecognisedRow:
    return UnrecognisedRow(ordinal, "heading", text, 9)


def receipts_of(count: int, intake: str | None = None) -> pl.DataFrame:
    """Receipts of documents 1 … count, an hour apart, each of its own intake or all of one."""
    return pl.DataFrame(
        {
            "document_key": list(range(1, count + 1)),
            "file_name": [f"{number}.md" for number in range(1, count + 1)],
            "sha256": [f"{number:064x}" for number in range(1, count + 1)],
            "byte_count": [100] * count,
            "received_at": [datetime(2022, 5, 1, 0 if intake else number, tzinfo=UTC) for number in range(count)],
            "intake_id": [intake or f"intake-{number}" for number in range(count)],
            "outcome": ["taken"] * count,
            "reason": [None] * count,
            "is_new": [True] * count,
            "again_key": [None] * count,
        },
        schema={
            "document_key": pl.Int64(),
            "file_name": pl.String(),
            "sha256": pl.String(),
            "byte_count": pl.Int64(),
            "received_at": pl.Datetime("us", "UTC"),
            "intake_id": pl.String(),
            "outcome": pl.String(),
            "reason": pl.String(),
            "is_new": pl.Boolean(),
            "again_key": pl.Int64(),
        },
    )


def conformed(
    folder: Path, *documents: Facts, intake: str | None = None, past: Past | None = None
) -> dict[str, pl.DataFrame]:
    """Star frames of the documents, whose keys count from 1."""
    facts = fact_frames(list(enumerate(documents, 1)))
    return conform_batch(facts, receipts_of(len(documents), intake), registry(folder), past or Past.none())
