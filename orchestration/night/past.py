"""What earlier releases know, as the star room wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from expectations.history import AMOUNTS, EARLIEST, SENTENCES, TOTALS, History
from transforms.departments.registry import Registry
from transforms.star.dimensions import department_keys
from transforms.star.frames import Past
from transforms.star.versions import without_force
from warehouse.connection import open_reader
from warehouse.desk import Row, frame_of, has_table, rows_of
from warehouse.registry import table
from warehouse.release.releases import Release
from warehouse.schema import conform

_UNIT = ("department_id", "fiscal_year")
_PRINTED = {name: kind for name, kind in TOTALS.items() if name != "total_quantum"}
_RECEIPT = ("document_key", "file_name", "sha256", "byte_count", "received_at", "intake_id")


def load_past(base: Release | None, departments: Sequence[str], withdrawn: Sequence[str] = ()) -> Past:
    """Versions of all departments, project names of the given ones; empty before the first release. What is
    ``withdrawn`` (see Decisions) is in force no more."""
    if base is None:
        return Past.none()
    empty = Past.none()
    with open_reader(base.database) as release:
        return Past(
            frame_of(release, "past_versions", withdrawn=list(withdrawn)).cast(empty.versions.schema),
            frame_of(release, "past_aliases", departments=list(departments)).cast(empty.aliases.schema),
        )


def load_versions(base: Release | None) -> pl.DataFrame:
    """quality.submission_version of the release, whole rows; empty before the first release."""
    empty = table("quality.submission_version").empty()
    if base is None:
        return empty
    with open_reader(base.database) as release:
        return conform(frame_of(release, "versions"), table("quality.submission_version"))


def load_documents(
    base: Release | None, units: Sequence[tuple[str, int]], withdrawn: Sequence[str] = ()
) -> pl.DataFrame:
    """The files that earlier versions of these departments and years were made of, oldest first: document_key,
    file_name, sha256, byte_count, received_at, intake_id, department_id, fiscal_year, submission_key (of the version
    that each came for). ``withdrawn`` versions (see Decisions) are left out."""
    received, versions = table("quality.received_file").empty(), table("quality.submission_version").empty()
    empty = pl.concat([received.select(_RECEIPT), versions.select(*_UNIT, "submission_key")], how="horizontal")
    return _of_units(base, "past_documents", units, empty, withdrawn=list(withdrawn))


def load_withdrawn_files(base: Release | None, hashes: Sequence[str], withdrawn: Sequence[str]) -> list[Row]:
    """Which of the files of these hashes belong to ``withdrawn`` versions (see Decisions): sha256, department_id,
    fiscal_year, version."""
    if base is None or not hashes or not withdrawn:
        return []
    with open_reader(base.database) as release:
        return rows_of(release, "withdrawn_files", hashes=list(hashes), withdrawn=list(withdrawn))


def load_documents_without_unit(base: Release | None) -> pl.DataFrame:
    """The files of submissions whose department or year no one could tell, with the columns of load_documents."""
    empty = load_documents(None, [])
    if base is None:
        return empty
    with open_reader(base.database) as release:
        return frame_of(release, "documents_without_unit").cast(empty.schema)


def load_versions_to_judge_again(
    base: Release | None, units: Sequence[tuple[str, int]] | None, withdrawn: Sequence[str]
) -> pl.DataFrame:
    """The versions that are judged when these departments and years (None: all) are judged again, the one in force and
    quarantined ones that came after it: submission_key, department_id, fiscal_year. What people have ``withdrawn`` is
    none of them; what they had withdrawn before and no longer do is."""
    empty = table("quality.submission_version").empty().select("submission_key", *_UNIT)
    return _of_units(base, "versions_to_judge_again", units, empty, withdrawn=list(withdrawn))


def live_versions(base: Release | None, withdrawn: Sequence[str]) -> pl.DataFrame:
    """quality.submission_version of all versions that would be judged again with their departments and years."""
    live = load_versions_to_judge_again(base, None, withdrawn)
    return load_versions(base).join(live, on="submission_key", how="semi", maintain_order="left")


def broke_rules_of_other_stage(base: Release | None, live: pl.DataFrame, stages: Mapping[str, str]) -> pl.DataFrame:
    """The ``live`` versions with findings of rules that were at other stages than these (rule id to stage) then."""
    if base is None:
        return live
    with open_reader(base.database) as release:
        known = [f"{rule}={stage}" for rule, stage in stages.items()]
        found = frame_of(release, "broke_rules_of_other_stage", stages=known)
    return live.join(found.cast({"submission_key": pl.Int64()}), on="submission_key", how="semi", maintain_order="left")


def quarantined_under_other_catalogue(base: Release | None, catalogue_version: str) -> pl.DataFrame:
    """department_id, fiscal_year of what is quarantined by rules of another version than this one."""
    empty = table("quality.submission_version").empty().select(_UNIT)
    if base is None:
        return empty
    with open_reader(base.database) as release:
        found = frame_of(release, "quarantined_under_other_catalogue", catalogue_version=catalogue_version)
    return found.cast(empty.schema)


def published_under_other_keys(base: Release | None, registry: Registry) -> pl.DataFrame:
    """department_id, fiscal_year of what is published under another period of its department than the registry has for
    the year now."""
    empty = table("core.dim_submission").empty().select(*_UNIT, "department_key")
    if base is None:
        return empty.select(_UNIT)
    with open_reader(base.database) as release:
        published = frame_of(release, "published_departments").cast(empty.schema)
    now = department_keys(registry, published["fiscal_year"].unique())
    return published.join(now, on=(*_UNIT, "department_key"), how="anti", maintain_order="left").select(_UNIT)


def known_years(base: Release | None) -> list[int]:
    """The fiscal years that the release knows."""
    if base is None:
        return []
    with open_reader(base.database) as release:
        return frame_of(release, "fiscal_years")["fiscal_year"].to_list()


def load_history(
    base: Release | None, judged: pl.DataFrame, sentences: pl.DataFrame, withdrawn: pl.DataFrame | None = None
) -> History:
    """What is published of the years before those judged (department_id, fiscal_year), and who else wrote these
    sentences (fingerprint); none of it of versions that were ``withdrawn`` since (see withdrawn_versions)."""
    years = judged.select("department_id", pl.col("fiscal_year") - 1).drop_nulls().unique().sort(pl.all()).rows()
    totals = _of_units(base, "published_totals", years, pl.DataFrame(schema={**_PRINTED, "printed": pl.String()}))
    known = History(
        totals.select(*_PRINTED, total_quantum=_quantum()).cast(TOTALS),
        _of_units(base, "published_amounts", years, pl.DataFrame(schema=AMOUNTS)),
        _same_sentences(base, sentences),
    )
    if withdrawn is None or withdrawn.is_empty():
        return known
    return _without(known, withdrawn, load_versions(base))


def _without(known: History, withdrawn: pl.DataFrame, versions: pl.DataFrame) -> History:
    """Figures go with the version in force, sentences with every version."""
    gone = withdrawn.join(without_force(withdrawn, versions), on="submission_key", how="semi")
    sentences = known.sentences.join(withdrawn, on="submission_key", how="anti", maintain_order="left")
    return replace(known.without(gone), sentences=sentences)


def _same_sentences(base: Release | None, sentences: pl.DataFrame) -> pl.DataFrame:
    if base is None:
        return SENTENCES.to_frame()
    with open_reader(base.database) as release:
        if not has_table(release, "quality.sentence"):  # a release of an earlier program
            return SENTENCES.to_frame()
        release.register("asked", sentences.select("fingerprint").unique())
        return frame_of(release, "same_sentences", earliest=EARLIEST).cast(SENTENCES)


def _quantum() -> pl.Expr:
    """The value of the last printed digit of an amount: its unit is what makes the printed number the amount."""
    number = pl.col("printed").str.extract(r"(\d[\d,，]*(?:[.．]\d+)?)").str.replace_all("[,，]", "")
    plain = number.str.replace("．", ".", literal=True)
    decimals = plain.str.extract(r"\.(\d+)").str.len_chars().fill_null(0).cast(pl.Int32)
    unit = (pl.col("total_yuan").cast(pl.Float64) / plain.cast(pl.Float64, strict=False)).round()
    return (unit / pl.lit(10.0).pow(decimals)).round(2)


def _of_units(
    base: Release | None, question: str, units: Sequence[tuple[str, int]] | None, empty: pl.DataFrame, **more: object
) -> pl.DataFrame:
    """The answer to a question about departments and years (None: all); nothing where nothing is asked or known."""
    if base is None or (units is not None and not units):
        return empty
    with open_reader(base.database) as release:
        named = None if units is None else [f"{department}/{year}" for department, year in units]
        return frame_of(release, question, units=named, **more).cast(empty.schema)
