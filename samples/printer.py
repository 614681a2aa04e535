"""What the writers of all media share: a report's elements in order, each printed in the medium's own way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from random import Random

from samples.compose import (
    Composition,
    Contents,
    Element,
    GridElement,
    Heading,
    PageEnd,
    Paragraph,
    TableElement,
    Title,
)
from samples.marks import unmarked
from samples.style import Style


class Printer(ABC):
    """The elements of one document, its title, its style and what the medium draws by chance."""

    def __init__(self, composition: Composition, style: Style, draw: Random) -> None:
        self.elements, self.style, self.draw = composition.elements, style, draw
        self.title = next((unmarked(element.text) for element in self.elements if isinstance(element, Title)), "")

    def print_all(self) -> None:
        """Every element, in order."""
        for element in self.elements:
            self._print(element)

    def _print(self, element: Element) -> None:
        if isinstance(element, Title):
            self._title(element)
        elif isinstance(element, Heading):
            self._heading(element)
        elif isinstance(element, Paragraph):
            self._paragraph(element)
        elif isinstance(element, TableElement):
            self._table(element)
        elif isinstance(element, Contents):
            self._contents()
        elif isinstance(element, GridElement):
            self._grid(element)
        elif isinstance(element, PageEnd):
            self._end_page()

    @abstractmethod
    def _title(self, title: Title) -> None: ...

    @abstractmethod
    def _heading(self, heading: Heading) -> None: ...

    @abstractmethod
    def _paragraph(self, paragraph: Paragraph) -> None: ...

    @abstractmethod
    def _table(self, table: TableElement) -> None: ...

    @abstractmethod
    def _contents(self) -> None: ...

    def _grid(self, grid: GridElement) -> None:
        raise NotImplementedError("a medium without rules has no grids")

    def _end_page(self) -> None:
        """Where the medium has no pages, one line after another."""
        return
