"""The pages of a Word document while it is written: how much room is left, and the marks that Word leaves at breaks."""

from __future__ import annotations

from samples.docx.text import Ink
from samples.style import Style


class Pages:
    """Counts the height of the page; a report without paging is one long page."""

    def __init__(self, style: Style, ink: Ink) -> None:
        self.is_paged, self.height, self.left = style.paging != "none", style.page_height, style.page_height
        self._ink = ink

    def has_room(self, height: int) -> bool:
        """Whether so many lines still stand on the page."""
        return not self.is_paged or height <= self.left

    def turn(self) -> None:
        """Begins the next page; the next run carries Word's mark."""
        self.left = self.height
        self._ink.is_page_due = True

    def take_rendered_break(self) -> bool:
        """Whether Word's mark is due, which is then taken as printed."""
        is_due, self._ink.is_page_due = self._ink.is_page_due and self._ink.look.has_rendered_breaks, False
        return is_due
