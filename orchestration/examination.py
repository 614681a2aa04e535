"""``jixiao check``: the engine of the night on single files, nothing stored, no history, no waivers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

import polars as pl
from transforms.reading import ReadItem, read_all

from expectations.catalogue import load_catalogue
from expectations.gate import judge
from orchestration.settings import Settings
from transforms.departments.registry import Registry
from transforms.facts.model import FactFrames
from transforms.star.conform import SUBMISSIONS, conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past, StarFrames
from warehouse.keys import surrogate_key
from warehouse.registry import table
from warehouse.schema import Kind

_FED_BY_DOCUMENTS = ("core.dim_document", "core.dim_budget_unit", "core.dim_internal_office", "core.dim_project")
_NOWHEN = datetime(2000, 1, 1, tzinfo=UTC)
"""A file that is only examined was never received."""


@dataclass(slots=True)
class Examined:
    """What the engine says of one file; ``facts`` maps core table names to rows without surrogate keys."""

    file: str
    outcome: str
    department_id: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None
    reason: str | None = None
    findings: list[dict[str, object]] = field(default_factory=list)
    facts: dict[str, list[dict[str, object]]] = field(default_factory=dict)


def examine(paths: Sequence[Path], registry: Registry, settings: Settings) -> Iterator[Examined]:
    """Each file on its own, in the order given."""
    items = [
        ReadItem(surrogate_key("document", str(position)), path.name, path.read_bytes())
        for position, path in enumerate(paths)
    ]
    waiting = iter(zip(paths, items, strict=True))
    for batch in read_all(items, registry, settings.workers):
        refused = {each.document_key: each.message for each in batch.unreadable}
        for path, item in islice(waiting, batch.frames["documents"].height + len(refused)):
            if item.document_key in refused:
                yield Examined(str(path), "unreadable", reason=refused[item.document_key])
            else:
                yield _judged(str(path), item, _only(batch.frames, item.document_key), registry, settings)


def _only(frames: FactFrames, document_key: int) -> FactFrames:
    return {group: frame.filter(pl.col("document_key") == document_key) for group, frame in frames.items()}


def _receipt(item: ReadItem) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_key": [item.document_key],
            "file_name": [item.file_name],
            "sha256": [sha256(item.content).hexdigest()],
            "byte_count": [len(item.content)],
            "received_at": [_NOWHEN],
            "intake_id": ["check"],
        }
    )


def _judged(path: str, item: ReadItem, facts: FactFrames, registry: Registry, settings: Settings) -> Examined:
    star = conform_batch(facts, _receipt(item), registry, Past.none())
    star |= conformed_dimensions(registry, facts["documents"]["fiscal_year"].drop_nulls(), settings.month_and_day)
    judgement = judge(facts, star, load_catalogue(), registry, at=_NOWHEN)
    submission = star[SUBMISSIONS].row(0, named=True)
    verdict = judgement.verdicts.row(0, named=True)
    return Examined(
        path,
        str(verdict["status"]),
        submission["department_id"],
        submission["fiscal_year"],
        submission["kind"],
        verdict["reason"],
        [_finding(row) for row in judgement.finding.iter_rows(named=True)],
        _facts(star),
    )


def _finding(row: dict[str, object]) -> dict[str, object]:
    names = {"rule": "rule_id", "table": "table_number", "row": "row_number", "column": "column_number"}
    wanted = ("rule", "level", "message", "observed", "expected", "page", "line", "table", "row", "column")
    return {name: row[names.get(name, name)] for name in wanted}


def _facts(star: StarFrames) -> dict[str, list[dict[str, object]]]:
    """The core tables that a file feeds, provenance apart, without surrogate keys."""
    facts = {}
    for name, frame in star.items():
        if name.startswith("core.fact_") or name in _FED_BY_DOCUMENTS:
            shown = [column.name for column in table(name).columns if column.kind is not Kind.KEY]
            facts[name.removeprefix("core.")] = frame.select(shown).to_dicts()
    return facts
