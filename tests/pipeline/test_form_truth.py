"""Forms of samples in every medium through the line's engine and back: nothing missed, nothing false."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from orchestration.operations.examination import examine
from orchestration.settings import Settings
from samples import Scores
from samples import departments as places
from samples.content.report import make_report
from samples.forms import FORM_MEDIA, write_forms
from transforms.departments.registry import Registry

pytestmark = pytest.mark.pipeline


@pytest.mark.parametrize("medium", ["xlsx", "xls", "form-docx", "form-html"])
def test_forms_come_back_as_they_were_written(medium: str, tmp_path) -> None:
    seed, year = 7, 2022
    listed = places.departments(8, (year,), seed)
    registry = Registry.parse(places.registry_csv(listed), "registry.csv")
    written = [write_forms(make_report(one, year, seed), seed, [medium]) for one in listed]
    paths = [tmp_path / f"{number}.{FORM_MEDIA[medium].ending}" for number in range(len(written))]
    for path, forms in zip(paths, written, strict=True):
        path.write_bytes(forms.content)
    scores = Scores()
    for examined, forms in zip(examine(paths, registry, Settings()), written, strict=True):
        scores.add(forms.truth, asdict(examined))
    assert scores.misses() == []
    assert {"forms", "funding:amounts", "indicators:target", "project:budget_yuan"} <= set(scores.tallies)
