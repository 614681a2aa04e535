"""The line: the stages of a night, each a function over the night's work folder. Dagster decides when they run.

All data between the stages lies as Parquet in the work folder, so that a stage can be run again by itself, and in
portions, so that no stage holds a nation's year; a stage gives back only counts. No parsing, SQL or rule belongs here.
"""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from orchestration.night import report as night_report
from orchestration.night.aftermath import prove_night, tell_people, write_slips
from orchestration.night.judging import NightJudging
from orchestration.night.moves import moves_to, versions_of
from orchestration.night.past import known_years, load_past, load_versions, load_withdrawn_files
from orchestration.night.reading import PORTION_SIZE, NightReading
from orchestration.night.rejudging import again_frame, due
from orchestration.night.release_input import stage_release
from orchestration.night.results import ContractOutcome, Malformed, RuleOutcome, StageLine, StageReport, SubmissionState
from orchestration.night.stage_clock import figures_of, timed
from orchestration.night.standards import Standards
from orchestration.night.work_folder import SHARED, STAR, WorkFolder
from orchestration.settings import Settings
from transforms.departments.registry import Registry
from transforms.facts.frames import FactFrames
from transforms.facts.raw_headings import raw_headings
from transforms.reading import READER_VERSION
from transforms.reading_pool import prepare
from transforms.star.conform import SUBMISSIONS, conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past
from transforms.star.versions import renewed, settled_versions, withdrawn_versions
from warehouse.archive.archive import Archive
from warehouse.archive.receipts import DUPLICATE, receipts_frame
from warehouse.desk import held_open
from warehouse.home import Home
from warehouse.intake.intake import MEBIBYTE, Limits, take_in
from warehouse.ledger.ledger import Ledger
from warehouse.ledger.states import JUDGED, READ
from warehouse.release.build import build_release
from warehouse.release.foundation import CopyAhead
from warehouse.release.reconcile import check_ledger, reconcile
from warehouse.release.releases import Release, Releases

if TYPE_CHECKING:
    from expectations.second_opinion import SecondOpinion

_LOG = logging.getLogger("jixiao.night")
"""Tells an operator how far the night is."""


