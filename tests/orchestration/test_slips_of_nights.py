"""Slips of real nights: what is written, what a killed night owes, what ``jixiao slip`` finds and refuses."""

import json
import shutil

import duckdb
import pytest
from homes import BAI, HE, SONG, copy_of, drop, made_once, new_home, night, one_engine, report
from slip_cases import paragraphs_of, tables_of

from expectations.slips.reading import Office, read_slips
from orchestration.night.slips import slip_of_department, write_due_slips
from orchestration.settings import load_settings
from tests.orchestration.test_together import form
from warehouse.desk import open_release
from warehouse.home import Home

pytestmark = pytest.mark.pipeline

REFUSED = "2021/2021年禾浦镇-第1版-退回单"
QUESTIONED = "2021/2021年白塬街道-第1版-审核意见单"
OF_TWO_FILES = "2021/2021年松溪街道-第1版-退回单"
UNBACKED = report(BAI).replace("问卷调查200名群众，".encode(), b"")
"""A report with a satisfaction figure that no survey backs."""


@pytest.fixture(scope="module")
def published(common):
    def make(folder):
        home = new_home(folder)
        drop(home, "松溪/报告.md", report(SONG))
        drop(home, "松溪/保洁.xlsx", form(spent=280))
        drop(home, "白塬.md", UNBACKED)
        drop(home, "禾浦.md", report(HE, rate="90.0"))
        drop(home, "禾浦2018.md", report(HE, year=2018))
        drop(home, "扫描/空.md", b"")
        night(home)

    return Home(made_once(common, "slips-home", make))


def stems(home):
    return sorted(str(path.relative_to(home.slips))[:-5] for path in home.slips.rglob("*.docx"))


def contents(home):
    return {path: path.read_bytes() for path in home.slips.rglob("*") if path.is_file()}


def docx(home, stem):
    return (home.slips / f"{stem}.docx").read_bytes()


# --- what a night writes


def test_a_night_writes_a_slip_for_each_refused_questioned_and_unreadable_submission(home):
    assert stems(home)[:3] == sorted([OF_TWO_FILES, QUESTIONED, REFUSED])
    assert [stem[:12] for stem in stems(home)[3:]] == ["年度不明/部门不明-空-"]
    for stem in stems(home):
        assert all((home.slips / f"{stem}.{ending}").stat().st_size > 1000 for ending in ("docx", "html", "xlsx"))


def test_a_refused_report_is_told_where_and_what(home):
    texts = paragraphs_of(docx(home, REFUSED))
    assert texts[0] == "绩效自评材料退回单"
    assert f"{HE}：" in texts
    assert "清岚区（模拟）财政局" in texts
    assert any(text.startswith("1. 执行率与金额不符（C22，1处）") for text in texts)
    summary, files, findings = tables_of(docx(home, REFUSED))[:3]
    assert ["答复期限", "2022年6月30日"] in summary
    assert files[1] == ["1", "禾浦.md", "2022年5月10日 02:00"]
    lines = report(HE, rate="90.0").decode().splitlines()
    assert findings[2][1] == f"第{next(at for at, line in enumerate(lines, 1) if '完成预算的90.0%' in line)}行"
    assert "完成预算的90.0%" in findings[2][2]
    assert "应与“90%”相符" in findings[2][3]


def test_a_questioned_report_gets_boxes_to_explain(home):
    texts = paragraphs_of(docx(home, QUESTIONED))
    assert texts[0] == "绩效自评材料审核意见单"
    assert any(text.startswith("说明：□ 有误，已改正") for text in texts)
    assert not any("必须改正的问题" in text for text in texts)


def test_the_night_says_what_it_wrote_and_a_second_one_writes_nothing(published, tmp_path):
    home = copy_of(published, tmp_path / "home")
    before = contents(home)
    log = night(home, day=1)
    assert log.slips == ()
    assert contents(home) == before


