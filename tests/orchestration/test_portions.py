"""Documents in portions, and frames that lie in them."""

import polars as pl
import pytest

from orchestration.night.portions import portions_of
from orchestration.night.work_folder import WorkFolder
from warehouse.home import Home

pytestmark = pytest.mark.unit


def portions(owners, about):
    documents = pl.DataFrame(
        {"document_key": range(len(owners)), "department_id": owners}, schema_overrides={"department_id": pl.String}
    )
    return portions_of(documents, about)["portion"].to_list()


@pytest.mark.parametrize(
    ("owners", "about", "expected"),
    [
        ([], 2, []),
        (["b", "a", "b", "a", "c", "c"], 2, [1, 0, 1, 0, 2, 2]),
        (["b", "a", "b", "a", "c"], 2, [1, 0, 1, 0, 2]),
        (["a", "b", "c", "d", "e"], 4, [0, 0, 0, 0, 0]),
        (["a", "b", "c", "d", "e", "f"], 4, [0, 0, 0, 1, 1, 1]),
        (["a", "b", "a", "a", "a", "c"], 2, [0, 1, 0, 0, 0, 1]),
        (["a", "b", None, None], 100, [0, 0, 0, 0]),
        (["a", None, None, "a"], 1, [2, 0, 1, 2]),
    ],
)
def test_a_department_stays_together(owners, about, expected):
    assert portions(owners, about) == expected


def test_a_frame_is_divided_in_its_order(tmp_path):
    work = WorkFolder(Home(tmp_path).create(), "night")
    rows = pl.DataFrame({"document_key": [3, 1, 3, 2, 1], "value": ["a", "b", "c", "d", "e"]})
    for part in (rows[:2], rows[2:]):
        work.append("read.rows", part)
        work.append("read.none", part.clear())
    placed = pl.DataFrame({"document_key": [1, 2, 3], "portion": [0, 2, 1]})
    for name in ("rows", "none"):
        work.divide(f"read.{name}", f"facts.{name}", placed)
    assert [work.read("facts.rows", portion)["value"].to_list() for portion in range(3)] == [
        ["b", "e"],
        ["a", "c"],
        ["d"],
    ]
    assert [work.read("facts.none", portion).height for portion in range(3)] == [0, 0, 0]
    assert work.read_all("facts.", 1)["rows"].rows() == [(3, "a"), (3, "c")]
    assert [name for name, _ in work.parts("facts.")] == ["none"] * 3 + ["rows"] * 3
    assert work.read("facts.rows")["value"].to_list() == ["b", "e", "a", "c", "d"]
    assert not work.has("read.rows")


def test_written_again_nothing_is_left_of_before(tmp_path):
    work = WorkFolder(Home(tmp_path).create(), "night")
    for portion in (0, 1, 2):
        work.write("verdicts", pl.DataFrame({"n": [portion]}), portion)
    for portion in (0, 1):
        work.write("verdicts", pl.DataFrame({"n": [10 + portion]}), portion)
    assert work.read("verdicts")["n"].to_list() == [10, 11]
