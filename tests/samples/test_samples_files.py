"""What is written where, and the small parts: figures, marks, wordings, registry."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import DEFECTS, load_truths, write_samples
from samples.departments import REGISTRY_COLUMNS
from samples.figures import FULL_WIDTH, YUAN, NumberLook, chinese_numeral, counted, money_digits, percent_text
from samples.marks import Marks, Places
from samples.phrases import WordingError, _check, wording
from samples.text.surface import cut_place, wrapped
from samples.truth import outcome_of
from samples.write import SampleSet

pytestmark = pytest.mark.unit

HALVES = {code: str(chr(full) if isinstance(full, int) else full) for code, full in FULL_WIDTH.items()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> SampleSet:
    return write_samples(
        tmp_path_factory.mktemp("samples"), departments=9, years=(2021, 2022), defects="demo,two_reports"
    )


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_only_submissions_lie_in_the_inbox(written: SampleSet) -> None:
    assert files_below(written.inbox) == set(written.files)
    assert files_below(written.truth) == {f"{name}.truth.json" for name in written.files}
    assert {name.split("/")[0] for name in written.files} == {"2021", "2022"}
    assert "模拟数据" in (written.inbox.parent / "README.md").read_text("utf-8")


def test_samples_take_the_place_of_those_of_an_earlier_run(tmp_path: Path) -> None:
    write_samples(tmp_path, departments=2, years=(2021, 2022))
    own = tmp_path / "inbox" / "2021" / "自己放的.md"
    own.write_text("文件", "utf-8")
    again = write_samples(tmp_path, departments=1, years=(2022,))
    assert files_below(again.inbox) == {*again.files, "2021/自己放的.md"}
    assert files_below(again.truth) == {f"{name}.truth.json" for name in again.files}


def test_registry_lists_the_departments_as_the_line_reads_it(written: SampleSet) -> None:
    with written.registry.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert tuple(rows[0]) == REGISTRY_COLUMNS
    assert len({row["department_id"] for row in rows}) == 9
    assert all("模拟" in row["district_name"] and row["district_code"].startswith("9901") for row in rows)
    listed = {row["department_id"] for row in rows}
    for path in written.truth.rglob("*.json"):
        assert json.loads(path.read_text("utf-8"))["department_id"] in listed | {None}


def test_defects_are_spread_and_told(written: SampleSet) -> None:
    truths = [json.loads((written.truth / f"{name}.truth.json").read_text("utf-8")) for name in written.defective]
    assert written.count == 19
    assert len(written.defective) == 12
    assert [truth for truth in truths if truth.get("outcome_together") == "quarantined"] == truths[-2:]


def test_two_reports_differ_and_are_of_one_department_and_year(written: SampleSet) -> None:
    first, second = written.defective[-2:]
    assert (written.inbox / first).read_bytes() != (written.inbox / second).read_bytes()
    truths = [json.loads((written.truth / f"{name}.truth.json").read_text("utf-8")) for name in (first, second)]
    assert len({(truth["department_id"], truth["fiscal_year"]) for truth in truths}) == 1


def test_load_truths_pairs_files_with_their_truth(written: SampleSet) -> None:
    pairs = load_truths(written.inbox.parent)
    assert [path.relative_to(written.inbox).as_posix() for path, _ in pairs] == [truth["file"] for _, truth in pairs]
    assert all(path.is_file() for path, _ in pairs)
    with pytest.raises(ValueError, match="标准答案"):
        load_truths(written.inbox)


def test_a_truth_that_is_damaged_or_of_no_file_is_named(tmp_path: Path) -> None:
    truth = tmp_path / "truth" / "甲.md.truth.json"
    truth.parent.mkdir()
    for text, said in (("{", "甲.md.truth.json”已损坏"), ("[1]", "已损坏"), ("{}", "没有文件“.*甲.md”")):
        truth.write_text(text, "utf-8")
        with pytest.raises(ValueError, match=said):
            load_truths(tmp_path)


def test_more_defects_than_reports_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="放不下"):
        write_samples(tmp_path, departments=1, years=(2021,), defects=list(DEFECTS.values())[:2])


def test_the_telling_few_shrink_to_a_small_set(tmp_path: Path) -> None:
    assert write_samples(tmp_path, departments=2, years=(2021,), defects="demo").count == 2


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (103, "一百零三"), (110, "一百一十"),
        (750, "七百五十"), (1000, "一千"), (1005, "一千零五"), (1050, "一千零五十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese_numeral(number) == text
    assert counted(2) == "两"


@given(
    fen=st.integers(min_value=-(10**13), max_value=10**13),
    unit=st.sampled_from(sorted(YUAN)),
    comma=st.sampled_from(("", ",", ", ")),
    decimals=st.integers(0, 6),
    is_full_width=st.booleans(),
)
def test_printed_money_is_exact(fen: int, unit: str, comma: str, decimals: int, is_full_width: bool) -> None:
    yuan = Decimal(fen) / 100
    text = money_digits(yuan, unit, NumberLook(comma, decimals, is_full_width))
    half = text.translate({ord(full): chr(code) for code, full in HALVES.items()})
    assert Decimal(re.sub("[, ]", "", half)) * YUAN[unit] == yuan


def test_percentages_keep_their_decimals() -> None:
    assert percent_text(Decimal("0.98"), 1) == "98.0%"


def test_marks_tell_first_and_last_line() -> None:
    marks = Marks()
    text = marks.mark("a", "甲乙")
    places = Places(marks)
    assert places.note(text[:2], 3) + places.note(text[2:], 5) == "甲乙"
    assert places.span("a") == [3, 5]
    assert places.line("b") is None


@given(st.text(alphabet="甲乙丙，。、12.5%（）", max_size=120), st.integers(12, 40))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)) == text


def test_pages_cut_only_between_plain_characters() -> None:
    text = "甲乙丙丁戊己庚辛，壬癸" * 3
    place = cut_place(text, 8)
    assert place is not None
    assert "，" not in text[place - 1 : place + 1]
    assert cut_place("一二三", 1) is None


def test_wrong_wordings_are_told_with_their_file() -> None:
    with pytest.raises(WordingError, match=r"goals\.toml"):
        _check("goals", {"clauses": ["{nobody}"]})
    with pytest.raises(WordingError, match="取值范围"):
        _check("goals", {"clauses": ["<9-3>"]})
    assert wording("goals")["aspect"]


def test_no_finding_is_accepted() -> None:
    assert outcome_of([]) == "accepted"
