"""How data is printed: a table for people, JSON for programs. Text from reports is shown, never interpreted."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from warehouse.release.releases import BEIJING

if TYPE_CHECKING:
    from transforms.departments.registry import Registry

Row = Mapping[str, object]

_PLAIN_WIDTH = 160
"""Columns of output that goes to a file or another program."""
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What could steer a terminal; line breaks stay."""


def of_department(row: Row, registry: Registry) -> dict[str, object]:
    """The row with what its department is called today for its identifier."""
    known = row["department_id"]
    return {**row, "department_id": "部门不明" if known is None else registry.short_name(str(known))}


def plain(value: object) -> object:
    """A value as JSON has it: decimals and keys as text, times in ISO form."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def print_json(data: object) -> None:
    """One JSON document on standard output."""
    is_unicode = sys.stdout.encoding.lower().startswith("utf")
    click.echo(json.dumps(plain(data), ensure_ascii=not is_unicode, indent=2))


def print_table(rows: Iterable[Row], titles: Mapping[str, str], title: str | None = None) -> None:
    """Rows under Chinese headings; ``titles`` maps column names to headings, in order."""
    _print_cells([[_cell(row.get(name)) for name in titles] for row in rows], list(titles.values()), title)


def print_query(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """What a free query gave: a table, or where it is too wide for the terminal, a block of lines a row."""
    cells = [[_cell(value) for value in row] for row in rows]
    if _width_of(cells, columns) <= _screen_width():
        _print_cells(cells, columns)
        return
    margin = max(cell_len(name) for name in columns)
    for number, row in enumerate(cells, 1):
        click.echo(f"── 第 {number} 行 ──")
        for name, value in zip(columns, row, strict=True):
            click.echo(f"{name}{' ' * (margin - cell_len(name))}  {value}".rstrip())


def _print_cells(cells: Sequence[Sequence[str]], headings: Sequence[str], title: str | None = None) -> None:
    shown = Table(show_edge=False, pad_edge=False, header_style="bold")
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in cells:
        shown.add_row(*map(Text, row))
    if title:
        click.echo(title)
    console = Console(width=min(_screen_width(), _width_of(cells, headings)), highlight=False, soft_wrap=False)
    console.print(shown)


def _width_of(cells: Sequence[Sequence[str]], headings: Sequence[str]) -> int:
    """Columns of a terminal that the table takes unfolded."""
    lines = [headings, *cells]
    widest = [max(max(map(cell_len, row[i].split("\n"))) for row in lines) for i in range(len(headings))]
    return sum(widest) + 3 * len(headings)


def _screen_width() -> int:
    """The terminal's width; generous where there is none."""
    return get_terminal_size().columns if sys.stdout.isatty() else _PLAIN_WIDTH


def _instant(value: datetime) -> str:
    """In Beijing time; as it is, where the value is no instant or there is no such time in Beijing."""
    with suppress(OverflowError):
        value = value if value.tzinfo is None else value.astimezone(BEIJING)
    return value.strftime("%Y-%m-%d %H:%M")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _instant(value)
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), str(value))
