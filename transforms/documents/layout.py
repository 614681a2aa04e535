"""The words and patterns that lay out a page (layout.toml), compiled once.

Data access only; who uses a pattern decides what follows from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transforms.language.lexicon import LexiconError, load_data
from transforms.language.scanning import Beginning, Ending


@dataclass(frozen=True, slots=True)
class Layout:
    """Compiled patterns, all for normalised text and matched at its start; ``end``, ``closed`` and ``people`` are
    searched."""

    contents_title: re.Pattern[str]
    title_word: re.Pattern[str]
    title_year: re.Pattern[str]
    page_number: re.Pattern[str]
    bare_number: re.Pattern[str]
    caption: Beginning
    continued: re.Pattern[str]
    remark: re.Pattern[str]
    end: Ending
    closed: re.Pattern[str]
    midway_start: re.Pattern[str]
    midway_word: re.Pattern[str]
    annex: re.Pattern[str]
    sentence: re.Pattern[str]
    title_end: Ending
    announces: Ending
    page_break: re.Pattern[str]
    people: re.Pattern[str]


@cache
def layout() -> Layout:
    """The patterns of layout.toml; LexiconError when one is missing or no regular expression."""
    data = load_data("layout")
    try:
        captions = "|".join(f"(?:{data['caption'][kind]})" for kind in ("unit", "numbered", "titled", "with_unit"))
        marks = data["marks"]
        return Layout(
            contents_title=re.compile(data["contents"]["title"], re.I),
            title_word=re.compile(data["running_header"]["title_word"]),
            title_year=re.compile(data["running_header"]["year"]),
            page_number=re.compile(data["page_number"]["plain"], re.I),
            bare_number=re.compile(data["page_number"]["bare"]),
            caption=Beginning(captions),
            continued=re.compile(data["caption"]["continued"]),
            remark=re.compile(data["caption"]["remark"]),
            end=Ending(marks["end"]),
            closed=re.compile(marks["closed"]),
            midway_start=re.compile(marks["midway_start"]),
            midway_word=re.compile(marks["midway_word"]),
            title_end=Ending(marks["title_end"]),
            annex=re.compile(marks["annex"]),
            sentence=re.compile(marks["sentence"]),
            announces=Ending(marks["announces"]),
            page_break=re.compile(data["breaks"]["page"], re.I),
            people=re.compile(data["people"]["heading"]),
        )
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 layout.toml 有误：{error}") from error
