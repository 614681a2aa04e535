"""How data is printed: a table for people, JSON for programs. Text from reports is shown, never interpreted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, object]


def plain(value: object) -> object:
    """A value as JSON has it: decimals and keys as text, times in ISO form."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


def print_json(data: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(plain(data), ensure_ascii=False, indent=2))


def print_table(rows: Iterable[Row], titles: Mapping[str, str], title: str | None = None) -> None:
    """Rows under Chinese headings; ``titles`` maps column names to headings, in order."""
    shown = Table(title=title, show_edge=False, pad_edge=False, title_justify="left", header_style="bold")
    for heading in titles.values():
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(_cell(row.get(name))) for name in titles))
    console().print(shown)


def console() -> Console:
    """The terminal, or a wide plain stream where there is none."""
    width = None if click.get_text_stream("stdout").isatty() else 160
    return Console(width=width, highlight=False, soft_wrap=False)


def columns_as_titles(columns: Sequence[str]) -> dict[str, str]:
    """Column names as their own headings, for free queries."""
    return {name: name for name in columns}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    return str(value).replace("\x1b", "␛")