class Line:
    """One night of one home; its caller holds the home's lock. ``now`` is the instant at which files are taken in.
    ``is_asked_twice``: whether Great Expectations counts the violations too; a release without it has no Data Docs.
    ``portion_size``: about how many documents go through the stages together; the outcome does not depend on it."""

    def __init__(
        self,
        home: Home,
        settings: Settings,
        night_id: str,
        now: datetime,
        inbox: Path | None = None,
        *,
        is_asked_twice: bool = True,
        portion_size: int = PORTION_SIZE,
    ) -> None:
        self.home = home
        self.settings = settings
        self.night_id = night_id
        self.now = now
        self.inbox = inbox or home.inbox
        self.work = WorkFolder(home, night_id)
        self.releases = Releases(home)
        self._evidence = self.work.path / "evidence.duckdb"
        self._docs = self.work.path / "quality"
        self._ahead = CopyAhead(self.work.path)
        self._standards = Standards(home, settings, now)
        self._is_asked_twice = is_asked_twice
        self._portion_size = portion_size
        self._opinion: SecondOpinion | None = None
        self.held = ExitStack()  # what is kept open until the night ends; its caller closes it
        self.stages: list[StageLine] = []

    @cached_property
    def base(self) -> Release | None:
        """The release that the night starts from."""
        return self.releases.newest()

    @cached_property
    def _known_versions(self) -> pl.DataFrame:
        return load_versions(self.base)

    @property
    def has_work(self) -> bool:
        """Whether a release could speak of anything new, duplicates and empty bundles apart, or judge any again."""
        if not self.work.has("receipts"):
            return False
        if not self.work.read("due").is_empty() or not self.work.read("withdrawn").is_empty():
            return True
        is_news = (pl.col("outcome") != DUPLICATE) & pl.col("member_count").is_null()
        return not self.work.read("receipts").filter(is_news).is_empty()

    @timed
    def take_in(self) -> StageReport:
        """Inbox to archive and ledger; pending is all that the current release does not speak of yet. What is due to be
        judged again is named. UsageError, before anything is taken; SystemFault when there is room for nothing."""
        decisions = self._standards.decisions
        self._standards.check_departments(self._known_versions["department_id"].drop_nulls())
        done = self.releases.clear_leftovers()
        damaged = check_ledger(self.home, self.now.date())
        limits = Limits(self.settings.largest_file_mib * MEBIBYTE, self.settings.settle_seconds)
        intake = take_in(self.home, self.inbox, self.now, limits)
        with self._ledger() as ledger:
            reconcile(ledger, self.home)
            pending, damaged = ledger.pending(), ledger.set_aside or damaged
        self.work.start()
        self.work.write("receipts", receipts_frame(pending))
        self.work.write("due", again_frame(due(self.base, self._standards.catalogue, decisions, self.registry)))
        self.work.write("withdrawn", withdrawn_versions(self._known_versions, decisions.withdrawal_frame()))
        hashes = [receipt.sha256 for receipt in intake.files if receipt.outcome == DUPLICATE]
        taken_back = load_withdrawn_files(self.base, hashes, decisions.withdrawn)
        night_report.begin(self.home, self.night_id, intake, done, taken_back, self.now, damaged)
        outcomes = [receipt.outcome for receipt in intake.files]
        _LOG.info("收取：本次收到 %d 份，待处理 %d 份", len(outcomes), len(pending))
        if not self.has_work:
            intake.check_room()
        duplicates = outcomes.count(DUPLICATE)
        counts = {"received": len(outcomes), "new": len(outcomes) - duplicates, "duplicates": duplicates}
        return StageReport({**counts, "postponed": len(intake.postponed), "pending": len(pending)})

    @timed
    def read(self) -> StageReport:
        """Archive to facts, on all cores; a file that cannot be read is a row of its own."""
        from expectations.second_opinion import warm_up

        prepare()
        if self._is_asked_twice:
            warm_up()
        return self._reading.run(self.registry, self.settings.workers)

    @timed
    def conform(self) -> StageReport:
        """Facts to star frames of everything read, and the versions they make."""
        years = {*known_years(self.base), *self._reading.years()}
        for name, frame in conformed_dimensions(self.registry, years, self.settings.month_and_day).items():
            self.work.write(f"{SHARED}{name}", frame)
        receipts, counts = self._reading.received(), Counter[str]()
        for portion in self._reading.portions:
            facts = self._reading.facts(portion)
            star = conform_batch(facts, receipts, self.registry, self._past_of(facts))
            for name, frame in star.items():
                self.work.write(f"{STAR}{name}", frame, portion)
                counts[name] += frame.height
        with self._ledger() as ledger:
            ledger.register(versions_of(self._submissions()), self.now)
            ledger.move(moves_to(READ, self._submissions(), self._known_versions), self.now)
        return StageReport(dict(sorted(counts.items())))

    @timed
    def check_contracts(self) -> StageReport:
        """Every star frame against its table's contract; rows that break it are kept apart with their reasons."""
        return StageReport({"rejected": self._judging.check_contracts()})

    @timed
    def judge(self) -> StageReport:
        """All rules on all submissions, while the file that the build starts from is copied. Great Expectations begins
        to count the same violations, for the build."""
        self._ahead.begin(self.base)
        findings = self._judging.run(self.now)
        self._opinion = self._asked() if self._is_asked_twice else None
        with self._ledger() as ledger:
            ledger.move(moves_to(JUDGED, self._submissions(), self._known_versions), self.now)
        past = renewed(self._known_versions, self.work.read("withdrawn"))
        settled = settled_versions(self._submissions(), self.work.read("verdicts"), pl.lit(self.now), past)
        self.work.write("settled", self._standards.decisions.stamped(settled))
        counts = self.work.read("settled").group_by("status").len().sort("status")
        _LOG.info("评判：%d 个报送版本，发现问题 %d 处", counts["len"].sum(), findings)
        return StageReport({"findings": findings, **dict(counts.iter_rows())})

    def _past_of(self, facts: FactFrames) -> Past:
        departments = facts["documents"]["department_id"].drop_nulls().unique().to_list()
        known = load_past(self.base, departments, self._standards.decisions.withdrawn)
        return replace(known, identities=self._standards.decisions.identity_frame())

    @timed
    def build(self) -> StageReport:
        """A new warehouse file from the base and what was accepted, audited; nothing is published yet, and nothing is
        complete unless Great Expectations has counted the same violations as the gate."""
        accepted = stage_release(self.work, self._standards, self._known_versions)
        built = build_release(
            self.home,
            self.work.staging,
            self.base,
            accepted=accepted,
            superseded=self.work.read("without_force")["submission_key"].to_list(),
            published_at=self.now,
            code_version=READER_VERSION,
            catalogue_version=self._standards.catalogue.version,
            quality_docs=self._agreed_docs if self._is_asked_twice else None,
            copied_base=self._ahead.copied_base,
            headings=raw_headings(),
            figures=figures_of(self.stages),
        )
        _LOG.info("建库：发布 %s 已建成并通过审核", built.release_id)
        self.work.write("built", pl.DataFrame({"release_id": [built.release_id]}))
        return StageReport(dict(built.row_counts))

    def _agreed_docs(self) -> Path:
        """The Data Docs of the second opinion, once it agrees; it is asked again where another process judged."""
        from expectations.second_opinion import agree

        opinion = self._opinion or self._asked()
        agree(opinion.counts(), dict(self.work.read("violations").iter_rows()))
        return self._docs

    def _asked(self) -> SecondOpinion:
        from expectations.second_opinion import ask

        shutil.rmtree(self._docs, ignore_errors=True)
        return ask(self._standards.catalogue, self._evidence, self._docs)

    @timed
    def publish(self) -> StageReport:
        """The one rename, then the books: the ledger settles, the night's log is written, old releases go."""
        release_id = self.work.read("built")["release_id"].item()
        self.held.enter_context(held_open(self.releases.publish(release_id)))
        with self._ledger() as ledger:
            reconcile(ledger, self.home)
        night_report.finish(self.home, self.night_id, self.work, self.registry, release_id)
        self.releases.prune(self.settings.keep_releases)
        return StageReport({"release_id": release_id})

    @timed
    def prove(self) -> StageReport:
        """The proof of what people read now."""
        return prove_night(self.home, self.night_id, self.work, self.now)

    @timed
    def write_slips(self) -> StageReport:
        """The slips that are owed, of this night or of one that was killed; none of them can fail the night."""
        return write_slips(self.home, self.settings, self.night_id)

    @timed
    def tell(self) -> StageReport:
        """Whoever is to be told."""
        return tell_people(self.home, self.settings, self.night_id, self.now, self.stages)

    def rule_outcomes(self) -> list[RuleOutcome]:
        """What each rule said, counted by submission."""
        return night_report.rule_outcomes(self.work)

    def contract_outcomes(self) -> list[ContractOutcome]:
        """Rows that broke their contract, by table."""
        return night_report.contract_outcomes(self.work)

    def changed_submissions(self) -> list[SubmissionState]:
        """The submissions whose state the night changed."""
        return night_report.changed_submissions(self.work)

    def malformed(self) -> list[Malformed]:
        """What was refused so far, with reasons."""
        return night_report.malformed(self.work, self.registry)

    def proof_problems(self) -> tuple[str, ...]:
        """What the proof found wrong, as Chinese sentences."""
        return night_report.proof_problems(self.home, self.night_id)

    @property
    def registry(self) -> Registry:
        """The registry in force."""
        return self._standards.registry

    @property
    def _reading(self) -> NightReading:
        archive, withdrawn = Archive(self.home.archive), self._standards.decisions.withdrawn
        return NightReading(self.work, archive, self.base, withdrawn, self._portion_size)

    @property
    def _judging(self) -> NightJudging:
        evidence = self._evidence if self._is_asked_twice else None
        return NightJudging(self.work, self._reading, self._standards, self.base, evidence)

    def _ledger(self) -> Ledger:
        return Ledger.open(self.home.ledger, Archive(self.home.archive))

    def _submissions(self) -> pl.DataFrame:
        return self.work.read(f"{STAR}{SUBMISSIONS}")
