"""The reading stage of a night: new files, those of earlier versions that may still count beside them, and those of
versions that are judged again.

Earlier files are read again from the archive: facts are kept nowhere else, so a rebuild comes to the same, and only
departments and years of which something new came, or something that they rest on changed, are read again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from orchestration.night.past import load_documents, load_versions_to_judge_again
from orchestration.night.portions import portions_of
from orchestration.night.rejudging import again_frame, dependents, units_of
from orchestration.night.results import StageReport
from orchestration.night.work_folder import WorkFolder
from transforms.departments.registry import Registry
from transforms.facts.frames import FACT_SCHEMAS, FactFrames
from transforms.reading import read_all
from transforms.reading_file import ReadItem, Refused
from warehouse.archive.archive import Archive
from warehouse.archive.receipts import TAKEN, UNREADABLE
from warehouse.release.releases import Release

PORTION_SIZE = 2000
"""About how many documents go through the stages together; see portions_of. A night of fewer is one portion."""
_UNREADABLE = pl.Schema(
    {"document_key": pl.Int64(), "message": pl.String(), "detail": pl.String(), "is_system_fault": pl.Boolean()}
)
_AS_READ, _FACTS = "read.", "facts."
"""Facts as they were read, and the same in portions."""
_BATCH = 256
"""Documents whose facts are written together."""
_UNIT = ("department_id", "fiscal_year")
_RECEIPT = ("document_key", "file_name", "sha256", "byte_count", "received_at", "intake_id")
_LOG = logging.getLogger("jixiao.night")


@dataclass(frozen=True, slots=True)
class NightReading:
    """Reads into a night's work folder, and gives back what was read. ``base`` is the release that the night starts
    from; ``withdrawn`` what people took back (see Decisions): neither it nor its files count."""

    work: WorkFolder
    archive: Archive
    base: Release | None
    withdrawn: Sequence[str] = ()
    portion_size: int = PORTION_SIZE

    def run(self, registry: Registry, workers: int | None) -> StageReport:
        """Archive to facts, on all cores; a file that cannot be read is a row of its own."""
        self.work.forget(_AS_READ)
        self.work.forget(_FACTS)
        refused = self.work.read("receipts").filter(pl.col("outcome") == UNREADABLE).height
        unreadable = self._read(self.taken(), registry, workers, refused)
        self.work.write("unreadable", pl.DataFrame(unreadable, schema=_UNREADABLE, orient="row"))
        new = self._documents(_AS_READ)
        again = self._again(new)
        self.work.write("again", again)
        units = units_of(pl.concat([new.select(_UNIT), again.select(_UNIT)]))
        earlier = load_documents(self.base, units, self.withdrawn).join(self.taken(), on="document_key", how="anti")
        lost = [refused.document_key for refused in self._read(earlier, registry, workers)]
        failed = earlier.filter(pl.col("document_key").is_in(lost))
        self._postpone(failed, new)
        self.work.write("earlier", self._with_versions(earlier, again.join(failed, on=_UNIT, how="anti")))
        self._divide()
        return StageReport({"documents": new.height, "unreadable": len(unreadable), "read_again": earlier.height})

    def _again(self, new: pl.DataFrame) -> pl.DataFrame:
        """What is judged again, with reasons: what was due before the night, and what rests on that or on what is new
        (``new``: facts on documents)."""
        due = self.work.read("due")
        changed = units_of(pl.concat([new.select(_UNIT), due.select(_UNIT)]))
        return pl.concat([due, again_frame(dependents(changed))]).unique().sort(pl.all())

    def _with_versions(self, earlier: pl.DataFrame, again: pl.DataFrame) -> pl.DataFrame:
        """Earlier files with ``again_key``: the submission_key of the version that the file came for, where that is
        judged again."""
        found = load_versions_to_judge_again(self.base, units_of(again), self.withdrawn)
        versions = found.select("submission_key")
        judged = versions.with_columns(again_key="submission_key")
        return earlier.join(judged, on="submission_key", how="left", maintain_order="left").drop("submission_key")

    @property
    def portions(self) -> range:
        """The numbers of the portions in which everything that was read is worked on; there is always one."""
        return range(max(1, self.work.read("portions")["portion"].n_unique()))

    def facts(self, portion: int) -> FactFrames:
        """A portion of everything read, group by group."""
        return {
            group: self.work.read(_FACTS + group, portion) if self.work.has(_FACTS + group) else schema.to_frame()
            for group, schema in FACT_SCHEMAS.items()
        }

    def years(self) -> list[int]:
        """The fiscal years of everything read."""
        return self._documents(_FACTS)["fiscal_year"].drop_nulls().unique().sort().to_list()

    def received(self) -> pl.DataFrame:
        """The receipts of the files of this night (``is_new``), and of the earlier ones read again; ``again_key`` as
        conform_batch takes it."""
        earlier = self.work.read("earlier").select(*_RECEIPT, "again_key", is_new=pl.lit(False))
        return pl.concat([self.taken().select(*_RECEIPT, is_new=pl.lit(True)), earlier], how="diagonal")

    def taken(self) -> pl.DataFrame:
        """The receipts of files to be read: bundles apart, whose members have their own."""
        return self.work.read("receipts").filter((pl.col("outcome") == TAKEN) & pl.col("member_count").is_null())

    def _read(self, receipts: pl.DataFrame, registry: Registry, workers: int | None, refused: int = 0) -> list[Refused]:
        """Facts of these files into the work folder; the files that gave none. ``refused``: files that were found
        unreadable before, which are told with them."""
        unreadable: list[Refused] = []
        documents = 0
        for batch in read_all(self._items(receipts), registry, workers, _BATCH):
            documents += batch.frames["documents"].height
            unreadable += batch.unreadable
            for group, frame in batch.frames.items():
                self.work.append(_AS_READ + group, frame)
            _LOG.info("读取：%d 份，无法读取 %d 份", documents, refused + len(unreadable))
        return unreadable

    def _documents(self, prefix: str) -> pl.DataFrame:
        name = f"{prefix}documents"
        return self.work.read(name) if self.work.has(name) else FACT_SCHEMAS["documents"].to_frame()

    def _divide(self) -> None:
        """Everything read into portions, of which each is worked on by itself."""
        portions = portions_of(self._documents(_AS_READ), self.portion_size)
        self.work.write("portions", portions)
        for group in FACT_SCHEMAS:
            if self.work.has(_AS_READ + group):
                self.work.divide(_AS_READ + group, _FACTS + group, portions)

    def _items(self, receipts: pl.DataFrame) -> Iterator[ReadItem]:
        for receipt in receipts.iter_rows(named=True):
            yield ReadItem(receipt["document_key"], receipt["file_name"], self.archive.read(receipt["sha256"]))

    def _postpone(self, lost: pl.DataFrame, new: pl.DataFrame) -> None:
        """A department whose earlier files this night failed on waits, with what is new of it, for the next: without
        them its version would lack what still counts, or another year of it stay judged by what has changed."""
        if lost.is_empty():
            return
        waiting = new.join(lost, on="department_id", how="semi")
        self.work.write("receipts", self.work.read("receipts").join(waiting, on="document_key", how="anti"))
        _LOG.warning("读取：%d 份以前收到的文件这次未能读取，有关单位的新文件留待下次", lost.height)
