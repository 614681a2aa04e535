"""What judging costs: contracts, the gate and its second opinion on many submissions, in CPU time by part.

Half of the submissions are sound, the others show every defect that a rule knows.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from benchmarks.printing import Figure
from expectations.catalogue import load_catalogue
from expectations.contracts import check_contracts
from expectations.evidence import build_evidence
from expectations.evidence.material import Material
from expectations.gate import judge
from expectations.judging import run_rules
from samples.defects import DEFECTS
from samples.write import write_samples
from transforms.departments.registry import Registry
from transforms.facts.frames import FACT_SCHEMAS, FactFrames
from transforms.reading import read_all
from transforms.reading_file import ReadItem
from transforms.star.conform import conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past, StarFrames
from warehouse.keys import surrogate_key

YEARS = (2020, 2021, 2022, 2023)
_DEADLINE = (6, 30)
_AT = datetime(2024, 6, 30, tzinfo=UTC)
_TURNS = 3
_OPINION = "import sys; from benchmarks.judging import opinion; opinion(*sys.argv[1:])"


class Batch(NamedTuple):
    """What the gate judges."""

    facts: FactFrames
    star: StarFrames
    registry: Registry


def measure_judging(folder: Path, submissions: int) -> list[Figure]:
    """Judges ``submissions`` submissions of a quarter as many departments."""
    batch = sample_batch(folder, submissions)
    catalogue = load_catalogue()
    checked = check_contracts(batch.star)
    material = Material(*batch[:2], checked[1], batch.registry)
    keys = material.submissions.select("submission_key", "department_id", "fiscal_year")
    groups = [rule.evidence for rule in catalogue.rules]
    frames = build_evidence(material, groups)
    database = folder / "evidence.duckdb"
    judged = judge(*batch[:2], catalogue, batch.registry, at=_AT, rejected=checked[1], database=database)
    contracts = _cpu(lambda: check_contracts(batch.star))
    gate = _cpu(lambda: judge(*batch[:2], catalogue, batch.registry, at=_AT, rejected=checked[1]))
    evidence = _cpu(lambda: build_evidence(Material(*batch[:2], checked[1], batch.registry), groups))
    rules = _cpu(lambda: run_rules(catalogue, frames, keys))
    command = [sys.executable, "-W", "ignore", "-c", _OPINION, str(database), str(folder / "docs")]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    second: dict[str, float] = json.loads(answer.splitlines()[-1])
    total = contracts + gate + second["counting"] + second["docs"]
    parts = {
        "contracts (pandera)": contracts,
        "gate: evidence": evidence,
        "gate: rules in DuckDB": rules,
        "gate: sentences, outcomes, verdicts": gate - evidence - rules,
        "Great Expectations: counting": second["counting"],
        "Great Expectations: Data Docs": second["docs"],
    }
    return [
        Figure("submissions", keys.height, f"judged by {len(catalogue.rules)} rules"),
        Figure("findings", judged.finding.height, ""),
        Figure("all of judging, without the import", total, "s of CPU"),
        *(Figure(name, seconds, f"s of CPU, {seconds / total:.0%}") for name, seconds in parts.items()),
        Figure("Great Expectations: import", second["import"], "s of CPU"),
    ]


def sample_batch(folder: Path, submissions: int) -> Batch:
    """Samples written into the folder, read and conformed."""
    firing = [defect for name, defect in DEFECTS.items() if name.startswith("C") and not name.endswith("~")]
    defects = list(islice(cycle(firing), submissions // 2))
    written = write_samples(folder, -(-submissions // len(YEARS)), YEARS, defects=defects)
    registry = Registry.load(written.registry)
    items = [
        ReadItem(surrogate_key("document", str(position)), name, (written.inbox / name).read_bytes())
        for position, name in enumerate(written.files[:submissions])
    ]
    read = [batch.frames for batch in read_all(items, registry)]
    facts = {group: pl.concat([frames[group] for frames in read]) for group in FACT_SCHEMAS}
    star = conform_batch(facts, _receipts(items), registry, Past.none())
    return Batch(facts, star | conformed_dimensions(registry, YEARS, _DEADLINE), registry)


def opinion(database: str, docs: str) -> None:
    """Prints the CPU seconds of the second opinion by part; for a process that has not loaded the library yet."""
    from expectations.suites import load_library, run_suites

    catalogue = load_catalogue()
    seconds = {"import": _once(load_library)}
    seconds["counting"] = _once(lambda: run_suites(catalogue, Path(database)))
    seconds["docs"] = _once(lambda: run_suites(catalogue, Path(database), Path(docs))) - seconds["counting"]
    print(json.dumps(seconds))  # noqa: T201 - the answer to the process that asks


def _receipts(items: list[ReadItem]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_key": [item.document_key for item in items],
            "file_name": [item.file_name for item in items],
            "sha256": [f"{position:064x}" for position in range(len(items))],
            "byte_count": [len(item.content) for item in items],
        }
    ).with_columns(
        received_at=pl.lit(_AT),
        intake_id=pl.lit("bench"),
        is_new=pl.lit(True),
        again_key=pl.lit(None, dtype=pl.Int64),
    )


def _once(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _cpu(work: Callable[[], object]) -> float:
    return min(_once(work) for _ in range(_TURNS))
