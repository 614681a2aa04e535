"""Files examined on their own: every finding in a PDF names its page, whatever it is on."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.operations.examination import examine
from orchestration.settings import Settings
from samples.write import write_samples
from transforms.departments.registry import Registry

pytestmark = pytest.mark.pipeline


def test_every_finding_in_a_pdf_names_its_page(tmp_path: Path) -> None:
    written = write_samples(tmp_path, 2, [2022], defects="C07,C14", media=["pdf"])
    paths = [written.inbox / file for file in written.files]
    results = list(examine(paths, Registry.load(written.registry), Settings()))
    places = [(found["rule"], found["line"], found["page"]) for result in results for found in result.findings]
    assert {"C07", "C14"} <= {rule for rule, _, _ in places}
    assert not [place for place in places if place[1] is not None and place[2] is None]
    assert all(place[2] == 1 for place in places if place[1] == 1)
