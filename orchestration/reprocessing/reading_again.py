"""Files of the archive read and conformed once more, beside any night: to compare, never to store."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from orchestration.night.past import known_years, load_past
from orchestration.night.standards import Standards
from transforms.facts.frames import FACT_SCHEMAS, FactFrames
from transforms.reading import read_all
from transforms.reading_file import ReadItem
from transforms.star.conform import conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import StarFrames
from warehouse.archive.archive import Archive
from warehouse.release.releases import Release


def read_again(documents: pl.DataFrame, base: Release, standards: Standards) -> tuple[FactFrames, StarFrames, int]:
    """Facts and star frames of ``documents`` (as load_documents gives them, with ``is_new`` and ``again_key`` as
    conform_batch takes them), and how many of the files could not be read this time."""
    archive = Archive(standards.home.archive)
    rows = documents.select("document_key", "file_name", "sha256").iter_rows()
    items = (ReadItem(key, name, archive.read(sha256)) for key, name, sha256 in rows)
    batches = list(read_all(items, standards.registry, standards.settings.workers))
    facts = {group: pl.concat(batch.frames[group] for batch in batches) for group in FACT_SCHEMAS}
    departments = documents["department_id"].drop_nulls().unique().to_list()
    known = load_past(base, departments, standards.decisions.withdrawn)
    past = replace(known, identities=standards.decisions.identity_frame())
    receipts = documents.drop("department_id", "fiscal_year", "submission_key")
    star = conform_batch(facts, receipts, standards.registry, past)
    years = {*known_years(base), *facts["documents"]["fiscal_year"].drop_nulls()}
    star |= conformed_dimensions(standards.registry, years, standards.settings.month_and_day)
    return facts, star, sum(len(batch.unreadable) for batch in batches)
