"""The words of ``organisation.toml``: how budget units and offices are announced, counted and named, compiled.

What they find is read in names.py and counts.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from transforms.language.lexicon import LexiconError, load_data
from transforms.language.scanning import Scanner

_DIGITS = r"\d一二三四五六七八九十两"
_NUMBER = rf"[{_DIGITS}]{{1,4}}"
_NEARNESS = 30


class Beside(NamedTuple):
    """Words before or after a number that say what it counts, and words behind it with which they do not."""

    figure: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def is_beside(self, text: str, number: re.Match[str]) -> bool:
        """Whether such words stand right before or behind the number."""
        start = max(0, number.start() - _NEARNESS)
        if self.unless is not None and self.unless.match(text, number.end()):
            return False
        is_behind = self.after is not None and self.after.match(text, number.end()) is not None
        return is_behind or (self.before is not None and self.before.search(text, start, number.start()) is not None)


class KindWords(NamedTuple):
    """The lexicon of one kind of list, compiled. ``quantity`` finds numbers of such things, ``counted`` says which
    figure they state, the first that fits; ``labelled`` finds bare numbers behind the labels of cells, a group each;
    ``left_out`` words with which a sentence of its own tells of others."""

    anchor: Scanner
    quantity: re.Pattern[str]
    counted: tuple[Beside, ...]
    ending: tuple[str, ...]
    column: re.Pattern[str]
    title: re.Pattern[str]
    opens: Scanner
    lists: Scanner | None
    goes_on: re.Pattern[str]
    left_out: re.Pattern[str]
    shared: re.Pattern[str]
    total: re.Pattern[str]
    of_total: tuple[tuple[str, re.Pattern[str]], ...]
    cells: tuple[tuple[str, re.Pattern[str]], ...]
    labelled: Scanner


class NameWords(NamedTuple):
    """The words around and in names of units and offices, compiled."""

    own: Scanner
    own_told: re.Pattern[str]
    alone: re.Pattern[str]
    depends: Scanner
    generic: re.Pattern[str]
    other: re.Pattern[str]
    own_name: re.Pattern[str]
    no_units: re.Pattern[str]
    institutions: re.Pattern[str]
    own_mark: re.Pattern[str]
    lead: re.Pattern[str]
    prefix: re.Pattern[str]
    etc: Scanner
    nature: Scanner
    no_name: re.Pattern[str]
    remark: re.Pattern[str]
    sign: re.Pattern[str]
    behind: re.Pattern[str]
    told: re.Pattern[str]


@cache
def words_of(kind: str) -> KindWords:
    """The words of ``units`` or ``offices``. Raises LexiconError when organisation.toml breaks its schema."""
    data = load_data("organisation")
    try:
        words = data[kind]
        return KindWords(
            anchor=Scanner(words["anchor"].replace("N", _NUMBER)),
            quantity=re.compile(rf"([{_DIGITS}][{_DIGITS}]{{0,3}})[个家户]"),
            counted=tuple(_beside(entry) for entry in words["counts"]),
            ending=tuple(words["ending"].split()),
            column=re.compile(words["column"]),
            title=re.compile(words["title"]),
            opens=Scanner(data["words"]["opens"]),
            lists=Scanner(words["lists"].replace("N", _NUMBER)) if "lists" in words else None,
            goes_on=re.compile(data["words"]["goes_on"]),
            left_out=re.compile(words.get("left_out", "(?!)")),
            shared=_compile(words.get("shared", "(?!)")),
            total=re.compile(f"(?:{data['words']['total']})$"),
            of_total=_by_figure(words, "of_total"),
            cells=_by_figure(words, "cell"),
            labelled=Scanner(_labelled([entry for entry in words["counts"] if "cell" in entry])),
        )
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 organisation.toml 有误：{error}") from error


@cache
def name_words() -> NameWords:
    """The words around and in names."""
    data: dict[str, Any] = load_data("organisation")
    own, words, offices = data["units"]["own"], data["words"], data["offices"]
    return NameWords(
        own=Scanner(rf"[(]{own}[)]|本(?:级|部)(?=[、,;:。(和及与共合]|之?以?外|\d|$)|(?<=[处府])本级(?=[)])"),
        own_told=re.compile(data["units"]["own_told"]),
        alone=re.compile(data["units"]["alone"]),
        depends=Scanner(data["units"]["depends"]),
        generic=re.compile(data["units"]["generic"]),
        other=_compile(offices["other"]),
        own_name=re.compile(offices["own"]),
        no_units=re.compile(words["no_units"]),
        institutions=re.compile(words["institutions"]),
        own_mark=re.compile(rf"[(]?{own}[)]?$"),
        lead=re.compile(words["lead"]),
        prefix=_compile(words["prefix"]),
        etc=Scanner(words["etc"].replace("N", _NUMBER)),
        nature=Scanner(words["nature"]),
        no_name=re.compile(words["no_name"]),
        remark=re.compile(offices["remark"]),
        sign=re.compile(offices["sign"]),
        behind=re.compile(offices["behind"]),
        told=re.compile(words["told"]),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("N", _NUMBER))


def _labelled(entries: list[dict[str, str]]) -> str:
    labels = "|".join(f"(?P<{entry['figure']}>{entry['cell']})" for entry in entries)
    return rf"(?:^|(?<=[,;。(]))(?:{labels})(?:共|有|为|是|:){{1,3}}(?P<n>[{_DIGITS}]{{1,3}})(?=[,;。:()]|$)"


def _beside(entry: dict[str, str]) -> Beside:
    return Beside(
        entry["figure"],
        _compile(f"(?:{entry['before']})$") if "before" in entry else None,
        re.compile(entry["after"]) if "after" in entry else None,
        re.compile(entry["unless"]) if "unless" in entry else None,
    )


def _by_figure(words: dict[str, Any], key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["figure"], re.compile(entry[key])) for entry in words["counts"] if key in entry)
