"""What one item of a list of units or offices says: its name, second names, remarks, and whether it is 本级.

Where the lists stand is found in reading.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.facts.model import OWN_ROLE, SUBORDINATE_ROLE
from transforms.facts.organisation.words import name_words, words_of
from transforms.facts.outline.listing import split_marks
from transforms.facts.outline.mentions import Span
from transforms.language.text import normalise

_QUOTES = '“”‘’"'
_CONJUNCTION = re.compile("以及|及|和|与")  # each begins with a character, to one of which the search can skip
_STOP = re.compile("[:,。;(]")
_RUN_IN = re.compile("[:,。;]")
_BEHIND_NAME = re.compile("[,。]?(?:同时|并)?")
_IN_BRACKETS = re.compile(r"\((?:[为是即])?(?P<name>[^()]{4,45})\)")
_BRACKET_AT_END = re.compile(r"\([^()]*\)?$")
_NO_NAME_AT_END = re.compile(r"(?:\([^()]*\)?|的?(?:预算|决算))$")
_LONGEST_NAME = 45
_SHORTEST_NAME = 3
_LONGEST_TOTAL = 8
_NO_SECOND_NAME = re.compile(r"^[无否没有不加挂/\\\-—–]*$")
_SIGN_AT_END = re.compile("的?(?:牌子|牌匾)?。?$")
_HANZI_BEHIND = re.compile(r"[\u4e00-\u9fff]+$")
_NUMBERING = re.compile(
    r"(?:\d{1,2}[、.]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|[①-⑳]|[一二三四五六七八九十]{1,3}、|[-—•·])+"
)


@dataclass(slots=True)
class Unit:
    """A budget unit: the stretch of its name, and 本级 or 下属."""

    name: Span
    role: str


@dataclass(slots=True)
class Office:
    """An internal office: stretches of its name, second names and remarks."""

    name: Span
    also_named: list[Span]
    remarks: list[Span]


def what_counts(text: str, kind: str, start: int, number: re.Match[str]) -> str | None:
    """The figure that a number of 个 or 家 states, in a stretch of this kind that begins at ``start``; None for any
    other. A sum at the end of a list counts what the words before the list speak of."""
    words = words_of(kind)
    named = next((beside.figure for beside in words.counted if beside.is_beside(text, number)), None)
    if named or not words.total.search(text, max(start, number.start() - _LONGEST_TOTAL), number.start()):
        return named
    return next((figure for figure, subject in words.of_total if subject.search(text, start, number.start())), None)


def counts_no_units(text: str, offset: int) -> bool:
    """Whether the words at ``offset``, behind a number and 个, are no budget units: 下辖27个社区."""
    return name_words().no_units.match(text, offset) is not None


def counts_institutions(text: str, offset: int) -> bool:
    """Whether the words behind a number and 个 are institutions (事业单位)."""
    return name_words().institutions.match(text, offset) is not None


def own_unit(text: str, start: int, end: int, department: str | None) -> Span | None:
    """The name marked （本级） beside a list, or told in a clause of its own (本级为某某街道办事处), or the bare word
    本级; None when nothing is so marked."""
    for told in name_words().own_told.finditer(text, start, end):
        if department and _is_own(told["name"], department):
            return Span(*told.span("name"))
        if told["own"]:
            return Span(*told.span("own"))
    marks = list(name_words().own.finditer(text, start, end))
    for mark in marks if department else ():
        bracket = _IN_BRACKETS.match(text, mark.end(), end)
        if bracket and department and _is_own(bracket["name"], department):  # 街道本级(某某街道办事处)
            return Span(*bracket.span("name"))
    named = (span for mark in marks if (span := _own_name(text, start, mark)))
    return next(named, Span(*marks[0].span()) if marks else None)


def is_generic(name: str) -> bool:
    """Whether a name says no more than 街道办事处（本级）."""
    return name_words().generic.fullmatch(normalise(name)) is not None


def alone_at(text: str, start: int, end: int) -> Span | None:
    """The words that say that the department has no units but itself."""
    match = name_words().alone.search(text, start, end)
    return Span(*match.span()) if match else None


def dependences(text: str, start: int, end: int) -> list[int]:
    """Where units named before are said to have no budget of their own, outside of brackets."""
    found = (match.start() for match in name_words().depends.finditer(text, start, end))
    return [at for at in found if text.count("(", start, at) <= text.count(")", start, at)]


def _own_name(text: str, start: int, mark: re.Match[str]) -> Span | None:
    """The name of an organisation right before the mark 本级; with the mark where it is only 街道本级."""
    words = _HANZI_BEHIND.search(text, max(start, mark.start() - _LONGEST_NAME), mark.start())
    name_start = words.start() if words else mark.start()
    name_start += max((found.end() for found in name_words().lead.finditer(text[name_start : mark.start()])), default=0)
    prefix = name_words().prefix.match(text[name_start : mark.start()])
    name_start += prefix.end() if prefix else 0
    name = text[name_start : mark.start()]
    if not name.endswith(words_of("units").ending):
        return None
    return Span(name_start, mark.start() if len(name) >= 4 else mark.end())


def split_conjunction(text: str, span: Span, kind: str) -> list[Span]:
    """``A和B`` as two items where both sides end as names do."""
    sentence = Span(span.start, end) if (end := text.find("。", *span)) >= 0 else span
    conjunctions = list(_CONJUNCTION.finditer(text, *sentence))
    stop = _without_remark(text, *sentence) if conjunctions else span.end
    ending = words_of(kind).ending
    for match in conjunctions:
        left, right = Span(span.start, match.start()), Span(match.end(), span.end)
        is_left = left.end - left.start >= 3 and bare_name(text[slice(*left)]).endswith(ending)
        is_right = stop - right.start >= 3 and bare_name(text[right.start : stop]).endswith(ending)
        if is_left and is_right and text.count("(", *left) == text.count(")", *left):
            return [left, right]
    return [span]


def in_bracket(text: str, start: int, limit: int, kind: str) -> list[Span]:
    """The parts between marks and conjunctions of a bracket whose content begins at ``start``."""
    whole = split_marks(text, start, closing(text, start - 1, limit), "、;,/")
    return [part for one in whole for part in split_conjunction(text, one, kind)]


def read_unit(text: str, span: Span, department: str | None) -> Unit | None:
    """The unit that the item names, None when it names none."""
    stop = text.find("。", *span)
    start, end = _trimmed(text, span if stop < 0 else Span(span.start, stop))
    words = text[start:end]
    mark = name_words().own_mark.search(words)
    if mark:
        return _marked_own(words, start, mark)
    run_in = _RUN_IN.search(words)
    if run_in:
        end = start + run_in.start()
        words = text[start:end]
    bracket = _BRACKET_AT_END.search(words) if "(" in words else None
    bare = words[: bracket.start()] if bracket else words
    if bracket and department and is_generic(bare) and _is_own(within := bracket[0].strip("()"), department):
        return Unit(Span(start + bracket.start() + 1, start + bracket.start() + 1 + len(within)), OWN_ROLE)
    mark = name_words().own_mark.search(bare)
    if mark:  # with a remark behind it: 办事处本级（行政单位）
        return _marked_own(bare, start, mark)
    if (
        not 3 <= len(bare) <= _LONGEST_NAME
        or name_words().no_name.match(bare)
        or not bare.endswith(words_of("units").ending)
    ):
        return None
    return Unit(
        Span(start, start + len(bare)), OWN_ROLE if department and _is_own(bare, department) else SUBORDINATE_ROLE
    )


def _marked_own(words: str, start: int, mark: re.Match[str]) -> Unit:
    """The unit marked 本级 in words that begin at ``start``; the mark is part of its name where that is no other."""
    lead = max((found.end() for found in name_words().lead.finditer(words[: mark.start()])), default=0)
    is_named = mark.start() - lead >= 4 and words[: mark.start()].endswith(words_of("units").ending)
    return Unit(Span(start + lead, start + (mark.start() if is_named else mark.end())), OWN_ROLE)


def _is_own(name: str, department: str) -> bool:
    """Whether a name is the department's, one of them perhaps without the district or 人民政府."""
    short, full = sorted((_without_government(name), _without_government(department)), key=len)
    return len(short) >= 3 and full.endswith(short)


