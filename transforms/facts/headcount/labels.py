"""Labels of headcounts: where words of ``headcount.toml`` stand in a sentence or make up a table cell.

Which number belongs to a label is for the reading modules to find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from transforms.language.lexicon import LexiconError, load_data
from transforms.language.scanning import Scanner, guarded


@dataclass(slots=True)
class PeopleLabel:
    """A label in a normalised text. ``is_specific``: it names one group of its kind, not all of it."""

    kind: str
    start: int
    end: int
    is_specific: bool


class HeadcountWords(NamedTuple):
    """The compiled lexicon; ``opens``: kinds whose label says of what group the figures behind it are parts."""

    label: Scanner
    cell: re.Pattern[str]
    opens: frozenset[str]
    specific: re.Pattern[str]
    before: re.Pattern[str]
    joined: re.Pattern[str]
    between: re.Pattern[str]
    actual: re.Pattern[str]
    at_first: re.Pattern[str]
    at_last: re.Pattern[str]
    told: re.Pattern[str]
    filled: re.Pattern[str]
    posts: re.Pattern[str]
    limit: re.Pattern[str]
    subset: re.Pattern[str]
    present: re.Pattern[str]
    opening: re.Pattern[str]


_BEFORE = 4
_FORMULA = r"\(?(?:\d{0,2}=)?\d{1,2}(?:[+-]\d{1,2})+\)?"
"""The rows that a sum is of: 在编合计（1+2）."""
_REMARK = re.compile(r"(?:\([^()\d]*\))?:?")


@cache
def headcount_words() -> HeadcountWords:
    """The words of ``headcount.toml``. Raises LexiconError when the file breaks its schema."""
    data = load_data("headcount")
    try:
        kinds, rejected, cells = data["kinds"], data["rejected"], data["cells"]
        label = "|".join(
            f"(?P<{kind}>{guarded('|'.join(map(guarded, entry['labels'])))})" for kind, entry in kinds.items()
        )
        bare = "|".join(f"(?P<{kind}_>{words})" for kind, words in cells["kinds"].items())
        specific = [words for entry in kinds.values() for words in entry.get("specific", ())]
        return HeadcountWords(
            label=Scanner(label),
            cell=re.compile(
                rf"[-–—·•]{{0,4}}(?:\d+[、.]|[(]\d+[)]|[(]?[一二三四五六七八九十][、)]|其中[:]?)*(?:{cells['above']})??(?:{label}|{bare})(?:数|[小合总共]计|\([^()\d]{{0,24}}\)|{_FORMULA}){{0,2}}[:]?"
            ),
            opens=frozenset(kind for kind, entry in kinds.items() if entry["opens"]),
            specific=re.compile("|".join(specific)),
            before=re.compile(f"(?:{rejected['before']})"),
            joined=re.compile(rejected["joined"]),
            between=re.compile(rejected["between"]),
            actual=re.compile(cells["actual"]),
            at_first=re.compile(cells["at_first"]),
            at_last=re.compile(cells["at_last"]),
            told=re.compile(cells["told"]),
            filled=re.compile(rejected["filled"]),
            posts=re.compile(rejected["posts"]),
            limit=re.compile(rejected["limit"]),
            subset=re.compile(rejected["subset"]),
            present=re.compile(rejected["present"]),
            opening=re.compile(rejected["opening"]),
        )
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 headcount.toml 有误：{error}") from error


def find_people_labels(words: str) -> list[PeopleLabel]:
    """The labels in a sentence, left to right; those of people who are no staff of the department left out."""
    lexicon = headcount_words()
    found: list[PeopleLabel] = []
    for match in lexicon.label.finditer(words):
        kind = "total" if match.lastgroup == "both" else match.lastgroup or ""
        is_of_last = kind == "sum" and found and _REMARK.fullmatch(words, found[-1].end, match.start())  # 编外人员共计
        if not is_of_last and not lexicon.before.search(words, max(0, match.start() - _BEFORE), match.start()):
            found.append(PeopleLabel(kind, match.start(), match.end(), lexicon.specific.match(match[0]) is not None))
    return found


def cell_kind(text: str) -> str | None:
    """The kind of people that a table cell names and nothing else, or None."""
    match = headcount_words().cell.fullmatch(text) if len(text) <= 30 else None
    kind = (match.lastgroup or "").rstrip("_") if match else None
    return "total" if kind == "both" else kind
