"""What one item of a list of units or offices says: its name, second names, remarks, and whether it is 本级.

Where the lists stand is found in organisation.py.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from transforms.facts.listing import split_marks
from transforms.facts.mentions import Span
from transforms.language.lexicon import LexiconError, load_data

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,4})"
_LONGEST_NAME = 45
_NUMBERING = re.compile(r"(?:\d{1,2}[、.]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[①-⑳]|[一二三四五六七八九十]{1,3}、|[-—•·])+")


class KindWords(NamedTuple):
    """The lexicon of one kind of list, compiled; counts have a group each, empty ones do not match."""

    anchor: re.Pattern[str]
    subordinate: re.Pattern[str] | None
    total: re.Pattern[str]
    ending: re.Pattern[str]
    column: re.Pattern[str]
    opens: re.Pattern[str]


class Unit(NamedTuple):
    """A budget unit: the stretch of its name, and 本级 or 下属."""

    name: Span
    role: str


class Office(NamedTuple):
    """An internal office: stretches of its name, second names and remarks."""

    name: Span
    also_named: list[Span]
    remarks: list[Span]


class _Patterns(NamedTuple):
    own_named: re.Pattern[str]
    own_mark: re.Pattern[str]
    lead: re.Pattern[str]
    etc: re.Pattern[str]
    no_name: re.Pattern[str]
    remark: re.Pattern[str]
    sign: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def words_of(kind: str) -> KindWords:
    """The words of ``units`` or ``offices``. Raises LexiconError when organisation.toml breaks its schema."""
    data = load_data("organisation")
    try:
        words = data[kind]
        return KindWords(
            anchor=_compile(words["anchor"]),
            subordinate=_counts(words["subordinate"]) if "subordinate" in words else None,
            total=_counts(words["total"]),
            ending=re.compile(words["ending"] + "$"),
            column=re.compile(words["column"]),
            opens=re.compile(data["words"]["opens"]),
        )
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 organisation.toml 有误：{error}") from error


@cache
def _patterns() -> _Patterns:
    data: dict[str, Any] = load_data("organisation")
    own, words, offices = data["units"]["own"], data["words"], data["offices"]
    return _Patterns(
        own_named=re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,{_LONGEST_NAME}}})(?:[(]{own}[)]|{own}(?=[、,;。和及与]|\d|$))"),
        own_mark=re.compile(rf"[(]?{own}[)]?$"),
        lead=re.compile(words["lead"]),
        etc=_compile(words["etc"]),
        no_name=re.compile(words["no_name"]),
        remark=re.compile(offices["remark"]),
        sign=re.compile(offices["sign"]),
        behind=re.compile(offices["behind"]),
    )


def own_unit(text: str, start: int, end: int) -> Span | None:
    """The name marked （本级） in front of a list, or the bare word 本级; None when nothing is so marked."""
    match = _patterns().own_named.search(text, start, end)
    if match is None:
        return None
    lead = [found.end() for found in _patterns().lead.finditer(match["name"])]
    name_start = match.start("name") + (lead[-1] if lead else 0)
    is_named = match.end("name") - name_start >= 4
    return Span(name_start, match.end("name")) if is_named else Span(name_start, match.end())


def split_conjunction(text: str, span: Span, kind: str) -> list[Span]:
    """``A和B`` as two items where both sides end as names do."""
    ending = words_of(kind).ending
    for match in re.finditer("以及|及|和|与", text[slice(*span)]):
        left, right = Span(span.start, span.start + match.start()), Span(span.start + match.end(), span.end)
        is_left = left.end - left.start >= 3 and ending.search(_bare(text[slice(*left)]))
        is_right = right.end - right.start >= 3 and ending.search(_bare(text[slice(*right)]))
        if is_left and is_right and text.count("(", *left) == text.count(")", *left):
            return [left, right]
    return [span]


def read_unit(text: str, span: Span, department: str | None) -> Unit | None:
    """The unit that the item names, None when it names none."""
    start, end = _trimmed(text, span)
    words = text[start:end]
    mark = _patterns().own_mark.search(words)
    if mark:
        end = start + (mark.start() if mark.start() >= 4 else mark.end())
        return Unit(Span(start, end), "本级")
    run_in = re.search("[:,。;]", words)
    if run_in:
        end = start + run_in.start()
        words = text[start:end]
    bracket = re.search(r"\([^()]*\)?$", words)
    bare = words[: bracket.start()] if bracket else words
    if not 4 <= len(bare) <= _LONGEST_NAME or _patterns().no_name.match(bare) or not words_of("units").ending.search(bare):
        return None
    return Unit(Span(start, start + len(bare)), "本级" if department and bare == department else "下属")


def read_office(text: str, span: Span) -> Office | None:
    """The office that the item names, with second names in brackets and remarks in or behind them."""
    start, end = _trimmed(text, span)
    stop = re.compile(r"[:,。;(]").search(text, start, end)
    behind = _patterns().behind.search(text, start + 2, stop.start() if stop else end)
    name_end = min((found.start() for found in (stop, behind) if found), default=end)
    name = text[start:name_end]
    if not 2 <= len(name) <= 30 or _patterns().no_name.match(name) or not words_of("offices").ending.search(name):
        return None
    office = Office(Span(start, name_end), [], [])
    position = name_end
    while position < end and text[position] == "(":
        close = _closing(text, position, end)
        _bracket(text, Span(position + 1, close), office)
        position = close + 1
    rest = _trimmed(text, Span(position, end))
    if rest.end > rest.start and _patterns().behind.match(text, rest.start):
        sentence = text.find("。", rest.start, rest.end)
        office.remarks.append(Span(rest.start, rest.end if sentence < 0 else sentence))
    return office


def _bracket(text: str, span: Span, office: Office) -> None:
    sign = _patterns().sign.search(text, *span)
    if sign:
        office.also_named.append(Span(*sign.span("name")))
    elif _patterns().remark.search(text, *span):
        office.remarks.append(span)
    else:
        office.also_named.extend(split_marks(text, *span))


def _trimmed(text: str, span: Span) -> Span:
    """The stretch without numbering, marks and 等N个单位 around it."""
    start, end = span
    numbering = _NUMBERING.match(text, start, end)
    start = numbering.end() if numbering else start
    while start < end and text[start] in "、,;:。 和及":
        start += 1
    while end > start and text[end - 1] in "、,;:。 ":
        end -= 1
    etc = _patterns().etc.search(text, start, end)
    return Span(start, etc.start()) if etc and etc.start() > start else Span(start, end)


def _bare(words: str) -> str:
    return re.sub(r"\([^()]*\)?$", "", words.rstrip("、,;。"))


def _closing(text: str, start: int, end: int) -> int:
    depth = 0
    for position in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return end


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("N", _NUMBER))


def _counts(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(pattern.replace("?P<n>N", f"?P<n{at}>{_NUMBER}") for at, pattern in enumerate(patterns)))
