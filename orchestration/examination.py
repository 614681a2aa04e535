"""``jixiao check``: the engine of the night on single files, nothing stored, no history, no waivers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from expectations.catalogue import load_catalogue
from expectations.gate import judge
from orchestration.settings import Settings
from transforms.departments.registry import Registry
from transforms.facts.frames import FactFrames
from transforms.reading import read_all
from transforms.reading_file import ReadItem
from transforms.star.conform import SUBMISSIONS, conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past, StarFrames
from warehouse.keys import surrogate_key
from warehouse.registry import table
from warehouse.schema import Kind

_FED_BY_DOCUMENTS = (
    "core.dim_document",
    "core.dim_budget_unit",
    "core.dim_internal_office",
    "core.dim_project",
    "core.bridge_project_alias",
)
_FINDING = ("rule", "level", "message", "observed", "expected", "page", "line", "table", "row", "column")
_NOWHEN = datetime(2000, 1, 1, tzinfo=UTC)
"""A file that is only examined was never received."""


@dataclass(slots=True)
class Examined:
    """What the engine says of one file; ``facts`` maps core table names to rows without surrogate keys.

    ``reason`` says in one Chinese sentence why a file could not be read or was not simply accepted.
    """

    file: str
    outcome: str
    department_id: str | None = None
    fiscal_year: int | None = None
    kind: str | None = None
    reason: str | None = None
    findings: list[dict[str, object]] = field(default_factory=list)
    facts: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def as_object(self) -> dict[str, object]:
        """The object for programs. Why a file could not be read stands there as a finding of no rule."""
        content = asdict(self)
        reason = content.pop("reason")
        if self.outcome == "unreadable":
            content["findings"] = [dict.fromkeys(_FINDING) | {"level": "blocking", "message": reason}]
        return content


def examine(paths: Sequence[Path], registry: Registry, settings: Settings) -> Iterator[Examined]:
    """Each file on its own, in the order given; files are read only as fast as results are taken.

    Many files are judged at once, which costs little more than one: files of different departments, so that nothing
    said in one can bear on another.
    """
    waiting: deque[tuple[Path, int, pl.DataFrame]] = deque()

    def items() -> Iterator[ReadItem]:
        for position, path in enumerate(paths):
            item = ReadItem(surrogate_key("document", str(position)), path.name, path.read_bytes())
            waiting.append((path, item.document_key, _receipt(item)))
            yield item

    for batch in read_all(items(), registry, settings.workers):
        refused = {each.document_key: each.message for each in batch.unreadable}
        count = batch.frames["documents"].height + len(refused)
        present = [waiting.popleft() for _ in range(count)]
        receipts = pl.concat(receipt for _, _, receipt in present)
        judged: dict[int, Examined] = {}
        for keys in _of_different_departments(batch.frames["documents"]):
            frames = {group: frame.filter(pl.col("document_key").is_in(keys)) for group, frame in batch.frames.items()}
            judged |= _judged(frames, receipts, registry, settings)
        for path, key, _ in present:
            result = judged.get(key) or Examined(path.name, "unreadable", reason=refused.get(key))
            result.file = str(path)
            yield result


def _of_different_departments(documents: pl.DataFrame) -> Iterator[list[int]]:
    """Keys of documents in groups that hold no two of one department; a document of none stands alone."""
    turns = documents.select(
        "document_key",
        unknown=pl.col("department_id").is_null(),
        turn=pl.int_range(pl.len()).over("department_id"),
    )
    for _, group in turns.group_by("unknown", "turn", maintain_order=True):
        yield group["document_key"].to_list()


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


def _judged(facts: FactFrames, receipts: pl.DataFrame, registry: Registry, settings: Settings) -> dict[int, Examined]:
    """document_key -> what the engine says of it, each a submission of its own."""
    star = conform_batch(facts, receipts, registry, Past.none())
    star |= conformed_dimensions(registry, facts["documents"]["fiscal_year"].drop_nulls(), settings.month_and_day)
    judgement = judge(facts, star, load_catalogue(), registry, at=_NOWHEN)
    verdicts = star[SUBMISSIONS].join(judgement.verdicts, on="submission_key", how="inner")
    fed = _fed_tables(star)
    return {
        row["document_key"]: Examined(
            row["file_name"],
            str(row["status"]),
            row["department_id"],
            row["fiscal_year"],
            row["kind"],
            row["reason"],
            [_finding(each) for each in _of(judgement.finding, row).iter_rows(named=True)],
            {name.removeprefix("core."): _bare(name, _of(frame, row)) for name, frame in fed.items()},
        )
        for row in verdicts.iter_rows(named=True)
    }


def _fed_tables(star: StarFrames) -> StarFrames:
    """The core tables that a file feeds, provenance apart, each with a column that tells its rows' submission."""
    projects = star["core.dim_project"].select("project_key", "department_id")
    fed = {name: frame for name, frame in star.items() if name.startswith("core.fact_") or name in _FED_BY_DOCUMENTS}
    bridge = "core.bridge_project_alias"
    return fed | {bridge: fed[bridge].join(projects, on="project_key", how="left", maintain_order="left")}


def _of(frame: pl.DataFrame, submission: dict[str, object]) -> pl.DataFrame:
    """The rows of one submission: by its key, or in dimensions by its department."""
    column = "submission_key" if "submission_key" in frame.columns else "department_id"
    return frame.filter(pl.col(column).eq_missing(pl.lit(submission[column])))


def _bare(name: str, rows: pl.DataFrame) -> list[dict[str, object]]:
    """The table's columns without surrogate keys."""
    return rows.select(column.name for column in table(name).columns if column.kind is not Kind.KEY).to_dicts()


def _finding(row: dict[str, object]) -> dict[str, object]:
    names = {"rule": "rule_id", "table": "table_number", "row": "row_number", "column": "column_number"}
    return {name: row[names.get(name, name)] for name in _FINDING}
