"""The rows of a grid, and the figure of a chart, as markup. Every text that comes from a report passes ``_escaped`` or
``json_of`` here; templates do the rest.

Rows are written here and not in a template, which takes ten times as long for the thousands of cells of a board.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from warehouse.publication.board.model import Cell, Grid, Row

_DUMPS = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
_SPECIAL = re.compile("[&<>\"']")


def rows_of(grid: Grid) -> Markup:
    """The ``tr`` elements of a grid's body."""
    return Markup("\n".join(map(_row, grid.rows)))


def json_of(figure: Mapping[str, Any]) -> Markup:
    """A chart's figure as it stands in a script element that is data; no text of it can end the element."""
    return htmlsafe_json_dumps(figure, dumps=_DUMPS)


def _row(row: Row) -> str:
    anchor = f' id="{_escaped(row.anchor)}"' if row.anchor else ""
    first, *others = row.cells
    cells = "".join([f"<td{_attributes(cell)}>{_content(cell)}</td>" for cell in others])
    return f'<tr{anchor}><th scope="row"{_attributes(first)}>{_content(first)}</th>{cells}</tr>'


def _attributes(cell: Cell) -> str:
    exact = f' data-v="{_escaped(cell.exact)}"' if cell.exact is not None else ""
    return _class(cell.is_number, cell.tone) + exact


@cache
def _class(is_number: bool, tone: str | None) -> str:
    classes = " ".join(filter(None, ("n" if is_number else None, tone)))
    return f' class="{classes}"' if classes else ""


def _content(cell: Cell) -> str:
    text = _escaped(cell.text)
    if cell.href:
        text = f'<a href="{_escaped(cell.href)}">{text}</a>'
    if cell.note:
        text += f"<small>{_escaped(cell.note)}</small>"
    if cell.bar:
        text += str(bar(cell.bar, 'class="bar" aria-hidden="true"'))
    return text


def bar(length: str, attributes: str) -> Markup:
    """A bar of that length, in percent of the width that the attributes (markup), or their style, give it."""
    return Markup(f'<svg {attributes}><rect width="{_escaped(length)}" height="100%"/></svg>')


def _escaped(text: str) -> str:
    """The text as ``escape`` gives it, which is dear: most texts have nothing to escape."""
    return str(escape(text)) if _SPECIAL.search(text) else text
