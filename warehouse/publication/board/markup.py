"""The rows of a grid as markup. Every text that comes from a report passes ``escape`` here; templates do the rest.

Rows are written here and not in a template, which takes ten times as long for the thousands of cells of a board.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from warehouse.publication.board.model import Cell, Grid, Row


def rows_of(grid: Grid) -> Markup:
    """The ``tr`` elements of a grid's body."""
    return Markup("\n").join(Markup(_row(row)) for row in grid.rows)


def _row(row: Row) -> str:
    anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
    first, *others = row.cells
    cells = "".join(f"<td{_attributes(cell)}>{_content(cell)}</td>" for cell in others)
    return f'<tr{anchor}><th scope="row"{_attributes(first)}>{_content(first)}</th>{cells}</tr>'


def _attributes(cell: Cell) -> str:
    classes = " ".join(_classes(cell))
    exact = f' data-v="{escape(cell.exact)}"' if cell.exact is not None else ""
    return (f' class="{classes}"' if classes else "") + exact


def _classes(cell: Cell) -> Iterator[str]:
    if cell.is_number:
        yield "n"
    if cell.tone:
        yield cell.tone


def _content(cell: Cell) -> str:
    text = str(escape(cell.text))
    if cell.href:
        text = f'<a href="{escape(cell.href)}">{text}</a>'
    if cell.note:
        text += f"<small>{escape(cell.note)}</small>"
    if cell.bar:
        text += str(bar(cell.bar, Markup('class="bar" aria-hidden="true"')))
    return text


def bar(length: str, attributes: str) -> Markup:
    """A bar of that length, in percent of the width that the attributes, or their style, give it."""
    return Markup('<svg {}><rect width="{}" height="100%"/></svg>').format(attributes, length)
