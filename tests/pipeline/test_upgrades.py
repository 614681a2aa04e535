"""Nights on a release that an earlier program published: what its tables lack is filled as a fresh reading has it."""

from datetime import timedelta

import pytest
from homes import (
    BAI,
    FIRST_NIGHT,
    HE,
    SONG,
    ask,
    bare_night,
    copy_of,
    drop,
    made_once,
    new_home,
    one_engine,
    report,
    statuses,
)

from orchestration.reprocessing.rebuilding import Rebuilding
from orchestration.settings import load_settings
from tests.orchestration.test_together import form
from tests.pipeline.test_submissions_of_files import zipped
from tests.transforms.form_cases import MERGED, project_form
from tests.transforms.sheet_makers import workbook
from warehouse.connection import open_writer
from warehouse.errors import ReleaseFault
from warehouse.home import Home, exclusive
from warehouse.registry import quote_name, table
from warehouse.release.manifest import NAME, file_entries, read_manifest, write_manifest
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

_PLACE = ("words_document_key", "words_page", "words_line")
ADDED = {
    "core.fact_goal": _PLACE,
    "core.fact_problem": _PLACE,
    "core.fact_measure": _PLACE,
    "core.fact_achievement": ("has_own_sentence", *_PLACE),
    "core.fact_project_spending": (
        *("has_own_goal", "has_own_completion", "words_document_key"),
        *("goal_page", "goal_line", "completion_page", "completion_line"),
    ),
    "core.fact_indicator": ("has_own_weight", "has_own_score"),
}
"""What releases did not have before."""
_KEY_TABLE = """
### （三）重点项目

单位：万元

|项目名称|预算数|支出数|绩效目标|完成情况|
|---|---|---|---|---|
|道路保洁经费|300.00|290.00|清扫道路20条|主次干道22条每日保洁到位|
|文化活动经费|200.50|200.50||组织文艺演出和展览15场次|

### （四）主要工作成效
"""


def _with_repetitions() -> bytes:
    """A report whose projects stand in two tables with the same words, and a sentence with two figures."""
    return report().replace("\n### （三）主要工作成效\n".encode(), _KEY_TABLE.encode())


def _with_shared_cells() -> bytes:
    """A form of which two indicators share the cells of weight and score."""
    rows = [list(row) for row in project_form(head=[["项目支出绩效自评表"], ["（2021年度）"]])]
    rows[3] = ["主管部门", SONG, None, None, "实施单位", SONG]
    rows[12][6:8], rows[13][6:8] = [30, 28.33], [None, None]
    return workbook(rows, merged={0: [*MERGED, "G13:G14", "H13:H14"]})


@pytest.fixture(scope="module")
def published(common):
    """A home with one release; copy it before a night."""

    def make(folder):
        home = new_home(folder)
        drop(home, "松溪.zip", zipped(报告=_with_repetitions(), 养护=_with_shared_cells(), 保洁=form()))
        drop(home, "白塬.md", report(BAI))
        bare_night(home)

    return Home(made_once(common, "published-before", make))


@pytest.fixture
def home(published, tmp_path):
    return copy_of(published, tmp_path / "home")


def _as_published_before(home: Home) -> None:
    """Its release becomes one of a program whose tables lacked what ADDED names."""
    release = Releases(home).newest()
    release.database.chmod(0o644)
    with open_writer(release.database) as connection:
        for name, columns in ADDED.items():
            for column in columns:
                connection.execute(f"ALTER TABLE {quote_name(name)} DROP COLUMN {column}")
    _write_again(release.path, layout="before")


def _write_again(folder, **stated) -> None:
    manifest = read_manifest(folder)
    (folder / NAME).unlink()
    write_manifest(folder, {**manifest, **stated, "files": file_entries(folder)})


def _rows(home: Home, name: str) -> list[tuple[object, ...]]:
    columns = ", ".join(quote_name(column) for column in table(name).column_names)
    return ask(home, f"SELECT {columns} FROM {quote_name(name)} ORDER BY ALL")


def test_the_night_after_fills_what_an_earlier_program_did_not_publish(home, tmp_path):
    always = copy_of(home, tmp_path / "always")
    _as_published_before(home)
    for each in (home, always):
        drop(each, "禾浦.md", report(HE))
        bare_night(each, 1)
    for name in ADDED:
        assert _rows(home, name) == _rows(always, name), name
    newest = Releases(home).newest()
    assert Releases(home).verify(newest.release_id, full=True) == []
    was = Releases(always).newest().manifest["tables"]
    assert {name: newest.manifest["tables"][name]["checksum"] for name in ADDED} == {
        name: was[name]["checksum"] for name in ADDED
    }


@pytest.mark.parametrize(
    ("name", "column"), [(name, column) for name, columns in ADDED.items() for column in columns if "has_own" in column]
)
def test_what_is_compared_has_rows_of_both_kinds(published, name, column):
    assert {value for (value,) in ask(published, f"SELECT {column} FROM {name}")} == {True, False}
    assert ask(published, "SELECT count(*) FROM mart.narrative WHERE line IS NULL OR file_name IS NULL") == [(0,)]


def test_a_release_that_cannot_be_gone_on_with_is_named_and_a_rebuild_helps(home):
    _as_published_before(home)
    before = Releases(home).newest()
    before.database.chmod(0o644)
    with open_writer(before.database) as connection:
        connection.execute("DELETE FROM core.provenance WHERE table_name = 'fact_goal'")
    _write_again(before.path)
    drop(home, "禾浦.md", report(HE))
    with pytest.raises(ReleaseFault) as caught:
        bare_night(home, 1)
    assert before.release_id in caught.value.message
    assert "jixiao rebuild" in caught.value.message
    assert "审核" not in caught.value.message
    assert Releases(home).list() == [before]
    with one_engine(), exclusive(home):
        rebuilding = Rebuilding(home, load_settings(home), FIRST_NIGHT + timedelta(days=2))
        assert rebuilding.publish(even_if_differing=True).release_id is not None
    assert bare_night(home, 3).release_id is not None
    assert statuses(home)["s-he", 2021, 1] == "accepted"
