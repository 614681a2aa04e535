"""Tables of data files are checked as they load; each breach names file and entry in Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.language import tables
from transforms.language.lexicon import LexiconError
from transforms.language.tables import compiled, either, patterns, strings, word_lists

pytestmark = pytest.mark.unit


def given(monkeypatch: pytest.MonkeyPatch, data: dict[str, Any]) -> None:
    monkeypatch.setattr(tables, "load_data", lambda name: data)


def test_sound_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, {"words": {"one": "甲 乙\n丙", "two": "丁"}})
    assert word_lists("some", "words", ("one", "two")) == {"one": ("甲", "乙", "丙"), "two": ("丁",)}
    assert patterns("some", "words")["two"].search("甲丁") is not None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "缺少 [words]"),
        ({"words": {}}, "缺少 [words]"),
        ({"words": {"one": " "}}, "one 应是文字"),
        ({"words": {"one": ["甲"]}}, "one 应是文字"),
        ({"words": {"one": "甲", "three": "乙"}}, "缺少或多出：three、two"),
    ],
)
def test_broken_tables(monkeypatch: pytest.MonkeyPatch, data: dict[str, Any], said: str) -> None:
    given(monkeypatch, data)
    with pytest.raises(LexiconError) as caught:
        strings("some", "words", ("one", "two"))
    assert "some.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_broken_pattern() -> None:
    with pytest.raises(LexiconError, match="不是有效的表达式"):
        compiled("some", "key", "(")


def test_of_words_the_longest_matches() -> None:
    assert compiled("some", "key", either(["米", "平方米", "m²(方)"])).findall("平方米米m²(方)") == [
        "平方米",
        "米",
        "m²(方)",
    ]
