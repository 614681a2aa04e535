"""Running text as the runs of a Word document: split as Word splits them, edited, hidden, linked, annotated.

Counts lines and notes the marks on them; which paragraphs there are is the writer's business.
"""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape

from samples.docx.look import DocxLook
from samples.docx.xml import RENDERED_BREAK, deleted, field, inserted, run
from samples.draws import chance
from samples.marks import Marks, Places

SUPERSEDED = ("原定全年完成9999项，", "（此处数字待核实：1234.56万元）", "另有88人。")
HIDDEN = ("内部批注：请核对777万元。", "隐藏说明12项。")
NOTES = ("数据截至当年12月31日，共321项。", "口径与上年一致，涉及654万元。")
_SHORTEST = 12


class Ink:
    """Makes runs of text. ``number`` counts paragraphs and rows, as a reader does."""

    def __init__(self, look: DocxLook, draw: Random, marks: Marks) -> None:
        self.look, self.draw = look, draw
        self.places = Places(marks)
        self.number = 0
        self.notes: list[str] = []
        self.is_page_due = False
        self._edits = 0

    def runs(self, text: str, bold: int = 0) -> str:
        """The runs of ``text``, which stands on the line counted last; its first ``bold`` characters are bold."""
        plain = self.places.note(text, self.number)
        before = RENDERED_BREAK if self.is_page_due and self.look.has_rendered_breaks and plain else ""
        self.is_page_due = self.is_page_due and not plain
        pieces = [(piece, True) for piece in self._split(plain[:bold])]
        pieces += [(piece, False) for piece in self._split(plain[bold:])]
        runs = [run(piece, is_bold, before if at == 0 else "") for at, (piece, is_bold) in enumerate(pieces)]
        return "".join(self._edited(runs)) if len(plain) >= _SHORTEST else "".join(runs)

    def _split(self, text: str) -> list[str]:
        if not self.look.splits_runs or len(text) < _SHORTEST:
            return [text] if text else []
        cuts = sorted(self.draw.sample(range(1, len(text)), min(3, len(text) // 12)))
        return [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def _edited(self, runs: list[str]) -> list[str]:
        """The runs with what tracked changes, hidden text, links, fields and footnotes add."""
        draw, look = self.draw, self.look
        at = draw.randrange(len(runs))
        if look.has_changes and chance(draw, 0.3):
            self._edits += 2
            runs[at] = deleted(draw.choice(SUPERSEDED), self._edits) + inserted(runs[at], self._edits + 1)
        elif look.has_links and chance(draw, 0.2):
            runs[at] = draw.choice((field('HYPERLINK \\l "_Toc1"', runs[at]), f"<w:hyperlink>{runs[at]}</w:hyperlink>"))
        elif look.has_controls and chance(draw, 0.2):
            runs[at] = f"<w:sdt><w:sdtPr/><w:sdtContent>{runs[at]}</w:sdtContent></w:sdt>"
        if look.has_hidden and chance(draw, 0.2):
            runs.append(run(draw.choice(HIDDEN), extra="<w:vanish/>"))
        if look.has_notes and chance(draw, 0.1):
            self.notes.append(draw.choice(NOTES))
            runs.append(f'<w:r><w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>')
        return runs

    def notes_xml(self) -> str:
        """The content of the part of footnotes."""
        rules = (("separator", 0), ("continuationSeparator", 1))
        ruled = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in rules
        )
        return ruled + "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{escape(note)}</w:t></w:r></w:p>'
            "</w:footnote>"
            for number, note in enumerate(self.notes, 2)
        )
