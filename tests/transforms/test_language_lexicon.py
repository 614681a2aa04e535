"""Lexicons: what they find, and that a broken data file is refused with its name and entry."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.documents.layout import layout
from transforms.language import lexicon as module
from transforms.language.lexicon import Hit, Lexicon, LexiconError, load_data, load_lexicon
from transforms.language.numbering import Numbering, parse_numbering

pytestmark = pytest.mark.unit


@pytest.fixture
def words() -> Lexicon:
    return Lexicon("words", {"budget": ("预算", "预算金额"), "spent": ("支出数",)})


def test_the_longest_term_wins(words: Lexicon) -> None:
    assert words.find("年初预算金额和支出数") == Hit("budget", "预算金额", 2, 6)
    assert [hit.term for hit in words.find_all("预算、支出数、预算金额")] == ["预算", "支出数", "预算金额"]
    assert words.at("预算金额", 0) == "预算金额"
    assert words.at("预算金额", 1) is None
    assert words.find("无") is None
    assert words.group_of("支出数") == "spent"
    assert words.group_of("支出") is None


def test_coverage(words: Lexicon) -> None:
    assert words.composes("预算支出数")
    assert not words.composes("预算的支出数")
    assert not words.composes("")
    assert words.coverage("预算的支出数") == 5


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "缺少"),
        ({"groups": {"a": []}}, "a 应是词的列表"),
        ({"groups": {"a": "预算", "b": ["预算"]}}, "“预算”同时列入 a 和 b"),
        ({"groups": {"a": ["　"]}}, "空词"),
    ],
)
def test_broken_files_are_refused(monkeypatch: pytest.MonkeyPatch, data: dict[str, Any], message: str) -> None:
    monkeypatch.setattr(module, "load_data", lambda _: data)
    with pytest.raises(LexiconError, match=message) as error:
        load_lexicon.__wrapped__("broken")
    assert "broken.toml" in str(error.value)


def test_an_absent_file_is_named() -> None:
    with pytest.raises(LexiconError, match=r"absent\.toml"):
        load_data("absent")


def test_the_shipped_files_load() -> None:
    assert load_lexicon("units", "count").group_of("人次") == "times"
    assert load_lexicon("columns").group_of("项目名称") == "name"
    assert layout().caption.match("单位:万元")


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("第一部分基本情况", "第一部分", 1, "基本情况"),
        ("一、基本情况", "一、", 1, "基本情况"),
        ("十二、其他", "一、", 12, "其他"),
        ("(三)收支", "（一）", 3, "收支"),
        ("1、目标", "1、", 1, "目标"),
        ("10.目标", "1、", 10, "目标"),
        ("1.2部门概况", "1.1", 2, "部门概况"),
        ("(4)党建", "（1）", 4, "党建"),
        ("5)党建", "1）", 5, "党建"),
        ("③改善", "①", 3, "改善"),
        ("⑴改善", "（1）", 1, "改善"),
        ("⒉改善", "1、", 2, "改善"),
        ("㈢改善", "（一）", 3, "改善"),
        ("Ⅳ、改善", "Ⅰ、", 4, "改善"),
    ],
)
def test_numbering(text: str, style: str, number: int, rest: str) -> None:
    numbering = parse_numbering(text)
    assert isinstance(numbering, Numbering)
    assert (numbering.style, numbering.number, text[numbering.end :]) == (style, number, rest)


@pytest.mark.parametrize(
    "text", ["", "2021年", "一是加强", "2.5万份", "11.3公里", "100%", "十四五规划", "12:30开会", "三个", "5.59万元"]
)
def test_what_is_no_numbering(text: str) -> None:
    assert parse_numbering(text) is None
