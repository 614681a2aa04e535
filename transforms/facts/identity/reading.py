"""For which year a document is: the document row, and every mention of the year.

Title first, then cover, then text. Whose report it is is read in department_names.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from transforms.departments.registry import Registry
from transforms.documents.model import Document, Table, TextBlock
from transforms.facts.identity.department_names import department_of, front_lines
from transforms.facts.identity.year_tables import add_table_years
from transforms.facts.identity.year_uses import is_of_use, is_used
from transforms.facts.model import DocumentRow, Facts
from transforms.facts.outline.mentions import FigureBook, Mention, Span, sentences
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.outline.title import Title
from transforms.facts.years import Year, find_years, may_name_years

_LONGEST_LABEL = 40
_SAYS_REPORT = re.compile("报告|情况|总结|材料|说明")
"""Words of a title that say that a text follows; what others announce may be a form."""
_SCOPE = re.compile(r"范围|纳入.{0,40}(?:预算|决算)|(?:预算|决算)(?:编报|汇编|编制|汇总)单位")
_BUDGET = re.compile(
    r",?[^。;,]{0,24}?(?:总预算|预算总|预算收支|收支预算|年初预算|部门预算|全年预算|年度预算|收入预算|支出预算|预算安排"
    r"|预算数|收支总|预算收入|预算支出|总收入|总支出)"
    r"|,[^。;,]{0,24},[^。;,]{0,8}(?:收支预算|收支总预算|预算收支|部门总预算)(?:总计|合计|总额)?[为共]?\d"
)
_OPENS = re.compile(
    r"\A.{0,4}?(?:20\d\d|二[〇零○]..)年度?,?[^。;,]{0,24}?预算[^。;,]{0,12}?\d[\d,.]*(?:亿|百?万|千)?元"
)
"""How a text opens outside all known sections that says the budget of a year."""
_CONCLUDES = re.compile(r".{0,4}[^。;,]{0,12}?(?:履行|履职|职能|职责|任务|工作|预算|整体|绩效|部门|支出|自评|执行)")
_YEAR_OF_COVER = re.compile(r"(?:评价|自评|预算|填报|报告|财政|所属|绩效)*(?:年度|年份)[:](20\d\d)")
_OF_REPORT = re.compile("度?(?:部门|单位|整体|预算|财政|绩效|支出|项目)")
"""What a title says behind the year that it reports on; any other (2023年 …的2022年度) is when it does."""
_BARE_YEAR = re.compile(r"(?<![\d.])(20\d\d)[)\]]?$")
_IN_THE_PAST = re.compile(r"(?:\d{1,2}月)?(?:机构改革|由|以来|起|成立|改设|设立|改制|撤)")
"""Words behind the year of something that happened to the department."""
_REPORT_PARTS = frozenset(("overview", "analysis", "conclusion", "overall_budget", "problems", "measures"))


def add_document(document: Document, outline: Outline, registry: Registry, book: FigureBook, facts: Facts) -> None:
    """Appends the ``documents`` row, and notes every mention of the year: ``year:title``, ``year:scope``,
    ``year:budget``, ``year:conclusion``."""
    title_years, cover_years = _title_years(outline), list(_cover_years(document, outline))
    for mention in title_years:
        book.add(mention)
    expected = int(title_years[0].value) if title_years else next(iter(cover_years), None)
    _add_text_years(outline, expected, book)
    add_table_years(outline, book)
    year, basis = _fiscal_year(outline, book, title_years, cover_years)
    department = department_of(document, outline, registry)
    title = outline.title
    facts.documents.append(
        DocumentRow(
            ordinal=len(facts.documents),
            kind=_kind(outline),
            title=title.printed if title else None,
            title_line=title.line if title else None,
            department_name=department.name,
            department_basis=department.basis,
            department_id=department.department_id,
            fiscal_year=year,
            fiscal_year_basis=basis,
            media_type=document.media_type,
            encoding=document.encoding,
            line_count=document.line_count,
            table_count=sum(isinstance(block, Table) and len(block.rows) > 1 for block in document.blocks),
        )
    )


def _kind(outline: Outline) -> str:
    kind = outline.title.kind if outline.title else "unknown"
    if kind == "overall_report" and not _SAYS_REPORT.search(outline.title.text if outline.title else ""):
        kind = kind if any(len(text) > _LONGEST_LABEL for text in _texts(outline)) else "unknown"
    parts = {name for heading in outline.headings for name in heading.meanings} & _REPORT_PARTS
    return "overall_report" if kind == "unknown" and len(parts) >= 4 else kind


def _fiscal_year(
    outline: Outline, book: FigureBook, title: list[Mention], cover: list[int]
) -> tuple[int | None, str | None]:
    if title:
        return int(title[0].value), "title"
    if cover:
        return cover[0], "cover"
    for name, basis in (("year:scope", "scope"), ("year:budget", "text"), ("year:conclusion", "text")):
        mention = book.primary(name)
        if mention:
            return int(mention.value), basis
    counts = Counter(year.value for text in _texts(outline) for year in find_years(text))
    ranked = counts.most_common(1)
    is_clear = bool(ranked) and 2 * ranked[0][1] > counts.total()
    return (ranked[0][0], "text") if is_clear else (None, None)


def _texts(outline: Outline) -> Iterator[str]:
    return (piece.block.text for piece in outline.all_pieces() if isinstance(piece.block, TextBlock))


def _title_years(outline: Outline) -> list[Mention]:
    title = outline.title
    if title is None:
        return []
    found, offset = [], 0
    for index in range(title.start, title.stop):
        block = outline.text_block(index)
        for year in find_years(title.text, offset, offset + len(block.text)):
            shifted = Year(year.value, year.start - offset, year.end - offset, 0)
            mention = _mention("year:title", shifted, index, Span(0, len(block.text)))
            found.append((mention, _OF_REPORT.match(title.text, year.stop) is not None))
        offset += len(block.text)
    named = [mention for mention, is_of_report in found if is_of_report]
    return named or [mention for mention, _ in found] or _bare_title_years(title, outline)


def _bare_title_years(title: Title, outline: Outline) -> list[Mention]:
    """The year that a title says without 年 at its very end: …绩效自评报告·2023, …自评报告(2023)."""
    index = title.stop - 1
    block = outline.text_block(index)
    match = _BARE_YEAR.search(block.text)
    if match is None:
        return []
    year = Year(int(match[1]), match.start(1), match.end(1), match.end(1))
    return [_mention("year:title", year, index, Span(0, len(block.text)))]


def _cover_years(document: Document, outline: Outline) -> Iterator[int]:
    for text, _ in front_lines(document, outline):
        match = _YEAR_OF_COVER.match(text)
        if match:
            yield int(match[1])


def _add_text_years(outline: Outline, expected: int | None, book: FigureBook) -> None:
    for piece in outline.pieces("overview", "units", "duties"):
        _add_years(book, piece, "year:scope", _SCOPE, None, expected)
    for piece in outline.pieces("overall_budget", "overview", "conclusion"):
        _add_years(book, piece, "year:budget", None, _BUDGET, expected)
    for piece in outline.all_pieces():
        if not piece.meanings:
            _add_years(book, piece, "year:budget", _OPENS, _BUDGET, expected)
    for piece in outline.pieces("conclusion"):
        _add_years(book, piece, "year:conclusion", None, _CONCLUDES, expected)


def _add_years(
    book: FigureBook,
    piece: Piece,
    name: str,
    around: re.Pattern[str] | None,
    after: re.Pattern[str] | None,
    expected: int | None,
) -> None:
    """Notes the years in those sentences that ``around`` is found in, before words that match ``after``. Other years
    beside the ``expected`` one, in the piece or anywhere in their sentence, are comparisons; those of what became of
    an evaluation are none."""
    text = piece.block.text if isinstance(piece.block, TextBlock) else ""
    if not may_name_years(text) or is_of_use(book.outline.title_at(piece.index)):
        return
    found = [
        _mention(name, year, piece.index, sentence)
        for sentence in sentences(piece)
        if around is None or around.search(text, *sentence)
        for year in find_years(text, *sentence)
        if not _IN_THE_PAST.match(text, year.stop, sentence.end) and not is_used(text, year, sentence, expected)
        if after is None or after.match(text, year.stop, sentence.end)
    ]
    agreeing = [mention for mention in found if mention.value == expected]
    for mention in agreeing or found:
        if agreeing or expected not in {year.value for year in find_years(text, *mention.sentence)}:
            book.add(mention)


def _mention(name: str, year: Year, block: int, sentence: Span) -> Mention:
    return Mention(name, Decimal(year.value), Decimal(1), "年", block, Span(year.start, year.end), sentence, 0)
