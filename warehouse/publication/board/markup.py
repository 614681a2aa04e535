"""The rows of a grid, and the figure of a chart, as markup. Every text that comes from a report passes ``_escaped`` or
``json_of`` here; templates do the rest.

Rows are written here and not in a template, which takes ten times as long for the thousands of cells of a board.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from warehouse.publication.board.model import Cell, Grid, Head, Row

_DUMPS = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
_find_special = re.compile("[&<>\"']").search


def rows_of(grid: Grid) -> Markup:
    """The ``tr`` elements of a grid's body."""
    return Markup("\n".join(map(_row, grid.rows)))


def json_of(figure: Mapping[str, Any]) -> Markup:
    """A chart's figure as it stands in a script element that is data; no text of it can end the element."""
    return htmlsafe_json_dumps(figure, dumps=_DUMPS)


def heads_of(grid: Grid) -> Markup:
    """The ``th`` elements of a grid's head."""
    return _heads(grid.heads)


@lru_cache(maxsize=1000)
def _heads(heads: tuple[Head, ...]) -> Markup:
    """Pages of departments have the same few over and over."""
    return Markup("\n".join(map(_head, heads)))


def _head(head: Head) -> str:
    number = ' class="n"' if head.is_number else ""
    hint = f' title="{_escaped(head.hint)}"' if head.hint else ""
    unit = f"<small>{_escaped(head.unit)}</small>" if head.unit else ""
    return f'<th scope="col"{number}{hint}>{_escaped(head.title)}{unit}</th>'


def _row(row: Row) -> str:
    anchor = f' id="{_escaped(row.anchor)}"' if row.anchor else ""
    first, *others = map(_cell, row.cells)
    cells = "".join([f"<td{cell}</td>" for cell in others])
    return f'<tr{anchor}><th scope="row"{first}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    """A cell from its attributes to its content, between the name of its element and its end."""
    text, is_number, exact, href, length, tone, note = cell
    shown = _escaped(text)
    if href:
        shown = f'<a href="{_escaped(href)}">{shown}</a>'
    if note:
        shown = f"{shown}<small>{_escaped(note)}</small>"
    if length:
        shown += str(bar(length, 'class="bar" aria-hidden="true"'))
    if exact is not None:
        return f'{_class(is_number, tone)} data-v="{_escaped(exact)}">{shown}'
    return f"{_class(is_number, tone)}>{shown}"


@cache
def _class(is_number: bool, tone: str | None) -> str:
    classes = " ".join(filter(None, ("n" if is_number else None, tone)))
    return f' class="{classes}"' if classes else ""


def bar(length: str, attributes: str) -> Markup:
    """A bar of that length, in percent of the width that the attributes (markup), or their style, give it."""
    return Markup(f'<svg {attributes}><rect width="{_escaped(length)}" height="100%"/></svg>')


def _escaped(text: str) -> str:
    """The text as ``escape`` gives it, which is dear: most texts have nothing to escape."""
    return str(escape(text)) if _find_special(text) else text