def _without_government(name: str) -> str:
    return name.replace("人民政府", "").replace("政府", "")


def read_office(text: str, span: Span, endings: tuple[str, ...] | None = None) -> Office | None:
    """The office that the item names, with second names in brackets and remarks in or behind them; its name has one
    of the ``endings``, those of offices if None."""
    start, end = _trimmed(text, span)
    stop = _STOP.search(text, start, end)
    name_end = _name_end(text, start, stop.start() if stop else end)
    name = text[start:name_end]
    if not 2 <= len(name) <= 30 or name_words().no_name.match(name):
        return None
    if not name.endswith(words_of("offices").ending if endings is None else endings):
        return None
    if name_words().own_name.search(name) or name_words().other.search(text, name_end, span.end):
        return None
    office = Office(Span(start, name_end), [], [])
    position = name_end
    while position < end and text[position] == "(":
        close = closing(text, position, end)
        _bracket(text, Span(position + 1, close), office)
        position = close + 1
    if position >= end:
        return office
    gap = _BEHIND_NAME.match(text, position, end)
    rest = Span(gap.end() if gap else position, _trimmed(text, Span(position, end)).end)
    if rest.end > rest.start and name_words().behind.match(text, rest.start):
        sentence = text.find("。", rest.start, rest.end)
        behind = Span(rest.start, rest.end if sentence < 0 else sentence)
        sign = name_words().sign.match(text, *behind)
        if sign:
            office.also_named.extend(_names(text, Span(*sign.span("name"))))
        else:
            office.remarks.append(behind)
    return office


