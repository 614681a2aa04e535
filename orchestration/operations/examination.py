"""``jixiao check``: the engine of the night on single files, nothing stored, no history, no waivers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from expectations.catalogue import load_catalogue
from expectations.gate import judge
from orchestration.operations.loose_files import LooseFile, open_files
from orchestration.settings import Settings
from transforms.departments.registry import Registry
from transforms.facts.frames import FACT_SCHEMAS, FactFrames, fact_frames
from transforms.reading import BatchResult, read_all
from transforms.reading_file import ReadItem
from transforms.star.conform import REPEATED, SUBMISSIONS, conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past, StarFrames
from warehouse.registry import table
from warehouse.schema import Kind

_FED_BY_DOCUMENTS = (
    "core.dim_document",
    "core.dim_budget_unit",
    "core.dim_internal_office",
    "core.dim_project",
    "core.bridge_project_alias",
)
_BY_KEY = "has_own_"
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
    """Each file on its own, in the order given; files are read only as fast as results are taken. Of a bundle each
    member.

    Many files are judged at once, which costs little more than one: files of different departments, so that nothing
    said in one can bear on another.
    """
    for present, batch in _read(paths, registry, settings):
        yield from _each_alone(present, batch, registry, settings)


def examine_together(paths: Sequence[Path], registry: Registry, settings: Settings) -> list[Examined]:
    """The files as if they came in at once, in the order given: each with the outcome of the submission that it
    belongs to, with the findings placed in it (the first file of a submission also with those of no file), and with
    the facts that it states itself."""
    batches = list(_read(paths, registry, settings))
    files = [file for present, _ in batches for file in present]
    facts = {group: pl.concat(batch.frames[group] for _, batch in batches) for group in FACT_SCHEMAS}
    alone = [result for present, batch in batches for result in _each_alone(present, batch, registry, settings)]
    together = _judged(facts, files, registry, settings)
    for file, result in zip(files, alone, strict=True):
        if (judged := together.get(file.document_key)) is not None:
            judged.facts = result.facts
    return [together.get(file.document_key, result) for file, result in zip(files, alone, strict=True)]


def _each_alone(
    present: Sequence[LooseFile], batch: BatchResult, registry: Registry, settings: Settings
) -> Iterator[Examined]:
    refused = {each.document_key: each.message for each in batch.unreadable}
    judged: dict[int, Examined] = {}
    for keys in _of_different_departments(batch.frames["documents"]):
        frames = {group: frame.filter(pl.col("document_key").is_in(keys)) for group, frame in batch.frames.items()}
        judged |= _judged(frames, present, registry, settings)
    for file in present:
        unreadable = Examined(file.shown, "unreadable", reason=file.problem or refused.get(file.document_key))
        yield judged.get(file.document_key, unreadable)


def _read(
    paths: Sequence[Path], registry: Registry, settings: Settings
) -> Iterator[tuple[list[LooseFile], BatchResult]]:
    """What was read, batch by batch, with the files of each batch; files that are not even read come with the next."""
    waiting: deque[LooseFile] = deque()

    def items() -> Iterator[ReadItem]:
        for file in open_files(paths, settings):
            waiting.append(file)
            if file.problem is None:
                yield ReadItem(file.document_key, file.file_name, file.content)

    for batch in read_all(items(), registry, settings.workers):
        count = batch.frames["documents"].height + len(batch.unreadable)
        present = []
        while count:
            present.append(waiting.popleft())
            count -= present[-1].problem is None
        yield present, batch
    if waiting:
        yield list(waiting), BatchResult(fact_frames([]), [])


def _of_different_departments(documents: pl.DataFrame) -> Iterator[list[int]]:
    """Keys of documents in groups that hold no two of one department; a document of none stands alone."""
    turns = documents.select(
        "document_key",
        unknown=pl.col("department_id").is_null(),
        turn=pl.int_range(pl.len()).over("department_id"),
    )
    for _, group in turns.group_by("unknown", "turn", maintain_order=True):
        yield group["document_key"].to_list()


def _receipts(files: Sequence[LooseFile]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_key": [file.document_key for file in files],
            "file_name": [file.file_name for file in files],
            "sha256": [file.sha256 for file in files],
            "byte_count": [len(file.content) for file in files],
        },
        schema_overrides={"document_key": pl.Int64()},
    ).with_columns(
        received_at=pl.lit(_NOWHEN),
        intake_id=pl.lit("check"),
        is_new=pl.lit(True),
        again_key=pl.lit(None, dtype=pl.Int64),
    )


def _judged(
    facts: FactFrames, files: Sequence[LooseFile], registry: Registry, settings: Settings
) -> dict[int, Examined]:
    """document_key -> what the engine says of it as part of its submission; files that only repeat another, what it
    says of that one's submission."""
    star = conform_batch(facts, _receipts(files), registry, Past.none())
    star |= conformed_dimensions(registry, facts["documents"]["fiscal_year"].drop_nulls(), settings.month_and_day)
    judgement = judge(facts, star, load_catalogue(), registry, at=_NOWHEN)
    shown = pl.DataFrame({"document_key": [file.document_key for file in files], "shown": [f.shown for f in files]})
    members = star[SUBMISSIONS].with_columns(is_first=pl.col("submission_key").is_first_distinct(), said=pl.lit(None))
    fed = _fed_tables(star)
    rows = pl.concat([members, _repeating(star, facts)], how="diagonal_relaxed").join(
        judgement.verdicts, on="submission_key", how="inner", maintain_order="left"
    )
    return {
        row["document_key"]: Examined(
            row["shown"],
            str(row["status"]),
            row["department_id"],
            row["fiscal_year"],
            row["kind"],
            row["said"] or row["reason"],
            [_finding(each) for each in _found(judgement.finding, row).iter_rows(named=True)],
            {name.removeprefix("core."): _bare(name, _of(frame, row)) for name, frame in fed.items()},
        )
        for row in rows.join(shown, on="document_key", how="left", maintain_order="left").iter_rows(named=True)
    }


def _repeating(star: StarFrames, facts: FactFrames) -> pl.DataFrame:
    """The files that only repeat another, as members of the other's submission."""
    documents = facts["documents"].select("document_key", "department_id", "fiscal_year", "kind")
    repeated = star[REPEATED].select("document_key", "submission_key", said="reason", is_first=pl.lit(False))
    return repeated.join(documents, on="document_key", how="inner", maintain_order="left")


def _found(findings: pl.DataFrame, row: dict[str, object]) -> pl.DataFrame:
    """The findings of a submission that stand in one of its files; those that stand in none go with its first."""
    of_file = pl.col("document_key") == pl.lit(row["document_key"])
    placed = (of_file | pl.col("document_key").is_null()) if row["is_first"] else of_file
    return findings.filter((pl.col("submission_key") == pl.lit(row["submission_key"])) & placed)


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
    """The table's columns without surrogate keys, and without what follows from these: which of several rows stands
    for words or a cell that they share."""
    names = (column.name for column in table(name).columns if column.kind is not Kind.KEY)
    return rows.select(name for name in names if not name.startswith(_BY_KEY)).to_dicts()


def _finding(row: dict[str, object]) -> dict[str, object]:
    names = {"rule": "rule_id", "table": "table_number", "row": "row_number", "column": "column_number"}
    return {name: row[names.get(name, name)] for name in _FINDING}
