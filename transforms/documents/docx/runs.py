"""A paragraph's runs -> its text as printed: hidden, deleted and generated-from text out, fields' results in.

What a paragraph is, and where it stands, is decided in body.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.documents.docx.names import (
    ALTERNATE,
    DELETED,
    FALLBACK,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    TEXT_BOX,
    VAL,
    contained,
    is_on,
    w,
)
from transforms.documents.docx.styles import PLAIN, Style, Styles
from transforms.documents.package import Element
from transforms.documents.refusals import refusal
from transforms.language.lexicon import load_data

LINE, PAGE = "\n", "\f"
_DEEPEST = 60
_BOLD, _HIDDEN, _STYLE = w("b"), w("vanish"), w("rStyle")
_FIELD_TYPE, _INSTRUCTION = w("fldCharType"), w("instr")
_BREAK_TYPE, _RENDERED_BREAK = w("type"), w("lastRenderedPageBreak")
_FIELD_CHARACTER, _FIELD_CODE, _SIMPLE_FIELD = w("fldChar"), w("instrText"), w("fldSimple")
_RUBY_TEXT = w("rt")
_FIXED = {w("tab"): "\t", w("ptab"): "\t", w("cr"): LINE, w("noBreakHyphen"): "-"}
_DRAWINGS = frozenset((w("drawing"), w("pict"), w("object")))


class _Look(NamedTuple):
    is_bold: bool
    is_hidden: bool


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, whether its result has begun."""

    code: str = ""
    has_result: bool = False

    @property
    def is_contents(self) -> bool:
        return self.code.split(maxsplit=1)[:1] in (["TOC"], ["TOA"])


