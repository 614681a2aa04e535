"""Pages of a PDF: where lines are drawn, when a page is full, what stands on top and below, where each mark stands."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.marks import Marks, Places
from samples.pdf.look import PdfLook

UNEMBEDDED = "STSong-Light"
EMBEDDED = "NotoSansSC"
PAGE = (595.0, 842.0)
_FONT_FILE = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_BOLD_SHIFT = 0.3


@cache
def _font(is_embedded: bool) -> str:
    """The name of a font that the reader of the file has (a CID font), or of one that goes along as a subset."""
    if not is_embedded:
        pdfmetrics.registerFont(UnicodeCIDFont(UNEMBEDDED))
        return UNEMBEDDED
    pdfmetrics.registerFont(TTFont(EMBEDDED, str(files("justmytype_intl_cjk").joinpath(_FONT_FILE))))
    return EMBEDDED


class Sheets:
    """Takes lines from the top down, in points from the left margin, and begins a new page where one is full.
    ``line`` counts what is printed: a line of text, or a row of a table (a part of one, on each page)."""

    def __init__(self, look: PdfLook, marks: Marks, title: str) -> None:
        self.look, self.title = look, title
        self.page_width, self.page_height = PAGE[::-1] if look.is_landscape else PAGE
        self.font = _font(look.is_embedded)
        self.places = Places(marks)
        self.width = self.page_width - 2 * look.margin
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(self.page_width, self.page_height), invariant=1)
        self.page, self.line = 0, 0
        self.y = 0.0
        self._begin()

    @property
    def left(self) -> float:
        """How much of the page is left."""
        return self.y - self.look.margin

    @property
    def height(self) -> float:
        """How much a page holds."""
        return self.page_height - 2 * self.look.margin

    def measure(self, text: str, size: float) -> float:
        """The width of a text."""
        return float(pdfmetrics.stringWidth(text, self.font, size))

    def count(self) -> None:
        """One more line of text, or row of a table."""
        self.line += 1

    def draw(self, text: str, x: float, y: float, size: float, is_bold: bool = False) -> None:
        """Draws a text whose box ends at ``y``; its marks are noted to stand on the line counted last."""
        plain = self.places.note(text, self.line, self.page)
        self.canvas.setFont(self.font, size)
        for shift in (0.0, _BOLD_SHIFT) if is_bold else (0.0,):
            self.canvas.drawString(self.look.margin + x + shift, y + 0.2 * size, plain)

    def put(self, text: str, size: float, x: float = 0.0, is_bold: bool = False) -> None:
        """A line of text."""
        pitch = size * self.look.pitch
        if self.left < pitch:
            self.turn()
        self.y -= pitch
        self.count()
        self.draw(text, x, self.y, size, is_bold)

    def skip(self, height: float) -> None:
        """Leaves a gap, none on top of a page."""
        if self.y < self.page_height - self.look.margin:
            self.y -= min(height, max(self.left, 0.0))

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draws a rule from point to point."""
        self.canvas.setLineWidth(0.5)
        margin = self.look.margin
        self.canvas.line(margin + left, top, margin + right, bottom)

    def turn(self) -> None:
        """Ends the page and begins the next."""
        self._end()
        self._begin()

    def finish(self) -> bytes:
        """The bytes of the file."""
        self._end()
        self.canvas.save()
        return self.buffer.getvalue()

    def _begin(self) -> None:
        self.page += 1
        self.y = self.page_height - self.look.margin
        if self.look.is_rotated:
            self.canvas.setPageRotation(90)
            self.canvas.translate(self.page_height, 0)
            self.canvas.rotate(90)
        if self.look.header != "none" and self.page > 1:
            self.count()
            self.draw(self.title, self._aside(self.title, self.look.header), self.y + 14, 9.0)

    def _end(self) -> None:
        if self.look.number_form is not None:
            self.count()
            text = self.look.number_form.format(n=self.page, m=self.page + 3)
            self.draw(text, self._aside(text, "middle"), self.look.margin - 30, 9.0)
        self.canvas.showPage()

    def _aside(self, text: str, side: str) -> float:
        rest = self.width - self.measure(text, 9.0)
        return {"left": 0.0, "right": rest}.get(side, rest / 2)
