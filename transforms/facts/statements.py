"""Problems and measures: title, detail and category of each, and which problems a measure seems to answer.

Whether the measures are enough is for the rules to say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.documents.model import Document, Place, Table, TextBlock
from transforms.facts.items import Item, Stretch, items_of
from transforms.facts.model import Facts, SourceRow, StatementRow
from transforms.facts.outline import Outline
from transforms.facts.wording import one_line, strip_serial
from transforms.language.lexicon import Lexicon, load_lexicon
from transforms.language.text import normalise

_BOTH = ("problems", "measures")
_BESIDE = frozenset((*_BOTH, "analysis", "conclusion"))
_MARKS = "。；;：:！!？? "
_UNFINISHED = ("，", ",", "、")
_TITLE_END = re.compile(r"[。;!?]")
_TITLE_COLON = re.compile(r"[^。;!?:]{2,30}:(?=.)")
_TURN = re.compile(
    r"(?:针对(?:上述|以上|存在)|为此|(?:下一?步|今后)?(?:的)?(?:工作)?(?:改进|整改|完善)(?:的)?(?:工作)?(?:措施|建议|方向|意见|计划)|下一步)"
)
_PROBLEM_HEADER = re.compile("问题|不足|困难")
_MEASURE_HEADER = re.compile("措施|建议|整改|改进")


class _Statement(NamedTuple):
    title: str
    detail: str | None
    place: Place
    raw: str


def add_statements(document: Document, outline: Outline, facts: Facts) -> None:
    """Appends ``problems`` and ``measures`` and their places.

    In a section of both, what stands before the words that turn to measures are problems.
    """
    problems = [_of_item(outline, item) for item in _items(outline, "problems")]
    measures = [_of_item(outline, item) for item in _items(outline, "measures")]
    for table in _tables(outline):
        problems += _of_table(table, _PROBLEM_HEADER, _MEASURE_HEADER)
        measures += _of_table(table, _MEASURE_HEADER, _PROBLEM_HEADER)
    categories = [_category(problem) for problem in problems]
    for position, (problem, category) in enumerate(zip(problems, categories, strict=True), 1):
        _append("problems", problem, category, [], position, facts)
    for position, measure in enumerate(measures, 1):
        category = _category(measure)
        answers = [at for at, of_problem in enumerate(categories, 1) if category and category == of_problem]
        _append("measures", measure, category, answers, position, facts)


def _append(
    group: str, statement: _Statement, category: str | None, answers: list[int], position: int, facts: Facts
) -> None:
    rows: list[StatementRow] = getattr(facts, group)
    ordinal, place = len(rows), statement.place
    rows.append(StatementRow(ordinal, position, statement.title, statement.detail, category, answers, place.line))
    facts.sources.append(
        SourceRow(
            group,
            ordinal,
            "title",
            place.page,
            place.line,
            place.table_number,
            place.row_number,
            place.column_number,
            statement.raw,
        )
    )


def _items(outline: Outline, meaning: str) -> list[Item]:
    items = items_of(outline, meaning, beside=_BESIDE)
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


def _of_item(outline: Outline, item: Item) -> _Statement:
    first = item.first
    block = _block(outline, first)
    printed = outline.printed(first.block)
    place = block.place_at(printed.offset(first.start)) if block.starts else block.place
    stop = first.stop if item.title else _title_stop(block.text, first)
    title = printed.text(first.start, stop)
    rest = item.body if item.title else [Stretch(first.block, stop, first.stop), *item.body[1:]]
    if title.endswith(_UNFINISHED) and stop == first.stop and len(rest) > 1:
        following = rest[1]
        stop = _title_stop(_block(outline, following).text, following)
        title += outline.printed(following.block).text(following.start, stop)
        rest = [Stretch(following.block, stop, following.stop), *rest[2:]]
    parts = (outline.printed(stretch.block).text(stretch.start, stretch.stop).strip() for stretch in rest)
    detail = "\n".join(part for part in parts if part.strip(_MARKS))
    return _Statement(title.strip(_MARKS), detail or None, place, printed.text(first.start, first.stop))


def _title_stop(text: str, stretch: Stretch) -> int:
    """The end of the first sentence, or of the words before a colon that something follows."""
    colon = _TITLE_COLON.match(text, stretch.start, stretch.stop)
    if colon:
        return colon.end()
    end = _TITLE_END.search(text, stretch.start, stretch.stop)
    return end.end() if end else stretch.stop


def _tables(outline: Outline) -> list[Table]:
    pieces = outline.pieces(*_BOTH)
    return [piece.block for piece in pieces if isinstance(piece.block, Table)]


def _of_table(table: Table, wanted: re.Pattern[str], other: re.Pattern[str]) -> list[_Statement]:
    headers = [cell.text for cell in table.header]
    at = next((at for at, text in enumerate(headers) if wanted.search(text) and not other.search(text)), None)
    if at is None:
        return []
    found = []
    for row in table.rows:
        cell = row.cells[at] if at < len(row.cells) else None
        if cell is None or not cell.text or row.is_total:
            continue
        words = strip_serial(one_line(cell.raw))[1]
        head, mark, rest = words.partition("。")
        place = cell.place._replace(
            table_number=table.number, row_number=row.number, column_number=cell.place.column_number or at + 1
        )
        found.append(_Statement(head, rest or None if mark else None, place, cell.raw))
    return found


def _category(statement: _Statement) -> str | None:
    for text in (statement.title, statement.detail or ""):
        hit = _categories().find(normalise(text))
        if hit:
            return hit.group
    return None


def _block(outline: Outline, stretch: Stretch) -> TextBlock:
    block = outline.document.blocks[stretch.block]
    assert isinstance(block, TextBlock)
    return block


@cache
def _categories() -> Lexicon:
    return load_lexicon("statements")
