"""Telephone and identity numbers: noted as signs, and masked in every text of the facts, once and for all.

The archive keeps the bytes; whatever is made of facts (findings, releases, pages, slips) never sees the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from transforms.documents.model import Document, TextBlock
from transforms.facts.corpus import SEAM, Corpus, Found
from transforms.facts.model import Facts
from transforms.facts.outline.mentions import table_lines
from transforms.facts.outline.outline import build_outline
from transforms.facts.signs.words import SignBook

_DIGIT = r"[\d０-９]"
_GAP = r"[ \-－—–]{0,2}"
_NOT_BEFORE = r"(?<![\dA-Za-z０-９.．,，])"
_NOT_AFTER = r"(?![\dA-Za-z０-９]|[.．,，][\d０-９]| ?[万亿千]?元)"
_MOBILE = rf"[1１][3-9３-９]{_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}"
_FIXED = rf"[(（]?[0０]{_DIGIT}{{2,3}}[)）]?{_GAP}[2-8２-８]{_DIGIT}{{6,7}}"
_MONTH, _DAY = r"(?:[0０][1-9１-９]|[1１][0-2０-２])", r"(?:[0０][1-9１-９]|[12１２][\d０-９]|[3３][01０１])"
_BORN = rf"(?:[1１][89８９]|[2２][0０]){_DIGIT}{{2}}{_MONTH}{_DAY}"
_IDENTITY = rf"[1-9１-９]{_DIGIT}{{5}}{_BORN}{_DIGIT}{{3}}[\dXx０-９Ｘｘ]"
_PERSONAL = re.compile(
    f"{_NOT_BEFORE}(?:(?P<identity>{_IDENTITY})|(?P<mobile>{_MOBILE})|(?P<fixed>{_FIXED})){_NOT_AFTER}"
)
_AS_DIGITS = bytes.maketrans(b"123456789 -()Xx", b"0" * 15)
_LONG = b"0" * 10
"""A run of digits that may hold such a number, in normalised text: a quick look before the search."""
_KEPT = {"identity": (6, 0), "mobile": (3, 4), "fixed": (4, 2)}
_TITLES = {"identity": "身份证号码", "mobile": "手机号码", "fixed": "固定电话号码"}


def protect(document: Document, corpus: Corpus, facts: Facts) -> None:
    """Appends a sign for each personal number and, where there is any, masks all of them in all rows. ``corpus``: the
    texts of the document, of one with forms those outside them."""
    is_whole = corpus.outline.document is document
    if not _holds_long_number(corpus.text if is_whole else SEAM.join(_texts(document))):
        return
    corpus = corpus if is_whole else Corpus(document, build_outline(document), facts)
    book = SignBook(corpus, facts)
    personal = list(_once(corpus))
    for found in personal:
        book.note("personal", found, _TITLES[found.match.lastgroup or ""])
    if personal:
        _mask_rows(facts)


def _holds_long_number(text: str) -> bool:
    return _LONG in text.encode("ascii", "replace").translate(_AS_DIGITS)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, TextBlock):
            yield block.text
        else:
            yield from (cell.text for line in table_lines(block) for cell in line)


def _once(corpus: Corpus) -> Iterator[Found]:
    """The personal numbers, each once a line; a table read as another repeats its merged cells."""
    seen: set[tuple[int | None, int | None, str]] = set()
    for found in corpus.find(_PERSONAL):
        place = corpus.place(found.passage, found.start)
        key = (place.page, place.line, found.match[0])
        if key not in seen:
            seen.add(key)
            yield found


def masked(text: str) -> str:
    """The text with the middle of each personal number as asterisks."""
    return _PERSONAL.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    head, tail = _KEPT[match.lastgroup or ""]
    last = len(match[0]) - tail
    return "".join(sign if at < head or at >= last or not sign.isalnum() else "*" for at, sign in enumerate(match[0]))


def _mask_rows(facts: Facts) -> None:
    for group in fields(Facts):
        rows = getattr(facts, group.name)
        setattr(facts, group.name, [type(row)(*map(_mask_value, row)) for row in rows])


def _mask_value(value: object) -> object:
    if isinstance(value, str):
        return masked(value)
    return [_mask_value(each) for each in value] if isinstance(value, list) else value