def read_second_names(text: str, name: Span) -> Office:
    """The second names and remarks in a cell of nothing else, for the office of that ``name``."""
    office = Office(name, [], [])
    names = _NO_SECOND_NAME.sub("", text)
    if names:
        _bracket(text, Span(0, len(_SIGN_AT_END.sub("", names))), office)
    return office


def _name_end(text: str, start: int, stop: int) -> int:
    """Where the name ends and a remark goes on without a bracket: 甲办公室与乙合署办公."""
    for match in name_words().behind.finditer(text, start + 2, stop):
        if text.endswith(words_of("offices").ending, start, match.start()):
            return match.start()
    return stop


def _bracket(text: str, span: Span, office: Office) -> None:
    sign = name_words().sign.search(text, *span)
    if sign:
        office.also_named.extend(_names(text, Span(*sign.span("name"))))
    elif name_words().remark.search(text, *span):
        office.remarks.append(span)
    else:
        office.also_named.extend(_names(text, span))


def _names(text: str, span: Span) -> list[Span]:
    """Several second names, quotation marks left out."""
    parts = [part for whole in split_marks(text, *span) for part in split_conjunction(text, whole, "offices")]
    return [Span(start + (text[start] in _QUOTES), end - (text[end - 1] in _QUOTES)) for start, end in parts]


def _trimmed(text: str, span: Span) -> Span:
    """The stretch without numbering, marks and remarks around it."""
    start, end = span
    numbering = _NUMBERING.match(text, start, end)
    start = numbering.end() if numbering else start
    while start < end and text[start] in "、,;:。 ":
        start += 1
    prefix = name_words().prefix.match(text[start:end])
    start += prefix.end() if prefix else 0
    numbering = _NUMBERING.match(text, start, end) if prefix else None
    start = numbering.end() if numbering else start
    while end > start and text[end - 1] in "、,;:。 ":
        end -= 1
    start = max(start, text.rfind("—", start, end - _SHORTEST_NAME) + 1)
    if text.endswith(")", start, end) and text.count(")", start, end) > text.count("(", start, end):
        end -= 1  # of a bracket around the whole list
    return Span(start, _without_remark(text, start, end))


def _without_remark(text: str, start: int, end: int) -> int:
    """Where a stretch ends without 等N个单位 and 均为公益一类事业单位 behind it."""
    for words in (name_words().etc, name_words().nature):
        behind = words.search(text, start, end)
        end = behind.start() if behind and behind.start() > start else end
    return end


def bare_name(words: str) -> str:
    """Words that may be a name without marks and a remark in brackets behind them."""
    return _NO_NAME_AT_END.sub("", words.rstrip("、,;。"))


def closing(text: str, start: int, end: int) -> int:
    """Where the bracket that opens at ``start`` closes, ``end`` where it does not."""
    depth = 0
    for position in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return end
