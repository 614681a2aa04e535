"""Lines of text -> units: Markdown's signs off, what the line looks like kept.

Joining lines belongs to joins.py, telling headings from paragraphs to paragraphs.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.documents.lines import Line
from transforms.documents.markup import has_markup, plain_text, strip_inline
from transforms.documents.model import Place
from transforms.language.numbering import Numbering, parse_numbering
from transforms.language.text import normalise, normalise_all

_ATX = re.compile(r"(#{1,6})(?!#)\s*(.*?)\s*#*$", re.S)
_SETEXT = re.compile(r"=+|-{2,}")
_RULE = re.compile(r"[\s\-=*_+|—·.…~\u2500-\u257f]+|```.*|~~~.*")
_BULLET = re.compile(r"(?:[-+*](?=[ \t])|[•●■◆▪◦○□◇➢❖►▶▲△▼▽★☆](?!\d))\s*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_BLANKS = " \t\u3000\xa0"
_LONGEST_SETEXT = 60
_LONGEST_LABEL = 12
_LONGEST_BOLD = 400


@dataclass(slots=True)
class Unit:
    """A run of text on its way to a block. ``pieces``: raw text without Markdown signs, and place, of each line it is
    made of; ``raw``, ``text``, ``numbering`` and ``starts`` follow from them. ``level``: of a heading by Markdown or
    style; ``bullet``: the sign of a list before it; ``is_bold``: begins in bold type, ``is_all_bold``: is nothing
    else; ``indent``: blank columns before it; ``line``: its last line as it stands, ``is_full``: see Line; ``is_row``:
    the medium rules it as a row of a table; ``has_gap``: a blank line or page break stands before it."""

    pieces: list[tuple[str, Place]]
    level: int | None = None
    is_bold: bool = False
    is_all_bold: bool = False
    bullet: str = ""
    indent: int = 0
    has_gap: bool = False
    is_break: bool = False
    line: str = ""
    is_full: bool | None = None
    is_row: bool = False
    raw: str = ""
    text: str = ""
    numbering: Numbering | None = None
    starts: list[tuple[int, Place]] = field(default_factory=list)

    def settle(self) -> None:
        """Works out raw, text, numbering and starts from several pieces. Latin words at a seam are kept apart."""
        raw = self.pieces[0][0]
        self.starts = [(0, self.place)]
        for piece, place in self.pieces[1:]:
            if raw and _is_latin(raw[-1]) and _is_latin(piece[:1]):
                raw += " "
            self.starts.append((len(raw), place))
            raw += piece
        self.raw, self.text = raw, normalise(raw)
        self.numbering = parse_numbering(self.text)

    @property
    def place(self) -> Place:
        """The place of its first line."""
        return self.pieces[0][1]


def settle_all(units: list[Unit]) -> None:
    """Works out text and numbering of units of one piece each, in one go."""
    for unit, text in zip(units, normalise_all([unit.raw for unit in units]), strict=True):
        unit.text, unit.numbering = text, parse_numbering(text)


def read_unit(line: Line, above: Unit | None, has_gap: bool) -> Unit | None:
    """The unit of a line, not settled yet, None for a line that only rules off or underlines; underlining (===) makes
    the unit above, if it is right above, a heading."""
    stripped = line.raw.strip()
    is_word = stripped[0].isalnum()
    if not is_word and _RULE.fullmatch(stripped):
        is_below = above is not None and not has_gap and len(normalise(above.raw)) <= _LONGEST_SETEXT
        if above is not None and is_below and _SETEXT.fullmatch(stripped):
            above.level = above.level or (1 if stripped[0] == "=" else 2)
        return None
    unit = Unit([])
    unit.level, unit.has_gap, unit.is_row = line.level, has_gap, line.cells is not None
    if line.bold is not None:
        _note_bold(unit, line.raw[: line.bold[0]], line.raw[line.bold[1] :])
    is_plain = is_word and "**" not in stripped and "__" not in stripped
    raw = stripped if is_plain else _without_signs(stripped, unit)
    if ("<" in raw or "&" in raw) and has_markup(raw):
        raw = " ".join(plain_text(raw).split("\n"))
    raw = strip_inline(raw).strip()
    if not raw or not (raw[0].isalnum() or normalise(raw)):
        return None
    unit.line, unit.is_full = line.raw, line.is_full
    unit.indent = _indent(line.raw) if line.raw[0].isspace() else 0
    unit.raw, unit.pieces = raw, [(raw, Place(line.page, line.number))]
    return unit


def _without_signs(stripped: str, unit: Unit) -> str:
    """The line without the signs of headings, quotes and bullets; what they and bold type say goes to the unit."""
    if stripped[0] == ">" and stripped[1:2] != "=":
        stripped = stripped.lstrip("> \t") or " "
    heading = _ATX.fullmatch(stripped) if stripped[0] == "#" else None
    if heading:
        unit.level, stripped = len(heading[1]), heading[2]
    bullet = _BULLET.match(stripped)
    if bullet:
        unit.bullet, stripped = stripped[0], stripped[bullet.end() :]
    if "**" in stripped or "__" in stripped:
        bold = _BOLD.search(stripped, 0, _LONGEST_BOLD)
        if bold and bold.start() <= _LONGEST_LABEL:
            rest = "**" if len(stripped) > _LONGEST_BOLD else _BOLD.sub("", stripped[bold.start() :])
            _note_bold(unit, stripped[: bold.start()], rest)
    return stripped


def _note_bold(unit: Unit, before: str, after: str) -> None:
    """Notes what the first stretch of bold type says, with what stands before and after it: a label may go ahead."""
    label = normalise(_BULLET.sub("", before, 1)) if len(before) <= _LONGEST_LABEL else before
    numbering = parse_numbering(label)
    unit.is_bold = not label or (numbering is not None and numbering.end == len(label))
    unit.is_all_bold = unit.is_bold and not after.strip(_BLANKS + "：:")


def _indent(raw: str) -> int:
    blanks = raw[: len(raw) - len(raw.lstrip(_BLANKS))]
    return len(blanks) + blanks.count("\u3000") + 3 * blanks.count("\t")


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
