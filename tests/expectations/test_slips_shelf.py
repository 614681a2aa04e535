"""What lies on the shelf of slips: names, what is never overwritten, what is owed after a killed night."""

import errno
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from slip_cases import AT, group, slip

import expectations.slips.press as press_module
from expectations.slips.places import place_of
from expectations.slips.shelf import Shelf
from expectations.slips.showing import shown
from warehouse.home import Home

pytestmark = pytest.mark.unit


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).create()


def files_of(home):
    return {str(path.relative_to(home.slips)): path.read_bytes() for path in home.slips.rglob("*.*") if path.is_file()}


def test_a_slip_lies_under_year_department_and_version(home):
    paths = Shelf(home).issue(slip())
    assert [str(path.relative_to(home.slips)) for path in paths.values()] == [
        f"2021/2021年松溪街道-第1版-退回单.{ending}" for ending in ("docx", "html", "xlsx")
    ]


def test_the_same_verdict_again_changes_nothing(home):
    Shelf(home).issue(slip())
    before = files_of(home)
    assert Shelf(home).issue(slip())["docx"].exists()
    Shelf(home).issue(replace(slip(), sender="改了名的财政局"))
    assert files_of(home) == before


def test_slips_that_lie_there_are_told_where_nothing_can_be_written(home, monkeypatch):
    before = Shelf(home).issue(slip())
    monkeypatch.setattr("expectations.slips.shelf.append_lines", _read_only)
    assert Shelf(home).issue(slip()) == before


def test_a_damaged_line_of_the_register_costs_no_slip(home):
    before = Shelf(home).issue(slip())
    register = home.slips / "issued.jsonl"
    register.write_text(register.read_text("utf-8") + '{"key": 1}\n[1]\n"\n', "utf-8")
    assert Shelf(home).issue(slip()) == before


def _read_only(*_):
    raise OSError(errno.EROFS, "Read-only file system")


def test_another_verdict_of_the_same_version_is_a_further_issue(home):
    Shelf(home).issue(slip())
    before = files_of(home)
    other = slip(fingerprint="0" * 64, blocking=(group(title="别的问题"),))
    again = Shelf(home).issue(other)["docx"]
    assert again.name == "2021年松溪街道-第1版-退回单-第2次.docx"
    after = files_of(home)
    assert {name: after[name] for name in before if not name.endswith("jsonl")} == {
        name: content for name, content in before.items() if not name.endswith("jsonl")
    }
    assert Shelf(home).issue(slip())["docx"].name == "2021年松溪街道-第1版-退回单.docx"


def test_a_file_that_somebody_else_put_there_is_left_alone(home):
    foreign = home.slips / "2021" / "2021年松溪街道-第1版-退回单.docx"
    foreign.parent.mkdir()
    foreign.write_bytes(b"mine")
    assert Shelf(home).issue(slip())["docx"].name.endswith("-第2次.docx")
    assert foreign.read_bytes() == b"mine"


def test_what_a_killed_writer_left_becomes_the_slip(home):
    Shelf(home).issue(slip())
    (home.slips / "issued.jsonl").write_text('{"key": "7", "finger', "utf-8")
    (home.slips / "2021" / ".writing-1-1").write_bytes(b"half")
    shelf = Shelf(home)
    shelf.clear()
    assert shelf.lacks(7, AT)
    assert shelf.issue(slip())["docx"].name == "2021年松溪街道-第1版-退回单.docx"
    assert not (home.slips / "2021" / ".writing-1-1").exists()
    assert not Shelf(home).lacks(7, AT)


def test_one_format_is_written_and_the_others_follow(home):
    assert list(Shelf(home).issue(slip(), ["html"])) == ["html"]
    assert [path.name.rpartition(".")[2] for path in Shelf(home).issue(slip()).values()] == ["docx", "html", "xlsx"]
    lines = (home.slips / "issued.jsonl").read_text("utf-8").splitlines()
    assert list(json.loads(lines[-1])["files"]) == ["html", "docx", "xlsx"]


