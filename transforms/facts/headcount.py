"""Headcounts stated in text and tables: how many people of which kind a department has.

People that a department serves, trains or sends out are none of these; units and offices are in organisation.py.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from transforms.documents.model import Table, TextBlock
from transforms.facts.figure_tables import labelled_cells
from transforms.facts.mentions import FigureBook, Mention, Span, sentences, stated_numbers
from transforms.facts.outline import Outline, Piece
from transforms.language.lexicon import LexiconError, load_data
from transforms.language.numerals import Number, parse_number
from transforms.language.scanning import Scanner

_SECTIONS = ("overview", "units", "duties")
_ELSEWHERE = frozenset(
    ("task_completion", "key_projects", "achievements", "problems", "measures", "annual_goals", "spending_plan")
)
_QUICK = ("编", "人员", "职工", "人数", "休", "公务员", "雇员")
_PARTS = frozenset(("administrative", "institution"))
_CLOSED = frozenset(("approved_posts", "retired", "non_established"))
_COUNTERS = ("名", "个", "人", "位", "名的", "个的")
_LONGEST_GAP = 10


class _Label(NamedTuple):
    kind: str
    start: int
    end: int
    is_specific: bool


class _Counted(NamedTuple):
    label: _Label
    number: Number
    is_part: bool


class _Words(NamedTuple):
    label: Scanner
    cell: re.Pattern[str]
    opens: frozenset[str]
    specific: re.Pattern[str]
    before: re.Pattern[str]
    between: re.Pattern[str]
    persons: re.Pattern[str]


@cache
def _words() -> _Words:
    data = load_data("headcount")
    try:
        kinds, rejected = data["kinds"], data["rejected"]
        label = "|".join(f"(?P<{kind}>{'|'.join(entry['labels'])})" for kind, entry in kinds.items())
        return _Words(
            label=Scanner(label),
            cell=re.compile(rf"(?:\d+[、.]|[(]\d+[)]|其中[:]?)?(?:{label}|(?P<total_>合计|总计))(?:数|\(.{{0,6}}\))?[:]?"),
            opens=frozenset(kind for kind, entry in kinds.items() if entry["opens"]),
            specific=re.compile("|".join((*kinds["non_established"]["specific"], *kinds["retired"]["specific"]))),
            before=re.compile(f"(?:{rejected['before']})"),
            between=re.compile(rejected["between"]),
            persons=re.compile(rejected["persons"]),
        )
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 headcount.toml 有误：{error}") from error


def add_headcount(outline: Outline, book: FigureBook) -> None:
    """Notes ``headcount:<kind>`` figures: in the sections about the department, else anywhere but in those about its
    projects and results."""
    if not _read(outline, book, lambda meanings: not set(_SECTIONS).isdisjoint(meanings)):
        _read(outline, book, lambda meanings: _ELSEWHERE.isdisjoint(meanings))


def _read(outline: Outline, book: FigureBook, is_wanted: object) -> bool:
    before = len(book.mentions)
    assert callable(is_wanted)
    for piece in outline.all_pieces():
        if not is_wanted(outline.meanings_at(piece.index)):
            continue
        if isinstance(piece.block, Table):
            _read_table(piece.block, piece.index, book)
        elif any(word in piece.block.text for word in _QUICK):
            _read_text(piece, piece.block, book)
    return len(book.mentions) > before


def _read_text(piece: Piece, block: TextBlock, book: FigureBook) -> None:
    for sentence in sentences(piece):
        words = block.text[slice(*sentence)]
        labels = _labels(words)
        if labels:
            numbers = [number for number in stated_numbers(words) if _counts_people(words, number)]
            for label, number, is_part in _whole_kinds(_counted(words, labels, numbers)):
                figure = Span(sentence.start + number.start, sentence.start + number.end)
                unit = words[number.tail : number.tail + 1] if _words().persons.match(words, number.tail) else None
                book.add(
                    Mention(
                        f"headcount:{label.kind}", number.full_value, number.full_quantum, unit, piece.index, figure,
                        sentence, int(is_part), sentence.start + number.tail + (unit is not None),
                    )
                )  # fmt: skip


def _labels(words: str) -> list[_Label]:
    found = []
    for match in _words().label.finditer(words):
        kind = match.lastgroup or ""
        is_specific = kind in ("non_established", "retired") and _words().specific.match(match[0]) is not None
        if not _words().before.search(words, max(0, match.start() - 4), match.start()):
            found.append(_Label(kind, match.start(), match.end(), is_specific))
    return found


def _counts_people(words: str, number: Number) -> bool:
    """人, 名, 个, 位 behind the number, or nothing at all."""
    following = words[number.tail : number.tail + 2]
    if number.is_percent or number.value != number.value.to_integral_value():
        return False
    if following[:1] == "人":
        return following not in ("人次", "人均", "人大")
    return following[:1] in ("名", "位", "") or following[:1] in ",。;、()" or following in ("个,", "个。", "个;", "个、", "个(", "个)", "个编")


def _counted(words: str, labels: list[_Label], numbers: list[Number]) -> list[_Counted]:
    """Labels with the number behind (在编103人) or, without one, right before them (103名在编人员). Parts count for
    the group that was opened last in the sentence."""
    found: list[_Counted] = []
    group: str | None = None
    used: set[int] = set()
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        number = _behind(words, label, numbers, following) or _before(words, label, numbers, used)
        if label.kind in _words().opens and (number is not None or label.kind != "total"):
            group = label.kind
        if number is None or number.start in used:
            continue
        used.add(number.start)
        if not (label.kind in _PARTS and group in _CLOSED):
            found.append(_Counted(label, number, label.kind in _PARTS and group is not None))
    return found


def _behind(words: str, label: _Label, numbers: list[Number], following: _Label | None) -> Number | None:
    """The number behind a label, before the next one. 共有103名在编人员: the number is the next label's."""
    stop = following.start if following else len(words)
    number = next((one for one in numbers if label.end <= one.start < stop), None)
    if number is None or number.start - label.end > _LONGEST_GAP:
        return None
    gap = words[label.end : number.start]
    if re.search("[。;,、]", gap) or _words().between.search(gap):
        return None
    is_next = following is not None and words[number.tail : following.start] in _COUNTERS
    has_own = following is not None and any(
        re.fullmatch("[共为有是:]{0,3}", words[following.end : one.start]) for one in numbers if one.start >= following.end
    )
    return None if is_next and not has_own else number