def test_slips_that_a_killed_night_owes_are_written_by_the_next_even_without_news(home):
    before = contents(home)
    shutil.rmtree(home.slips)
    log = night(home, day=1)
    assert log.release_id is None
    assert len(log.slips) == 4
    assert contents(home) == before


def test_a_slip_that_cannot_be_written_fails_neither_the_night_nor_the_others(home):
    shutil.rmtree(home.slips)
    home.slips.mkdir()
    (home.slips / "2021").write_text("in the way")
    log = night(home, day=1)
    assert [name.partition("/")[0] for name in log.slips] == ["年度不明"]
    assert len([problem for problem in log.problems if "没有写成" in problem]) == 3
    (home.slips / "2021").unlink()
    assert len(night(home, day=2).slips) == 3


def test_a_shelf_that_cannot_be_read_is_told_and_fails_no_night(home):
    (home.slips / "issued.jsonl").unlink()
    (home.slips / "issued.jsonl").mkdir()
    log = night(home, day=1)
    assert [problem for problem in log.problems if "没有写成" in problem]


def test_later_versions_leave_earlier_slips_as_they_were_sent(home, jixiao):
    before = contents(home)
    drop(home, "禾浦改.md", report(HE, rate="91.0"))
    drop(home, "白塬改.md", report(BAI))
    log = night(home, day=1)
    assert log.slips == ("2021/2021年禾浦镇-第2版-退回单.docx",)
    kept = {path: content for path, content in contents(home).items() if path in before and path.suffix != ".jsonl"}
    assert kept == {path: content for path, content in before.items() if path.suffix != ".jsonl"}
    code, out, _ = jixiao(home, "slip", "--department", "禾浦镇", "--year", 2021, "--format", "docx")
    assert (code, out.strip()) == (0, str(home.slips / log.slips[0]))
    code, _, err = jixiao(home, "slip", "--file", "白塬.md")
    assert code == 2
    assert "已被新的版本取代" in err


def test_a_submission_of_several_files_names_the_file_of_each_place(home):
    _, files, findings = tables_of(docx(home, OF_TWO_FILES))[:3]
    assert {row[1] for row in files[1:]} == {"报告.md", "保洁.xlsx"}
    assert all(row[1].startswith("《") for row in findings if len(row) == 4 and row[0] == "1")


# --- what is open and what is not


def changed(home, *statements):
    """The slips of the current release after somebody decided something."""
    with duckdb.connect(home.current / "warehouse.duckdb") as release:
        for statement in statements:
            release.execute(statement)
    with open_release(home) as release:
        keys = [row[0] for row in release.sql("SELECT submission_key FROM quality.submission_version").fetchall()]
        return {slip.short_name: slip for slip in read_slips(release, keys, Office(None, 10, False))}


@pytest.fixture
def loose(home):
    database = (home.current / "warehouse.duckdb").resolve()
    database.chmod(0o644)
    database.parent.chmod(0o755)
    return home


def test_what_is_only_on_trial_explained_or_waived_is_not_told(loose):
    assert set(changed(loose)) == {"松溪街道", "白塬街道", "禾浦镇"}
    told = changed(loose, "UPDATE quality.finding SET state = 'explained' WHERE level = 'warning'")
    assert set(told) == {"松溪街道", "禾浦镇"}
    assert told["禾浦镇"].counts["blocking"] == 1


def test_what_the_bureau_sees_to_is_only_counted(loose):
    told = changed(loose, "UPDATE quality.finding SET responsible = 'bureau' WHERE level = 'blocking'")["禾浦镇"]
    assert (told.counts["blocking"], told.bureau_count) == (0, 1)


def test_an_answer_may_be_due_later_than_the_reports_but_never_earlier(loose):
    told = changed(loose, "UPDATE quality.roster SET due_on = DATE '2020-06-30'")["禾浦镇"]
    assert told.answer_by.isoformat() == "2022-05-20"


