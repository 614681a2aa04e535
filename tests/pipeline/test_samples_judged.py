"""Samples of every medium through reading and judging: sound ones raise what they mean to, defects what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath

import polars as pl
import pytest

from expectations.catalogue import load_catalogue
from expectations.gate import judge
from expectations.second_opinion import agree
from expectations.suites import run_suites
from samples import DEFECTS
from samples import departments as places
from samples.forms import FORM_MEDIA
from samples.media import WRITERS
from samples.write import samples
from tests.transforms.star_cases import receipts_of
from transforms.departments.registry import Registry
from transforms.reading import read_batch
from transforms.reading_file import ReadItem
from transforms.star.conform import conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past

pytestmark = pytest.mark.pipeline

AT = datetime(2024, 3, 1, tzinfo=UTC)
OF_FORMS = [defect for defect in DEFECTS.values() if defect.deform or defect.rule == "F15"]


def judged(departments: int, years: Sequence[int], seed: int, media: Sequence[str], defects=None, database=None):
    """The judgement of samples, the files of a department and year together; and the samples."""
    listed = places.departments(departments, years, seed)
    registry = Registry.parse(places.registry_csv(listed), "registry.csv")
    written = list(samples(listed, years, seed, defects, media=media))
    items = [ReadItem(key, one.file_name, one.content) for key, one in enumerate(written, 1)]
    facts = read_batch(items, registry).frames
    intakes = [f"{one.truth['department_id']} {one.truth['fiscal_year']}" for one in written]
    receipts = receipts_of(len(written), "at once").with_columns(intake_id=pl.Series(intakes))
    star = conform_batch(facts, receipts, registry, Past.none())
    star |= conformed_dimensions(registry, years, (6, 30))
    judgement = judge(facts, star, load_catalogue(), registry, at=AT, database=database)
    assert judgement.verdicts.height == departments * len(years)
    return judgement, written


@pytest.mark.parametrize("media", [tuple(WRITERS), tuple(FORM_MEDIA)], ids=["reports", "forms"])
def test_sound_samples_of_every_medium_raise_what_they_mean_to(media):
    judgement, written = judged(16, (2021, 2022) if media[0] in WRITERS else (2022,), 33, media)
    assert len({PurePath(one.file_name).suffix for one in written}) >= len(media)
    found = judgement.finding.filter(pl.col("level") != "information")
    meant = {
        (one.truth["department_id"], one.truth["fiscal_year"], finding["rule"])
        for one in written
        for finding in one.truth["findings"]
        if finding["level"] != "information"
    }
    of_units = {(one.truth["department_id"], one.truth["fiscal_year"]): one.truth["kind"] for one in written}
    meant |= {(*unit, "C06") for unit, kind in of_units.items() if kind != "overall_report"}  # no report came with them
    assert set(found.select("department_id", "fiscal_year", "rule_id").rows()) == meant
    assert {rule for _, _, rule in meant} <= {"C06", "C31", "C33"}, "samples that are called sound mean little"


def test_each_defect_of_forms_is_found_alone_and_its_near_miss_not(tmp_path):
    database = tmp_path / "evidence.duckdb"
    judgement, _ = judged(len(OF_FORMS), (2022,), 32, ("md",), OF_FORMS, database)
    looks = (pl.col("level") == "information") & pl.col("rule_id").str.starts_with("C")
    found = dict(judgement.finding.filter(~looks).group_by("department_id").agg("rule_id").iter_rows())
    listed = places.departments(len(OF_FORMS), (2022,), 32)
    said = {defect.name: found.get(one.department_id, []) for one, defect in zip(listed, OF_FORMS, strict=True)}
    assert said == {defect.name: [defect.rule] if defect.fires else [] for defect in OF_FORMS}
    agree(run_suites(load_catalogue(), database), judgement.violations)
