"""Whose report a document is: the name in its title, on its cover, in its text, and the known department it names.

The year and the row of the document are reading.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.departments.registry import Registry
from transforms.documents.model import Cell, Document, Table, TextBlock
from transforms.facts.outline.mentions import sentences, table_lines
from transforms.facts.outline.outline import Outline, Piece
from transforms.language.lexicon import load_data

_FRONT_BLOCKS = 30
_ORGANISATION = (
    r"(?:办事处|人民政府|政府|局|委员会|委|中心|办公室|街道?|镇|乡|院|学|校|园|会|所|队|站|部|处|馆|社|公司)"
    r"(?:[(]?(?:本级|机关)[)]?)?"
)
_IN_TITLE = re.compile(
    rf"(?:关于)?(?:报送|上报|呈报|呈送|报告|提交|印发|公开|公布|报来)?(?:20\d\d年?度?|二[〇零○]..年?度?)?(?P<name>[\u4e00-\u9fffA-Za-z()·]{{2,50}}?{_ORGANISATION})"
    r"(?:关于)?(?=[(]?20\d\d|[(]?二[〇零○]|部门|单位|预算|财政|整体|项目|绩效|支出|年度|的|上报|报送|$)"
)
_NAME = re.compile(rf"{_ORGANISATION}$")
_OWN = re.compile(
    r"(?:我|本)(?:部门|单位|局|街道?|镇|委|办)[(](?P<name>[\u4e00-\u9fff]{4,40})[)]"
    r"|(?:^|[是:,])(?P<other>[\u4e00-\u9fff]{4,40})[(](?:以下|下)简称"
)
DISTRICT = re.compile(r"(?:[\u4e00-\u9fff]{1,12}[省市区县](?:人民政府)?)?")
"""What may stand in front of a department's own name."""
_LONGEST_BEGINNING = 60
_PRESENTED = re.compile(
    r"的?(?:主要|基本|工作|部门)*(?:职责|职能|任务)|(?:[(]本级[)])?(?:是|为|作为|内设|设有|下设|位于|地处|承担|负责)"
)
"""What stands behind the name of a department where its own report presents it."""


class Department(NamedTuple):
    """The printed name, where it stands (title / cover / text), and the known department that it names."""

    name: str | None
    basis: str | None
    department_id: str | None


@cache
def _cover_field() -> re.Pattern[str]:
    words = load_data("titles")["cover"]["department"]
    return re.compile(rf"(?:{words})[:](?P<name>[\u4e00-\u9fff·]{{3,50}})")


def department_of(document: Document, outline: Outline, registry: Registry) -> Department:
    """The department by the first name that title, cover or text give, in this order."""
    for basis, names in (
        ("title", _title_names(outline, registry)),
        ("cover", _cover_names(document, outline, registry)),
        ("text", _text_names(document, outline, registry)),
    ):
        for printed, text in names:
            match = registry.find(text)
            return Department(printed, basis, match.department_id if match else None)
    return Department(None, None, None)


def _title_names(outline: Outline, registry: Registry) -> Iterator[tuple[str, str]]:
    """Printed and normalised name of the organisation in front of the title, else a known name within."""
    title = outline.title
    match = _IN_TITLE.match(title.text) if title else None
    if title and match:
        yield title.printed[slice(*match.span("name"))], match["name"]
    found = registry.find(title.text) if title else None
    if title and found:
        yield title.printed[found.start : found.stop], title.text[found.start : found.stop]


def _cover_names(document: Document, outline: Outline, registry: Registry) -> Iterator[tuple[str, str]]:
    """Names behind 报送单位: and the like, in lines or cover tables, else lines that are a known name."""
    front = list(front_lines(document, outline))
    for text, printed in front:
        match = _cover_field().match(text)
        if match and _NAME.search(match["name"]):
            yield printed[slice(*match.span("name"))], match["name"]
    for text, printed in front:
        yield from _signed(text, printed, registry)


def front_lines(document: Document, outline: Outline) -> Iterator[tuple[str, str]]:
    """The lines around the title, normalised and printed; a row of a cover table counts as "name:value"."""
    parts = (heading.block for heading in outline.headings if heading.marker or heading.meanings)
    first = min(parts, default=_FRONT_BLOCKS)
    for index, block in enumerate(document.blocks[: min(first, _FRONT_BLOCKS)]):
        if isinstance(block, Table):
            for label, cell in _labelled(block):
                yield f"{label.text.rstrip(':')}:{cell.text}", f"{label.text.rstrip(':')}:{cell.raw}"
        elif len(block.text) <= 80:
            yield block.text, outline.printed(index).text(0, len(block.text))


def _labelled(table: Table) -> Iterator[tuple[Cell, Cell]]:
    """Labels and their cells: those beside each other along a line; those of a block of fields or over a single row
    below their label."""
    is_turned = bool(table.rows) and table.rows[0].cells[0].place.line == table.header[0].place.line
    if is_turned or len(table.rows) == 1:
        yield from zip(table.header, table.rows[0].cells, strict=False)
    if not is_turned:
        for line in table_lines(table):
            yield from zip(line[::2], line[1::2], strict=False)


def _text_names(document: Document, outline: Outline, registry: Registry) -> Iterator[tuple[str, str]]:
    """The name behind 我部门( in the text, else a known name as a line of its own at the end (signature), else one that
    begins the sentence in which its duties are told."""
    for piece in outline.all_pieces():
        if isinstance(piece.block, TextBlock):
            match = _OWN.search(piece.block.text, piece.start)
            if match:
                group = match.lastgroup or "name"
                yield outline.printed(piece.index).text(*match.span(group)), match[group]
    for index in range(len(document.blocks) - 1, max(-1, len(document.blocks) - 6), -1):
        block = document.blocks[index]
        if isinstance(block, TextBlock):
            yield from _signed(block.text, outline.printed(index).text(0, len(block.text)), registry)
    for piece in outline.pieces("overview", "duties", "units"):
        yield from _presented(outline, piece, registry)


def _presented(outline: Outline, piece: Piece, registry: Registry) -> Iterator[tuple[str, str]]:
    """The known name that begins a sentence and in front of which nothing but its district stands."""
    block = piece.block
    if not isinstance(block, TextBlock):
        return
    for sentence in sentences(piece):
        text = block.text[slice(*sentence)]
        for said in _PRESENTED.finditer(text, 0, _LONGEST_BEGINNING):
            name = text[: said.start()]
            found = registry.find(name)
            if found and found.stop == len(name) and DISTRICT.fullmatch(name, 0, found.start):
                yield outline.printed(piece.index).text(sentence.start, sentence.start + found.stop), name


def _signed(text: str, printed: str, registry: Registry) -> Iterator[tuple[str, str]]:
    """The line, or what stands behind its colon, if it is a known name and nothing else, in brackets or not."""
    start, stop = text.rfind(":") + 1, len(text)
    if text[start:stop].startswith("(") and text.endswith(")"):
        start, stop = start + 1, stop - 1
    found = registry.find(text[start:stop]) if len(text) <= 40 else None
    if found and found.stop == stop - start:
        yield printed[start:stop], text[start:stop]