def test_a_further_issue_says_so_and_keeps_the_first(loose):
    first = docx(loose, REFUSED)
    changed(
        loose,
        "UPDATE quality.submission_version SET judged_at = judged_at + INTERVAL 1 DAY WHERE department_id = 's-he'",
        "UPDATE quality.finding SET message = '另一个结论。' WHERE level = 'blocking'",
    )
    written = write_due_slips(loose, load_settings(loose)).written
    assert written == (f"{REFUSED}-第2次.docx",)
    assert docx(loose, REFUSED) == first
    assert "编号：2021年禾浦镇-第1版-退回单-第2次" in paragraphs_of(docx(loose, f"{REFUSED}-第2次"))


# --- jixiao slip


def test_slip_prints_where_the_files_are(home, jixiao):
    for name in ("禾浦镇", "s-he", HE):
        code, out, _ = jixiao(home, "slip", "--department", name, "--year", 2021)
        assert code == 0
        assert out.split() == [str(home.slips / f"{REFUSED}.{ending}") for ending in ("docx", "html", "xlsx")]


def test_slip_writes_what_is_missing(home, jixiao):
    before = contents(home)
    (home.slips / f"{REFUSED}.html").unlink()
    code, out, _ = jixiao(home, "slip", "--department", "禾浦镇", "--year", 2021, "--format", "html", "--json")
    told = json.loads(out)
    assert code == 0
    assert told == {
        "outcome": "quarantined",
        "department_id": "s-he",
        "fiscal_year": 2021,
        "version": 1,
        "answer_by": "2022-06-30",
        "files": {"html": str(home.slips / f"{REFUSED}.html")},
    }
    assert contents(home) == before


@pytest.mark.parametrize("file", ["扫描/空.md", "空.md"])
def test_slip_of_a_file_of_which_no_department_could_be_told(home, jixiao, file):
    code, out, _ = jixiao(home, "slip", "--file", file, "--format", "docx")
    assert code == 0
    assert out.startswith(str(home.slips / "年度不明" / "部门不明-空-"))
    texts = paragraphs_of(docx(home, stems(home)[3]))
    assert any("文件是空的" in text for text in texts)
    assert "报送单位：" in texts


def test_slip_finds_a_file_by_its_bytes(home, jixiao, tmp_path):
    path = tmp_path / "别的名字.md"
    path.write_bytes(report(HE, rate="90.0"))
    code, out, _ = jixiao(home, "slip", "--file", path, "--format", "docx")
    assert (code, out.strip()) == (0, str(home.slips / f"{REFUSED}.docx"))


def test_slip_of_a_sound_report_says_that_none_is_needed(home, jixiao):
    code, out, _ = jixiao(home, "slip", "--department", "禾浦镇", "--year", 2018)
    assert code == 0
    assert "不必发退回单" in out
    assert slip_of_department(home, load_settings(home), "禾浦镇", 2018) is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--department", "无名街道", "--year", 2021), "单位名录中没有“无名街道”"),
        (("--department", "禾浦镇", "--year", 2019), "没有收到“禾浦镇”2019年度的材料"),
        (("--file", "没有.docx"), "没有收到过文件“没有.docx”"),
        (("--department", "禾浦镇"), "请同时写明 --department 和 --year"),
        (("--department", "禾浦镇", "--year", 2021, "--file", "空.md"), "请同时写明 --department 和 --year"),
        ((), "请同时写明 --department 和 --year"),
    ],
)
def test_wrong_use_of_slip_is_said_and_ends_with_two(published, jixiao, arguments, said):
    code, out, err = jixiao(published, "slip", *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_the_summary_of_a_night_says_where_the_slips_are(home, jixiao):
    shutil.rmtree(home.slips)
    with one_engine():
        code, out, _ = jixiao(home, "nightly")
    assert code == 0
    assert f"退回单和审核意见单：写出 4 份，在 {home.slips}" in out
