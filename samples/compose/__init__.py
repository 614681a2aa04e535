"""Composes a report's content and style into elements (headings, paragraphs, tables) that any writer can print."""

from samples.compose.elements import (
    Contents,
    Element,
    GridCell,
    GridElement,
    Heading,
    PageEnd,
    Paragraph,
    TableElement,
    Title,
)
from samples.compose.outline import Composition, compose

__all__ = [
    "Composition",
    "Contents",
    "Element",
    "GridCell",
    "GridElement",
    "Heading",
    "PageEnd",
    "Paragraph",
    "TableElement",
    "Title",
    "compose",
]
