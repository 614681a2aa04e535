"""The styles of a Word document: what a paragraph or run takes over from the style it names.

What the properties lead to is decided where paragraphs are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from transforms.documents.docx.names import is_on, number, value, w
from transforms.documents.package import Element
from transforms.language.lexicon import load_data

_LONGEST_CHAIN = 40
_HIGHEST_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it takes over from the styles that it is based on. ``level``: of a heading, 1 to
    9; ``numbering``: (numId, level) of automatic numbering; None where it says nothing."""

    level: int | None = None
    numbering: tuple[str, int] | None = None
    is_bold: bool = False
    is_hidden: bool = False
    is_contents: bool = False


PLAIN = Style()


class Styles:
    """Styles by id, resolved as they are asked for."""

    def __init__(self, root: Element | None) -> None:
        words = load_data("wordml")["styles"]
        self._heading, self._contents = re.compile(words["heading"], re.I), re.compile(words["contents"], re.I)
        self._title = re.compile(words["title"], re.I)
        self._elements = {} if root is None else {one.get(w("styleId")): one for one in root.iterfind(w("style"))}
        self._resolved: dict[str | None, Style] = {}
        default = (
            key
            for key, one in self._elements.items()
            if one.get(w("type")) == "paragraph" and one.get(w("default")) in ("1", "true", "on")
        )
        self._default = next(default, None)

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph; the default style where it names none or an unknown one."""
        return self.of(style_id if style_id in self._elements else self._default)

    def of(self, style_id: str | None) -> Style:
        """The style with this id; one that says nothing when there is none."""
        style = self._resolved.get(style_id)
        if style is None:
            style = self._resolved[style_id] = self._resolve(style_id)
        return style

    def numbering_of(self, style_id: str) -> str | None:
        """The numId of a numbering style."""
        numbering = self.of(style_id).numbering
        return numbering[0] if numbering else None

    def _resolve(self, style_id: str | None) -> Style:
        chain: list[tuple[str, Element]] = []
        while style_id is not None and style_id in self._elements and len(chain) < _LONGEST_CHAIN:
            element = self._elements[style_id]
            chain.append((style_id, element))
            style_id = value(element, w("basedOn"))
        style = PLAIN
        for own_id, element in reversed(chain):
            style = self._with_own(style, own_id, element)
        return style

    def _with_own(self, style: Style, style_id: str, element: Element) -> Style:
        """The style with what one element of its chain says put over it."""
        paragraph, run = element.find(w("pPr")), element.find(w("rPr"))
        name = value(element, w("name")) or style_id
        level = self._level(name, paragraph)
        numbering = _numbering(paragraph, style.numbering)
        style = replace(
            style,
            level=style.level if level is None else level or None,
            numbering=numbering,
            is_contents=style.is_contents or self._contents.match(name) is not None,
        )
        for switch in () if run is None else run:
            if switch.tag == w("b"):
                style = replace(style, is_bold=is_on(switch))
            elif switch.tag == w("vanish"):
                style = replace(style, is_hidden=is_on(switch))
        return style

    def _level(self, name: str, paragraph: Element | None) -> int | None:
        """The heading level that a style itself gives; 0 for body text, None when it says nothing."""
        outline = number(paragraph, w("outlineLvl"))
        if outline is not None:
            return level_of(outline)
        heading = self._heading.match(name)
        if heading:
            return int(heading[1])
        return 1 if self._title.match(name) else None


def level_of(outline: int) -> int:
    """The heading level of w:outlineLvl, from 1; 0 for body text."""
    return outline + 1 if 0 <= outline < _HIGHEST_LEVEL else 0


def _numbering(paragraph: Element | None, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    own = None if paragraph is None else paragraph.find(w("numPr"))
    if own is None:
        return inherited
    num_id = value(own, w("numId")) or (inherited[0] if inherited else None)
    level = number(own, w("ilvl"))
    if num_id is None:
        return None
    return num_id, level if level is not None else inherited[1] if inherited else 0
