"""The data dictionary as one self-contained page: no script, no font, no picture, nothing from a network."""

from __future__ import annotations

from itertools import groupby

from warehouse.publication.dictionary import Entry
from warehouse.publication.templating import template
from warehouse.registry import SCHEMA_TITLES


def render_page(listed: tuple[Entry, ...], *, release_id: str, is_synthetic: bool) -> str:
    """The page as HTML text (to be written as UTF-8); the same entries and release give the same text.

    Views come first, since analysts start there; a synthetic release says so on top.
    """
    ordered = sorted(listed, key=lambda entry: not entry.is_view)
    groups = [
        (schema, *SCHEMA_TITLES[schema], list(group))
        for schema, group in groupby(ordered, key=lambda entry: entry.schema)
    ]
    page = template("warehouse.publication", "templates", "dictionary.html.j2")
    return page.render(groups=groups, release_id=release_id, is_synthetic=is_synthetic)
