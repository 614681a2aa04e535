"""Forms of samples through the line's engine and back: nothing missed, nothing false."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from orchestration.examination import examine
from orchestration.settings import Settings
from samples import Scores
from samples import departments as places
from samples.content.report import make_report
from samples.forms import write_forms
from transforms.departments.registry import Registry

pytestmark = pytest.mark.pipeline


def test_forms_come_back_as_they_were_written(tmp_path) -> None:
    seed, years = 7, (2021, 2022)
    listed = places.departments(12, years, seed)
    registry = Registry.parse(places.registry_csv(listed), "registry.csv")
    workbooks = [write_forms(make_report(one, year, seed), seed) for one in listed for year in years]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(workbooks))]
    for path, workbook in zip(paths, workbooks, strict=True):
        path.write_bytes(workbook.content)
    scores = Scores()
    for examined, workbook in zip(examine(paths, registry, Settings()), workbooks, strict=True):
        scores.add(workbook.truth, asdict(examined))
    assert scores.misses() == []
    assert {"forms", "funding:amounts", "indicators:target", "project:budget_yuan"} <= set(scores.tallies)
