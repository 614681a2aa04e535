"""The pictures of docs/performance.md tell what benchmarks/latest.json says."""

import json
import re

import pytest

from benchmarks.pictures import FOLDER, GROWTH, STAGES, draw
from benchmarks.record import FILE

pytestmark = pytest.mark.unit

ABOUT = {
    "bench-nation": {
        "units": 40,
        "spent": {
            "read": {"wall_s": 2.5, "cpu_s": 4.75},
            "build": {"wall_s": 1.25, "cpu_s": 1.5},
            "night": {"wall_s": 9.0, "cpu_s": 9.0},
        },
    },
    "bench-growth": {
        "command": "make bench-growth",
        "0 new over 1,000 stored, s of CPU": 5.5,
        "0 new over 1,000 stored, s": 99.0,
        "100 new over 10,000 stored, s of CPU": 22.25,
    },
}


def told(picture: str) -> set[str]:
    """What each bar or point of a picture is said to be."""
    return set(re.findall(r'aria-label="([^"]*seconds: [^"]*)"', picture))


def test_a_bar_a_stage_and_a_point_a_night(tmp_path):
    draw(ABOUT, tmp_path)
    stages, growth = ((tmp_path / name).read_text("utf-8") for name in (STAGES, GROWTH))
    assert "40 units" in stages
    assert told(stages) == {
        "seconds: 2.5; stage: read; kind: by the clock",
        "seconds: 4.75; stage: read; kind: CPU",
        "seconds: 1.25; stage: build; kind: by the clock",
        "seconds: 1.5; stage: build; kind: CPU",
    }
    assert told(growth) == {
        "new reports: 0; seconds: 5.5; stored reports: 1,000",
        "new reports: 100; seconds: 22.25; stored reports: 10,000",
    }


def test_what_was_not_measured_is_not_drawn(tmp_path):
    draw({"bench": {"command": "make bench"}}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_pictures_of_the_docs_are_those_of_the_last_figures(tmp_path):
    draw(json.loads(FILE.read_text("utf-8"))["about"], tmp_path)
    page = (FOLDER.parent / "performance.md").read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {STAGES, GROWTH}
    for picture in tmp_path.iterdir():
        assert f"(pictures/{picture.name})" in page
        assert told(picture.read_text("utf-8")) == told((FOLDER / picture.name).read_text("utf-8"))
