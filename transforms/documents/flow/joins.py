"""Units put together: lines wrapped at a fixed width, and paragraphs that a page broke.

What kind of block a unit becomes is decided in paragraphs.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from transforms.documents.flow.units import Unit
from transforms.documents.layout import layout
from transforms.documents.lines import display_width
from transforms.documents.model import Note, NoteKind
from transforms.documents.tables.cells import names_column
from transforms.language.units import unit_at

_WIDEST_WRAP = 160
_NARROWEST_WRAP = 20
_FEWEST_FULL = 3
_FEWEST_PAIRS = 2
_SLACK = 6
_SLACK_CHARACTERS = 2
_SHORTEST_RUN = 12
_SHORTEST_SENTENCE = 30
_LONG_ITEM = 45
_SHORTEST_ITEM = 24
_LONGEST_FRONT = 60
_LONGEST_TITLE = 26
_FIELD = re.compile(r"(?P<label>[^,。;:]{2,12}+):")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_LABEL = re.compile("【[^【】]{1,12}】")
_FIGURE = re.compile(r"[\dA-Za-z０-９．.,，%％]{1,20}")  # never broken at the end of a line
_WORD = re.compile(r"\S{1,80}")
_BRACKETS = "(〔[【"
_REMARK = re.compile(rf"[{re.escape(_BRACKETS)}][^()〔〕\[\]【】]*[)〕\]】]")
_QUOTED = 20
_GOES_ON = ",、(第"
"""What no paragraph ends with; the last begins 第五，, of which the number begins the next line."""


class Wrapping(NamedTuple):
    """How a text is laid out. ``width`` / ``length``: display columns or characters of a full line, None where
    lines are not wrapped that way; ``has_indents``: paragraphs begin indented; ``has_gaps``: blank lines lie
    between paragraphs; ``is_shown``: the medium shows which lines are full."""

    width: int | None
    length: int | None
    has_indents: bool
    has_gaps: bool
    is_shown: bool = False

    @property
    def is_wrapped(self) -> bool:
        """Whether lines are wrapped at all."""
        return self.is_shown or self.width is not None or self.length is not None

    def is_full(self, unit: Unit, below: Unit) -> bool:
        """Whether the unit's last line reaches the edge, or would with the figure that begins the line below; or, in
        the midst of a text, with its first word, where lines break at blanks only."""
        if unit.is_full is not None:
            return unit.is_full
        line, figure, word = unit.line.rstrip(), _FIGURE.match(below.raw), _WORD.match(below.raw)
        token = figure[0] if figure else ""
        sizes = [
            (edge, slack, size(line), size(token), size(word[0]) if word else 0)
            for edge, slack, size in ((self.width, _SLACK, display_width), (self.length, _SLACK_CHARACTERS, len))
            if edge is not None
        ]
        if any(own + figure_size >= edge - slack for edge, slack, own, figure_size, _ in sizes):
            return True
        is_text = len(unit.pieces) > 1 or layout().sentence.search(unit.text) is not None
        return is_text and any(2 * own >= edge and reach <= edge < own + 1 + reach for edge, _, own, _, reach in sizes)


def wrapping_of(units: list[Unit]) -> Wrapping:
    """The layout of a document's text lines, each a unit."""
    lines = [unit for unit in units if unit.level is None]
    pairs = [above for above, below in pairwise(units) if not below.has_gap and above.level is None]
    indented = sum(unit.indent >= 2 for unit in lines)
    has_indents = 0 < indented <= 0.95 * len(lines)
    has_gaps = 4 * sum(unit.has_gap for unit in units) >= len(units)
    if any(unit.is_full is not None for unit in units):
        return Wrapping(None, None, has_indents, has_gaps, is_shown=True)
    if len(pairs) < _FEWEST_PAIRS:
        return Wrapping(None, None, has_indents, has_gaps)
    width = _edge([display_width(unit.line.rstrip()) for unit in pairs], _SLACK, _WIDEST_WRAP)
    length = _edge([len(unit.line.rstrip()) for unit in pairs], _SLACK_CHARACTERS, _WIDEST_WRAP // 2)
    return Wrapping(width, length, has_indents, has_gaps)


def _edge(sizes: list[int], slack: int, widest: int) -> int | None:
    """The size of a full line: one that many lines with a line right below nearly reach and hardly any exceeds."""
    sizes = sorted(sizes)
    best, edge = 0, 0
    for last, size in enumerate(sizes):
        reached = last + 1 - bisect_left(sizes, size - slack)
        if reached >= best:
            best, edge = reached, size
    longer = len(sizes) - bisect_right(sizes, edge)
    is_wrapped = _NARROWEST_WRAP <= edge <= widest and best >= _FEWEST_FULL and 3 * best >= len(sizes)
    return edge if is_wrapped and 10 * longer <= len(sizes) else None


def join_units(units: list[Unit], wrapping: Wrapping, notes: list[Note]) -> list[Unit]:
    """The units between two tables with wrapped lines and broken paragraphs joined; a note for each break mended,
    and for each paragraph that breaks off for good."""
    joined: list[Unit] = []
    above: Unit | None = None
    for unit in units:
        if above is None or _ends_list(joined, unit) or not _join(above, unit, wrapping, notes):
            if above is not None and _breaks_off(above):
                _note(notes, NoteKind.PARAGRAPH_CUT, above, "")
            joined.append(unit)
            above = unit
    for unit in joined:
        if len(unit.pieces) > 1:
            unit.settle()
    return joined


def _ends_list(joined: list[Unit], unit: Unit) -> bool:
    """Whether a text behind a gap follows a list whose items end without a mark, as the one above it does."""
    is_below_list = unit.has_gap and not (unit.is_break or unit.bullet) and joined[-1].bullet
    if not is_below_list or len(joined) < 2 or not all(one.bullet and not one.pieces[1:] for one in joined[-2:]):
        return False
    return layout().end.search(joined[-2].text) is None and joined[-1].text[-1] not in ",、"


def _join(above: Unit, unit: Unit, wrapping: Wrapping, notes: list[Note]) -> bool:
    is_apart = unit.has_gap or unit.is_break
    if is_apart or not wrapping.is_wrapped or not _is_wrapped(above, unit, wrapping):
        if not _is_broken(above, unit, wrapping):
            return False
        _note(notes, NoteKind.PARAGRAPH_JOINED, above, unit.raw)
    above.pieces += unit.pieces
    above.line, above.is_full, above.raw = unit.line, unit.is_full, above.raw + unit.raw
    above.text += unit.text
    return True


def _is_wrapped(above: Unit, unit: Unit, wrapping: Wrapping) -> bool:
    """Whether a line goes on with the full line right above it."""
    if _begins_anew(above, unit) or not (wrapping.is_full(above, unit) or _is_cut_figure(above, unit)):
        return False
    if unit.indent >= 2 and wrapping.has_indents and unit.indent >= above.indent:
        return False
    if unit.numbering is not None:
        if _is_field(above.text):
            return False
        is_midway = wrapping.is_shown and wrapping.has_indents and layout().end.search(above.text) is None
        return is_midway or above.text[-1] in _GOES_ON or _is_open(above.text)
    return wrapping.has_indents or wrapping.has_gaps or layout().end.search(above.text) is None


def _is_cut_figure(above: Unit, unit: Unit) -> bool:
    """Whether a figure ends the line above and its unit begins this one, as no line of its own would: 93.5 / 分,…."""
    is_cut = above.text[-1].isdigit() and len(above.text) >= _SHORTEST_RUN
    measure = unit_at(unit.text, 0) if is_cut else None
    return measure is not None and unit.text[len(measure) : len(measure) + 1] in tuple(",。;、)")


def _is_broken(above: Unit, unit: Unit, wrapping: Wrapping) -> bool:
    """Whether a paragraph goes on in the middle of a sentence after a gap or page break."""
    words = layout()
    if _begins_anew(above, unit) or words.end.search(above.text):
        return False
    if words.midway_start.match(unit.text) and len(above.text) >= _SHORTEST_RUN:
        return True
    if words.closed.search(above.text) and not words.midway_word.match(unit.text):
        return False
    if unit.numbering is not None and above.text[-1] not in ",、":
        return False
    if unit.is_break and wrapping.has_indents and unit.indent < 2 and wrapping.is_full(above, unit):
        return True
    if (unit.indent >= 2 and wrapping.has_indents) or _is_title(unit):
        return False
    return _runs_on(above, unit.is_break or (wrapping.is_wrapped and wrapping.is_full(above, unit)))


def _begins_anew(above: Unit, unit: Unit) -> bool:
    is_heading = above.level is not None or above.is_all_bold
    is_apart = is_heading or unit.level is not None or unit.bullet or unit.is_bold or above.is_row or unit.is_row
    text = unit.text
    if is_apart or (text[:1] in _BRACKETS and (_REMARK.fullmatch(text) or _LABEL.match(text))):
        return True
    label = _FIELD.match(text) if ":" in text else None
    is_title_done = _ends_title(above) and (label is not None or _ends_title(unit))
    return is_title_done or (label is not None and _is_field(above.text, names_column(label["label"])))


def _is_field(text: str, is_followed: bool = False) -> bool:
    """Whether a line is a label with its value, rather than a sentence. ``is_followed``: by one whose label is a word
    of column headings, so that the value may be a sentence."""
    return _FIELD.match(text) is not None and (
        is_followed or layout().sentence.search(_THOUSANDS.sub("", text)) is None
    )


def _ends_title(unit: Unit) -> bool:
    return len(unit.text) <= _LONGEST_FRONT and layout().title_end.search(unit.text) is not None


def _runs_on(unit: Unit, at_edge: bool) -> bool:
    """Whether a unit without an end mark is a sentence broken off rather than a title or a field. ``at_edge``: its
    last line is full, or a page ends with it."""
    text = unit.text
    if "。" in text or ";" in text:
        return len(text) >= _SHORTEST_RUN
    if unit.numbering is not None:
        return len(text) > _LONG_ITEM or (at_edge and "," in text and len(text) >= _SHORTEST_ITEM)
    if _ends_title(unit) or ("," not in text and "、" not in text and _FIELD.match(text)):
        return False
    return ("," in text and len(text) >= _SHORTEST_RUN) or len(text) >= _SHORTEST_SENTENCE


def _is_title(unit: Unit) -> bool:
    is_short = len(unit.text) <= _LONGEST_TITLE
    return is_short and layout().sentence.search(unit.text) is None and layout().end.search(unit.text) is None


def _breaks_off(unit: Unit) -> bool:
    is_heading = unit.level is not None or unit.is_all_bold
    return unit.text[-1] in ",、" and not is_heading and _runs_on(unit, at_edge=False)


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")


def _note(notes: list[Note], kind: NoteKind, above: Unit, rest: str) -> None:
    place = above.pieces[-1][1]
    notes.append(Note(kind, place, f"{above.raw[-_QUOTED:]}\n{rest[:_QUOTED]}".strip()))
