"""Whole nights on submissions of several files, zipped and loose, now and later; and on hostile files beside them."""

import io
import zipfile
from decimal import Decimal

import pytest
from homes import BAI, SONG, ask, copy_of, drop, made_once, new_home, report, statuses
from homes import bare_night as night

from tests.orchestration.test_together import form, page
from warehouse.archive.archive import Archive
from warehouse.home import Home
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return target.getvalue()


def saved_again(content: bytes) -> bytes:
    """The same workbook in other bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return zipped(**{name: parts.read(name) for name in reversed(parts.namelist())})


def archived(home: Home, name: str) -> bytes:
    archive = Archive(home.archive)
    (receipt,) = [receipt for receipt in archive.receipts() if receipt.file_name == name]
    return archive.read(receipt.sha256)


@pytest.fixture(scope="module")
def zipped_in(common):
    """A home with one release of a zip that holds a report and two forms."""

    def make(folder):
        home = new_home(folder)
        drop(home, "松溪.zip", zipped(报告=report(), 保洁=form(), 巡查=form("安全巡查经费", 250, 240), __MACOSX=b""))
        night(home)

    return Home(made_once(common, "zipped-in", make))


@pytest.fixture
def home(zipped_in, tmp_path):
    return copy_of(zipped_in, tmp_path / "home")


def documents(home):
    return ask(home, "SELECT file_name, kind FROM core.dim_document ORDER BY file_name")


def received(home):
    rows = ask(home, "SELECT file_name, outcome, reason, submission_key FROM quality.received_file")
    return {row[0]: row[1:] for row in rows}


def test_the_members_of_a_zip_are_one_submission(home):
    assert documents(home) == [
        ("松溪.zip/保洁", "project_form"),
        ("松溪.zip/巡查", "project_form"),
        ("松溪.zip/报告", "overall_report"),
    ]
    assert statuses(home) == {("s-song", 2021, 1): "accepted"}
    assert ask(home, "SELECT count(*), count(DISTINCT submission_key) FROM core.fact_form") == [(2, 1)]
    assert ask(home, "SELECT sum(budget_yuan) FROM core.fact_project_spending WHERE is_primary") == [
        (Decimal("7505000.00"),)
    ]
    files = received(home)
    assert files["松溪.zip"] == ("taken", "压缩包，已解开，内有 3 份文件。", None)
    assert len({files[name][2] for name in files if name != "松溪.zip"}) == 1
    shown = ask(home, "SELECT DISTINCT file_name FROM core.provenance JOIN core.dim_document USING (document_key)")
    assert len(shown) == 3
    assert archived(home, "松溪.zip/报告") == report()


def test_a_later_form_makes_the_next_version_and_a_repetition_none(home):
    before = Releases(home).current().release_id
    kept = archived(home, "松溪.zip/保洁")
    drop(home, "再压缩.zip", zipped(表=kept, 报告=report()))
    log = night(home, 1)
    assert (log.received, log.duplicates, log.release_id) == (0, 2, None)
    assert Releases(home).current().release_id == before
    drop(home, "保洁（更正）.xlsx", saved_again(kept))
    drop(home, "松溪.html", page())
    log = night(home, 2)
    assert [line.file_name for line in log.submissions] == ["保洁（更正）.xlsx"]
    assert documents(home) == [
        ("保洁（更正）.xlsx", "project_form"),
        ("松溪.zip/巡查", "project_form"),
        ("松溪.zip/报告", "overall_report"),
    ]
    assert statuses(home) == {("s-song", 2021, 1): "superseded", ("s-song", 2021, 2): "accepted"}
    assert ask(home, "SELECT count(*) FROM core.fact_project_spending") == [(5,)]
    outcome, reason, submission = received(home)["松溪.html"]
    assert (outcome, reason) == ("taken", "与“松溪.zip/报告”内容相同（另一种格式），只计一份。")
    assert (submission,) in ask(home, "SELECT submission_key FROM core.dim_submission")


def test_a_form_that_contradicts_the_published_report_is_quarantined_and_the_version_in_force_stays(home):
    drop(home, "保洁（更正）.xlsx", form(spent=280))
    log = night(home, 1)
    (line,) = log.submissions
    assert (line.outcome, line.version) == ("quarantined", 2)
    assert line.findings[0].startswith("C32")
    assert statuses(home) == {("s-song", 2021, 1): "accepted", ("s-song", 2021, 2): "quarantined"}
    assert len(documents(home)) == 3


def test_hostile_files_cost_no_other_file_anything(tmp_path):
    home = new_home(tmp_path / "home")
    entities = "<!DOCTYPE a [<!ENTITY b '爆'><!ENTITY c '" + "&b;" * 50 + "'>]>"
    hostile = {
        "炸弹.zip": zipped(甲=bytes(40 << 20)),
        "套娃.zip": zipped(甲=zipped(乙=zipped(丙=b"x"))),
        "深.html": ("<html>" + "<div>" * 60_000 + SONG).encode(),
        "跨行.html": b"<html><table>" + b"<tr><td rowspan=65534 colspan=65534>1<td>2" * 2000,
        "实体.xml": f"<?xml version='1.0'?>{entities}<a>&c;</a>".encode(),
        "截断.zip": zipped(甲=b"x" * 5000)[:-40],
    }
    for name, content in hostile.items():
        drop(home, name, content)
    drop(home, "松溪.zip", zipped(报告=report(), 坏=b"PK\x03\x04" + bytes(50)))
    drop(home, "白塬.html", page().replace(SONG.encode(), BAI.encode()).replace("松溪".encode(), "白塬".encode()))
    log = night(home)
    refused = {line.file_name: line.reason for line in log.submissions if line.outcome == "unreadable"}
    assert log.count("accepted") == 2
    assert statuses(home) == {
        ("s-song", 2021, 1): "accepted",
        ("s-bai", 2021, 1): "accepted",
        (None, None, 1): "quarantined",
    }
    for name, words in (
        ("炸弹.zip", "压缩比异常"),
        ("套娃.zip/甲/乙", "层层嵌套"),
        ("深.html", "嵌套"),
        ("实体.xml", "XML"),
        ("截断.zip", "已损坏"),
        ("松溪.zip/坏", "已损坏"),
    ):
        assert words in refused[name], name
        assert refused[name].endswith("。")