def test_a_later_verdict_is_owed_until_somebody_has_looked_at_it(home):
    Shelf(home).issue(slip())
    later = AT + timedelta(days=1)
    assert Shelf(home).lacks(7, later)
    Shelf(home).issue(replace(slip(), judged_at=later))
    assert not Shelf(home).lacks(7, later)
    assert len(files_of(home)) == 4


def test_a_slip_that_cannot_be_written_does_not_stop_the_others(home):
    broken = slip(key=8, received=None)
    written, failed = Shelf(home).issue_all([broken, slip()])
    assert [path.name for path in written] == ["2021年松溪街道-第1版-退回单.docx"]
    assert [each.key for each, _ in failed] == [8]


def test_many_slips_at_once_lie_as_they_would_one_by_one(home, tmp_path):
    several = [replace(slip(), key=key, short_name=f"街道{key % 3}", fingerprint=f"{key:064}") for key in range(7)]
    Shelf(home).issue_all(several)
    other = Home(tmp_path / "other").create()
    for each in several:
        Shelf(other).issue(each)
    assert files_of(home) == files_of(other)
    assert len(files_of(home)) == 1 + 7 * 3


@pytest.fixture
def press(monkeypatch):
    """A press with its second process, for however few slips."""
    monkeypatch.setattr(press_module, "MANY", 1)
    with press_module.Press(1) as press:
        yield press


def test_two_processes_write_the_same_slips_as_one(home, tmp_path, press):
    broken = slip(key=99, short_name="街道1", received=None)
    several = [replace(slip(), key=key, short_name=f"街道{key % 3}", fingerprint=f"{key:064}") for key in range(7)]
    written, failed = Shelf(home).issue_all([*several[:6], broken, several[6]], press.made)
    assert (len(written), [each.key for each, _ in failed]) == (7, [99])
    other = Home(tmp_path / "other").create()
    Shelf(other).issue_all(several)
    assert files_of(home) == files_of(other)


def test_what_the_second_process_dies_of_the_first_one_writes(home, press):
    process, _ = press._second
    process.kill()
    process.join()
    for key in (7, 8):
        written, failed = Shelf(home).issue_all([slip(key=key), slip(key=key + 10)], press.made)
        assert (len(written), failed) == (2, [])


def test_names_never_leave_the_folder(home):
    path = Shelf(home).issue(slip(short_name="../../松溪/街道\0"))["docx"]
    assert path.parent == home.slips / "2021"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, ""),
        ("a\tb\n c ", "a | b c"),
        ("联系人 13812345678", "联系人 138****5678"),
        ("138\u200b1234\x005678", "138****5678"),
        ("\u202e倒着\u2066写\ufeff", "倒着写"),
        ("第\x0b一\x1b[31m行", "第 一[31m行"),
    ],
)
def test_what_is_shown_is_on_one_line_seen_and_masked(text, said):
    assert shown(text) == said


@pytest.mark.parametrize(
    ("file", "several", "said"),
    [
        ("a.md", False, "第2页，第30行，表4，数据第3行，第5列"),
        ("a.md", True, "《a.md》，第2页，第30行，表4，数据第3行，第5列"),
        ("a.DOCX", False, "第2页，表4，数据第3行，第5列"),
        ("a.pdf", False, "第2页，表4，数据第3行，第5列"),
        ("a.xlsx", False, "第2张工作表，第30行，表内第5列"),
        (None, False, "第2页，第30行，表4，数据第3行，第5列"),
    ],
)
def test_places_read_as_the_file_shows_them(file, several, said):
    row = {"page": 2, "line": 30, "table_number": 4, "row_number": 3, "column_number": 5}
    assert place_of(row, file, is_one_of_several=several) == said


def test_a_header_and_a_paragraph_are_called_so():
    none = dict.fromkeys(("page", "line", "table_number", "row_number", "column_number"))
    assert place_of({**none, "line": 3, "table_number": 1, "row_number": 0}, "a.docx", is_one_of_several=False) == (
        "表1，表头"
    )
    assert place_of({**none, "line": 3}, "a.docx", is_one_of_several=False) == "第3段"
    assert place_of(none, "a.docx", is_one_of_several=False) == ""
