"""The judging stage of a night: everything that was read, portion by portion, under the rules and decisions in force.

What one portion must know of the others are the sentences that they share; all else that rules hold side by side is of
one department. What becomes of a verdict is the line's.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from expectations.history import SENTENCES, shared_sentences
from expectations.kept_evidence import forget
from orchestration.night.past import load_history
from orchestration.night.reading import NightReading
from orchestration.night.standards import Standards
from orchestration.night.work_folder import SHARED, SOUND, STAR, WorkFolder
from transforms.star.conform import SUBMISSIONS
from warehouse.release.releases import Release

if TYPE_CHECKING:
    from expectations.gate import Judgement

_JUDGED = ("evaluation", "finding", "verdicts")
_AT_ONCE = 2
"""Portions that are judged beside each other; each takes memory of its own."""


@dataclass(frozen=True)
class NightJudging:
    """Judges into a night's work folder. ``evidence``: the DuckDB file that shows what rules were asked about, where
    somebody else will ask."""

    work: WorkFolder
    reading: NightReading
    standards: Standards
    base: Release | None
    evidence: Path | None

    def check_contracts(self) -> int:
        """Every star frame against its table's contract; how many rows break it."""
        from expectations.contracts import check_contracts

        broken = 0
        for portion in self.reading.portions:
            shared = self.work.read_all(SHARED, portion)  # they stand in the first
            star = self.work.read_all(STAR, portion)
            sound, rejected = check_contracts(star | shared)
            for name, frame in sound.items():
                if name in star and star[name].height == frame.height:
                    self.work.link(f"{STAR}{name}", f"{SOUND}{name}", portion)
                else:
                    self.work.write(f"{SOUND}{name}", frame, portion)
            self.work.write("rejected_row", rejected, portion)
            broken += rejected.height
        return broken

    def run(self, at: datetime) -> int:
        """All rules on all submissions; the number of findings. Two portions are judged at once: DuckDB and polars do
        most of it, beside each other, and a portion knows of the others what was found before."""
        if self.evidence is not None:
            forget(self.evidence)
        for name in _JUDGED:
            self.work.forget(name)
        violations: Counter[str] = Counter()
        findings = 0
        shared = self._shared_sentences()
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            for counts, count in threads.map(lambda portion: self._judge(portion, at, shared), self.reading.portions):
                violations.update(counts)
                findings += count
        counted = {"rule_id": list(violations), "violations": list(violations.values())}
        self.work.write("violations", pl.DataFrame(counted))
        return findings

    def _judge(self, portion: int, at: datetime, shared: pl.DataFrame) -> tuple[dict[str, int], int]:
        """What became of a portion into the work folder; its violations by rule and the number of its findings."""
        judgement = self._judged(portion, at, shared)
        for name in _JUDGED:
            self.work.append(name, getattr(judgement, name), portion)
        return judgement.violations, judgement.finding.height

    def _judged(self, portion: int, at: datetime, shared: pl.DataFrame) -> Judgement:
        from expectations.evidence.material import OF_STAR
        from expectations.gate import judge

        star = {name: self.work.read(f"{STAR}{name}", portion) for name in OF_STAR} | self.work.read_all(SHARED)
        sentences, withdrawn = star["quality.sentence"], self.work.read("withdrawn")
        history = load_history(self.base, star[SUBMISSIONS], sentences, withdrawn)
        return judge(
            self.reading.facts(portion),
            star,
            self.standards.catalogue,
            self.standards.registry,
            at=at,
            waivers=self.standards.decisions.waiver_frame(),
            explained=self.standards.decisions.explained_frame(),
            rejected=self.work.read("rejected_row", portion),
            database=self.evidence,
            batch=portion,
            history=history.beside(shared, sentences),
        )

    def _shared_sentences(self) -> pl.DataFrame:
        if len(self.reading.portions) == 1:
            return SENTENCES.to_frame()
        return shared_sentences(self.work.scan(f"{STAR}quality.sentence"), self.work.read(f"{STAR}{SUBMISSIONS}"))
