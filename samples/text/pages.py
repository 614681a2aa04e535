"""Lines and pages of a text report: what a page break leaves between lines, and on which line each mark stands."""

from __future__ import annotations

from samples.marks import Marks, Places
from samples.style import Style

PAGE_NUMBERS = ("— {n} —", "第{n}页", "- {n} -", "{n}", "第 {n} 页 共 {m} 页")


class Pages:
    """Takes lines, counts the height of the page, breaks it as the style says."""

    def __init__(self, style: Style, marks: Marks, header: str, number_form: str) -> None:
        self.style, self.header, self.number_form = style, header, number_form
        self.places = Places(marks)
        self.lines: list[str] = []
        self.left, self.page = style.page_height, 1

    @property
    def is_paged(self) -> bool:
        """Whether pages break at all."""
        return self.style.paging != "none"

    def put(self, line: str, height: int = 1) -> None:
        """Adds a line (marks are noted and go)."""
        self.lines.append(self.places.note(line, len(self.lines) + 1))
        self.left -= height

    def blank(self) -> None:
        """Adds an empty line unless one is there."""
        if self.lines and self.lines[-1] != "":
            self.lines.append("")

    def turn(self) -> None:
        """Ends the page: a blank line, page number, form feed and running header as the style has them."""
        style = self.style
        if style.paging != "silent" or style.blank_lines:
            self.blank()
        if style.paging in ("number", "header", "formfeed"):
            self.lines.append(self.number_form.format(n=self.page, m=self.page + 3))
            self.lines.append("\f" if style.paging == "formfeed" else "")
        if style.paging == "header":
            self.lines += [self.header, ""]
        self.page += 1
        self.left = style.page_height

    def line(self, key: str | None) -> int | None:
        """See :meth:`samples.marks.Places.line`."""
        return self.places.line(key)
