"""Problems and measures: title, detail and category of each, and which problems a measure seems to answer.

Whether the measures are enough is for the rules to say.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import compress

from transforms.documents.model import Document, Table, TextBlock
from transforms.facts.model import Facts, StatementRow
from transforms.facts.outline.items import Item, Stretch, items_of
from transforms.facts.outline.mentions import source
from transforms.facts.outline.outline import Heading, Outline
from transforms.facts.outline.sections import meaning_of
from transforms.facts.statements.tables import (
    Statement,
    heads_table,
    measures_of,
    problems_of,
    rows_of_both,
    statement_tables,
)
from transforms.facts.statements.told import told_statements
from transforms.facts.years import find_years
from transforms.language.lexicon import Lexicon, load_lexicon
from transforms.language.text import normalise

_BOTH = ("problems", "measures")
_BESIDE = frozenset((*_BOTH, "analysis", "conclusion"))
_MARKS = "。；;：:！!？? "
_UNFINISHED = ("，", ",", "、")
_TITLE_END = re.compile(r"[。;!?]")
_TITLE_COLON = re.compile(r"[^。;!?:]{2,30}:(?=.)")
_TURN = re.compile(
    r"(?:针对(?:上述|以上|存在)|为此|(?:下一?步|今后)?(?:的)?(?:工作)?(?:改进|整改|完善)(?:的)?(?:工作)?(?:措施|建议|方向|意见|计划)|下一步|[^,。;:]{0,6}(?:方向|打算|对策|举措|措施|办法)(?:主要)?(?:有|是|为|如下|包括)[^,。;:]{0,6}:"
    r"|(?:第[一二三四五六七八九十]{1,3}条)?[^,。;:]{0,4}(?:整改|改进|完善)(?:安排|计划|打算|措施|举措)?:)"
)
_TURN_WITHIN = re.compile(
    r"(?:(?:我|本)(?:街道?|镇|部门|单位|办|局|街道办)?[^,。;]{0,4}(?:将|拟|计划)|针对(?:这一|此|该|上述|以上)|为此,|建议|(?:下一?步|今后|下阶段|后续)|(?:改进|整改|解决|应对|完善)(?:的)?(?:措施|建议|办法|方向|意见)(?:[:是为]|$)|(?:措施|对策|举措|办法|改进|整改|打算):)"
)
_LABEL = re.compile(
    r"(?:具体)?(?:改进|整改|解决|应对|完善|工作)?(?:的)?(?:措施|建议|办法|方向|意见|对策|举措)[是为]?(?:[:,]|$)|(?:改进|整改|打算):"
)
_PROBLEM_LABEL = re.compile("(?:存在)?(?:的)?(?:主要)?(?:问题|不足|短板|毛病|差距|欠缺):")
_MEASURE_LABEL = re.compile(
    r"(?:措施|对策|举措|办法|打算|改进|整改|建议)(?:[一二三四五六七八九十]{1,3}|\d{1,2})[:、,.]$"
)
_LONGEST_LABEL = 8
_MOST_ANSWERED = 50
"""Problems of its category that a measure of no certain one may answer."""


def add_statements(document: Document, outline: Outline, facts: Facts) -> None:
    """Appends ``problems`` and ``measures`` and their places.

    In a section of both, what stands before the words that turn to measures are problems; where problem after problem
    turns so, each has its own measure.
    """
    year = facts.documents[0].fiscal_year if facts.documents else None
    problem_items, measure_items, pairs = _sorted_items(outline, year)
    tables = _tables(outline, year, is_alone=not problem_items and not measure_items)
    if not problem_items and not measure_items and not tables:
        problem_items, measure_items = told_statements(outline)
    problems = [_of_item(outline, item) for item in problem_items]
    measures = [_of_item(outline, item) for item in measure_items]
    for table in tables:
        pairs |= rows_of_both(table, len(problems), len(measures))
        problems += problems_of(table)
        measures += measures_of(table)
    categories = [_category(problem) for problem in problems]
    for position, (problem, category) in enumerate(zip(problems, categories, strict=True), 1):
        _append("problems", problem, category, [], position, facts)
    positions: dict[str | None, list[int]] = {}
    for position, category in enumerate(categories, 1):
        positions.setdefault(category, []).append(position)
    for position, measure in enumerate(measures, 1):
        category = _category(measure)
        same = positions.get(category, []) if category else []
        is_parallel = len(problems) == len(measures) and (not same or categories[position - 1] == category)
        beside = pairs.get(position, position if is_parallel else None)
        answers = [beside] if beside else same if len(same) <= _MOST_ANSWERED else []
        _append("measures", measure, category, answers, position, facts)


def _append(
    group: str, statement: Statement, category: str | None, answers: list[int], position: int, facts: Facts
) -> None:
    rows: list[StatementRow] = getattr(facts, group)
    ordinal, place = len(rows), statement.place
    rows.append(StatementRow(ordinal, position, statement.title, statement.detail, category, answers, place.line))
    facts.sources.append(source(group, ordinal, "title", place, statement.raw))


def _sorted_items(outline: Outline, year: int | None) -> tuple[list[Item], list[Item], dict[int, int]]:
    """The items of problems and of measures, and for measures inside of problems the position of their problem."""
    whole, answers = (_of_this_year(outline, _items(outline, meaning), meaning, year) for meaning in _BOTH)
    are_labelled = [_is_labelled_measure(outline, item) for item in whole]
    if any(are_labelled):
        return _labelled(whole, answers, are_labelled)
    problems = _of_meaning(outline, "problems", whole)
    measures = _of_meaning(outline, "measures", _of_own(outline, answers))
    parts = [_parts(outline, item) for item in whole]
    inner = [own for _, own in parts if own]
    apart = [item for item in measures if not _is_mixed(outline, item.first.block)]
    if not inner or apart or (measures and len(inner) < 2):
        return problems, measures, {}
    positions = [at for at, (_, own) in enumerate(parts, 1) if own]
    return [before for before, _ in parts], inner, dict(enumerate(positions, 1))


def _items(outline: Outline, meaning: str) -> list[Item]:
    """The items of a meaning without headings that stand over nothing but a table of them."""
    items = items_of(outline, meaning, beside=_BESIDE)
    return [item for item in items if item.title is None or not heads_table(outline, item.title, meaning)]


def _tables(outline: Outline, year: int | None, *, is_alone: bool) -> list[Table]:
    """The tables without those under a heading that names earlier years only, where anything else is left."""
    found = list(statement_tables(outline))
    own = [table for at, table in found if not _is_of_earlier_year(outline, outline.heading_at(at), year)]
    return [table for _, table in found] if is_alone and not own else own


def _of_this_year(outline: Outline, items: list[Item], meaning: str, year: int | None) -> list[Item]:
    """The items without those under a heading that names earlier years only (2021年所列问题的整改 in a report of
    2022), where others are left."""
    own = [item for item in items if not _is_of_earlier_year(outline, _root(outline, item, meaning), year)]
    return own or items


def _is_of_earlier_year(outline: Outline, heading: Heading | None, year: int | None) -> bool:
    years = {found.value for found in find_years(_title(outline, heading))} if heading and year else set()
    return bool(years) and max(years) < (year or 0)


def _of_own(outline: Outline, measures: list[Item]) -> list[Item]:
    """The measures without those under a heading of several things deeper down (督查与整改), where a section is
    called nothing but measures."""
    roots = [_root(outline, item, "measures") for item in measures]
    levels = [root.level for root in roots if root and meaning_of(_title(outline, root)).is_whole]
    upmost = min(levels, default=None)
    return [
        item
        for item, root in zip(measures, roots, strict=True)
        if upmost is None or root is None or root.level <= upmost or meaning_of(_title(outline, root)).is_whole
    ]


def _root(outline: Outline, item: Item, meaning: str) -> Heading | None:
    """The heading of the section of this meaning in which an item stands."""
    heading = outline.heading_at(item.first.block)
    while heading is not None and meaning not in heading.meanings:
        heading = None if heading.parent is None else outline.headings[heading.parent]
    return heading


def _title(outline: Outline, heading: Heading) -> str:
    return outline.text_block(heading.block).text[heading.start : heading.end]


def _is_labelled_measure(outline: Outline, item: Item) -> bool:
    first = item.first
    before = outline.text_block(first.block).text[max(0, first.start - _LONGEST_LABEL) : first.start]
    return _MEASURE_LABEL.search(before) is not None


def _labelled(
    whole: list[Item], measures: list[Item], are_labelled: list[bool]
) -> tuple[list[Item], list[Item], dict[int, int]]:
    """问题1：…措施1：…: as many measures as problems answer them one by one; those of a section of their own follow."""
    labelled = list(compress(whole, are_labelled))
    problems = [item for item, is_measure in zip(whole, are_labelled, strict=True) if not is_measure]
    places = {(item.first.block, item.first.start) for item in whole}
    apart = [item for item in measures if (item.first.block, item.first.start) not in places]
    pairs = {at: at for at in range(1, len(labelled) + 1)} if len(labelled) == len(problems) else {}
    return problems, labelled + apart, pairs


def _parts(outline: Outline, item: Item) -> tuple[Item, Item | None]:
    """The item up to the words that turn to its measure, and the rest, without words that only announce it."""
    for at, stretch in enumerate(item.body):
        text = outline.text_block(stretch.block).text
        begin = stretch.start if at or item.title else stretch.start + 1
        for turn in _TURN_WITHIN.finditer(text, begin, stretch.stop):
            if turn.start() > stretch.start and text[turn.start() - 1] not in "。;!?:":
                continue
            before = [*item.body[:at], stretch._replace(stop=turn.start())]
            label = _LABEL.match(text, turn.start(), stretch.stop)
            rest = stretch._replace(start=label.end() if label else turn.start())
            behind = [part for part in (rest, *item.body[at + 1 :]) if part.start < part.stop]
            kept = [part for part in before if part.start < part.stop]
            return Item(item.title, kept), Item(None, behind) if behind else None
    return item, None


def _of_meaning(outline: Outline, meaning: str, items: list[Item]) -> list[Item]:
    """The items without those of a section of both that are of the other meaning."""
    if not any(set(_BOTH) <= set(meanings) for meanings in outline.effective):
        return items
    turn = _turn(outline)
    wanted = meaning == "problems"
    return [item for item in items if not _is_mixed(outline, item.first.block) or _is_before(item, turn) is wanted]


def _is_mixed(outline: Outline, block: int) -> bool:
    return set(_BOTH) <= set(outline.meanings_at(block))


def _is_before(item: Item, turn: tuple[int, int] | None) -> bool:
    return turn is None or (item.first.block, item.first.start) < turn


def _turn(outline: Outline) -> tuple[int, int] | None:
    """Where a section of both, without headings for each, turns to measures."""
    for piece in outline.pieces("measures"):
        if isinstance(piece.block, TextBlock) and _is_mixed(outline, piece.index):
            match = _TURN.match(piece.block.text, piece.start)
            if match:
                return piece.index, piece.start
    return None


def _of_item(outline: Outline, item: Item) -> Statement:
    first = item.first
    block = outline.text_block(first.block)
    label = None if item.title else _PROBLEM_LABEL.match(block.text, first.start, first.stop)
    first = first._replace(start=label.end()) if label else first
    printed = outline.printed(first.block)
    place = block.place_at(printed.offset(first.start)) if block.starts else block.place
    stop = first.stop if item.title else _title_stop(block.text, first)
    title = printed.text(first.start, stop)
    rest = item.body if item.title else [Stretch(first.block, stop, first.stop), *item.body[1:]]
    if title.endswith(_UNFINISHED) and stop == first.stop and len(rest) > 1:
        following = rest[1]
        stop = _title_stop(outline.text_block(following.block).text, following)
        title += outline.printed(following.block).text(following.start, stop)
        rest = [Stretch(following.block, stop, following.stop), *rest[2:]]
    parts = (outline.printed(stretch.block).text(stretch.start, stretch.stop).strip() for stretch in rest)
    detail = "\n".join(part for part in parts if part.strip(_MARKS))
    return Statement(title.strip(_MARKS + "，,、"), detail or None, place, printed.raw(first.start, first.stop))


def _title_stop(text: str, stretch: Stretch) -> int:
    """The end of the first sentence, or of the words before a colon that something follows."""
    colon = _TITLE_COLON.match(text, stretch.start, stretch.stop)
    if colon:
        return colon.end()
    end = _TITLE_END.search(text, stretch.start, stretch.stop)
    return end.end() if end else stretch.stop


def _category(statement: Statement) -> str | None:
    for text in (statement.title, statement.detail or ""):
        hit = _categories().find(normalise(text))
        if hit:
            return hit.group
    return None


@cache
def _categories() -> Lexicon:
    return load_lexicon("statements")