def _before(words: str, label: _Label, numbers: list[Number], used: set[int]) -> Number | None:
    number = next((one for one in reversed(numbers) if one.tail <= label.start), None)
    if number is None or number.start in used:
        return None
    return number if words[number.tail : label.start] in _COUNTERS else None


def _whole_kinds(counted: list[_Counted]) -> list[_Counted]:
    """Leaves out several specific groups of one kind (合同制, 劳务派遣; 离休, 退休): their sum is not printed."""
    specific = Counter(one.label.kind for one in counted if one.label.is_specific)
    whole = {one.label.kind for one in counted if not one.label.is_specific}
    return [
        one
        for one in counted
        if not one.label.is_specific or (specific[one.label.kind] == 1 and one.label.kind not in whole)
    ]


def _read_table(table: Table, index: int, book: FigureBook) -> None:
    is_staff = any(_words().label.search(cell.text) for line in (table.header, *(row.cells for row in table.rows[:6])) for cell in line)
    if not is_staff:
        return
    for labelled in labelled_cells(table, None):
        match = _words().cell.fullmatch(labelled.label.text) if len(labelled.label.text) <= 30 else None
        number = parse_number(labelled.cell.text.rstrip("人名个"))
        if match and number and not number.is_percent:
            unit = labelled.cell.text[-1:] if labelled.cell.text[-1:] in "人名个" else None
            kind = (match.lastgroup or "").rstrip("_")
            book.add(
                Mention(
                    f"headcount:{kind}", number.value, number.quantum, unit, index, Span(0, len(number.text)), Span(0, 0), 0,
                    None, labelled.cell,
                )
            )  # fmt: skip