@dataclass(slots=True)
class Passage:
    """The text of a paragraph. ``text`` holds LINE for line breaks and PAGE for hard page breaks; ``bold``: where
    its first stretch of bold type begins and ends; ``pages_before`` / ``pages_within``: page breaks that Word left
    before its first character and after; ``boxes``: text boxes anchored in it; ``is_contents``: it belongs to a
    table of contents, its text left out."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    is_begun: bool = False
    bold_start: int | None = None
    bold_stop: int | None = None
    pages_before: int = 0
    pages_within: int = 0
    boxes: list[Element] = field(default_factory=list)
    is_contents: bool = False

    @property
    def text(self) -> str:
        """All pieces."""
        return "".join(self.pieces)

    @property
    def bold(self) -> tuple[int, int] | None:
        """The first stretch of bold type."""
        if self.bold_start is None:
            return None
        return self.bold_start, self.length if self.bold_stop is None else self.bold_stop

    def add(self, text: str, is_bold: bool) -> None:
        """Appends text."""
        if is_bold and self.bold_start is None:
            self.bold_start = self.length
        elif not is_bold and self.bold_start is not None and self.bold_stop is None and not text.isspace():
            self.bold_stop = self.length
        self.is_begun = self.is_begun or not text.isspace()
        self.pieces.append(text)
        self.length += len(text)


class Runs:
    """Reads paragraphs one after another; fields may run over several."""

    def __init__(self, styles: Styles, are_fields_closed: bool) -> None:
        self._styles = styles
        self._are_fields_closed = are_fields_closed
        self._fields: list[_Field] = []
        self._symbols: dict[str, dict[str, str]] = load_data("wordml")["symbols"]
        self._makers: dict[str, Callable[[Element, Passage, _Look], None]] = {
            w("br"): self._break,
            w("sym"): self._symbol,
            _FIELD_CHARACTER: self._field_character,
            _FIELD_CODE: self._field_code,
            _RENDERED_BREAK: self._rendered_break,
            w("ruby"): self._ruby,
            ALTERNATE: self._alternate,
            **dict.fromkeys(_DRAWINGS, self._drawing),
        }

    def read(self, paragraph: Element, style: Style = PLAIN) -> Passage:
        """The text of a paragraph in that style."""
        passage = Passage()
        self._fields = [one for one in self._fields if one.has_result]
        self._note_contents(passage)
        self._walk(paragraph, passage, _Look(style.is_bold, style.is_hidden), 0)
        return passage

    def _walk(self, parent: Element, passage: Passage, look: _Look, depth: int) -> None:
        if depth > _DEEPEST:
            raise refusal("too_deep", f"runs nested {depth} deep")
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self._run(child, passage, look)
            elif tag == _RENDERED_BREAK:
                self._rendered_break(child, passage, look)
            elif tag == _SIMPLE_FIELD:
                self._simple_field(child, passage, look, depth)
            else:
                inner = contained(child)
                if inner is not None:
                    self._walk(inner, passage, look, depth + 1)

    def _run(self, run: Element, passage: Passage, look: _Look) -> None:
        for child in run:
            tag = child.tag
            if tag == TEXT:
                if child.text:
                    self._add(child.text, passage, look)
            elif tag == RUN_PROPERTIES:
                look = self._look(child, look)
            elif tag in _FIXED:
                self._add(_FIXED[tag], passage, look)
            elif tag in self._makers:
                self._makers[tag](child, passage, look)

    def _look(self, properties: Element, look: _Look) -> _Look:
        is_bold, is_hidden = look
        for child in properties:
            tag = child.tag
            if tag == _BOLD:
                is_bold = is_on(child)
            elif tag == _HIDDEN:
                is_hidden = is_on(child)
            elif tag == _STYLE:
                style = self._styles.of(child.get(VAL))
                is_bold, is_hidden = is_bold or style.is_bold, is_hidden or style.is_hidden
        return _Look(is_bold, is_hidden)

    def _add(self, text: str, passage: Passage, look: _Look) -> None:
        if look.is_hidden or (self._fields and self._is_left_out()):
            return
        passage.add(text, look.is_bold)

    def _is_left_out(self) -> bool:
        return any(not one.has_result or (one.is_contents and self._are_fields_closed) for one in self._fields)

    def _note_contents(self, passage: Passage) -> None:
        if self._are_fields_closed and any(one.is_contents for one in self._fields):
            passage.is_contents = True

    def _break(self, element: Element, passage: Passage, look: _Look) -> None:
        self._add(PAGE if element.get(_BREAK_TYPE) == "page" else LINE, passage, look)

    def _rendered_break(self, _: Element, passage: Passage, __: _Look) -> None:
        if passage.is_begun:
            passage.pages_within += 1
        else:
            passage.pages_before += 1

    def _symbol(self, element: Element, passage: Passage, look: _Look) -> None:
        code, font = element.get(w("char")) or "", element.get(w("font")) or ""
        self._add(self._symbols.get(font, {}).get(code[-2:].lower(), ""), passage, look)

    def _field_character(self, element: Element, passage: Passage, _: _Look) -> None:
        kind = element.get(_FIELD_TYPE)
        if kind == "begin":
            if len(self._fields) > _DEEPEST:
                raise refusal("too_deep", f"{len(self._fields)} fields open")
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].has_result = True
            self._note_contents(passage)
        elif self._fields and kind == "end":
            self._fields.pop()

    def _field_code(self, element: Element, _: Passage, __: _Look) -> None:
        if self._fields and not self._fields[-1].has_result:
            self._fields[-1].code += element.text or ""

    def _simple_field(self, element: Element, passage: Passage, look: _Look, depth: int) -> None:
        self._fields.append(_Field(element.get(_INSTRUCTION) or "", has_result=True))
        self._note_contents(passage)
        self._walk(element, passage, look, depth + 1)
        self._fields.pop()

    def _ruby(self, element: Element, passage: Passage, look: _Look) -> None:
        for part in element:
            if part.tag != _RUBY_TEXT:
                self._walk(part, passage, look, 1)

    def _alternate(self, element: Element, passage: Passage, look: _Look) -> None:
        chosen = contained(element)
        if chosen is not None:
            self._run(chosen, passage, look)

    def _drawing(self, element: Element, passage: Passage, look: _Look) -> None:
        if look.is_hidden:
            return
        for box in element.iter(TEXT_BOX):
            above = box.getparent()
            while above is not element and above.tag not in (FALLBACK, TEXT_BOX) and above.tag not in DELETED:
                above = above.getparent()
            if above is element:
                passage.boxes.append(box)
