"""Reports with forms from samples through reading and judging: sound ones raise nothing, defects what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl
import pytest

from expectations.catalogue import load_catalogue
from expectations.gate import judge
from expectations.second_opinion import agree
from expectations.suites import run_suites
from samples import DEFECTS
from samples import departments as places
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
    """The judgement of samples, the files of a department and year together."""
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
    return judgement


def test_sound_forms_raise_nothing_but_that_their_report_is_missing():
    found = judged(16, (2019, 2020, 2021, 2022), 33, ("xlsx",)).finding
    assert found["rule_id"].value_counts().rows() == [("C06", 64)]
    assert found["subject"].unique().to_list() == ["自评报告"]


def test_each_defect_of_forms_is_found_alone_and_its_near_miss_not(tmp_path):
    database = tmp_path / "evidence.duckdb"
    judgement = judged(len(OF_FORMS), (2022,), 32, ("md",), OF_FORMS, database)
    looks = (pl.col("level") == "information") & pl.col("rule_id").str.starts_with("C")
    found = dict(judgement.finding.filter(~looks).group_by("department_id").agg("rule_id").iter_rows())
    listed = places.departments(len(OF_FORMS), (2022,), 32)
    said = {defect.name: found.get(one.department_id, []) for one, defect in zip(listed, OF_FORMS, strict=True)}
    assert said == {defect.name: [defect.rule] if defect.fires else [] for defect in OF_FORMS}
    agree(run_suites(load_catalogue(), database), judgement.violations)
