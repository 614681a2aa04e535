"""The data dictionary as one self-contained page: no font, no picture, nothing from a network; and search."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby

from markupsafe import Markup

from warehouse.publication.dictionary import Entry
from warehouse.publication.templating import fingerprint, template
from warehouse.registry import SCHEMA_TITLES
from warehouse.tables.common import SOURCES_EN, UNITS_EN


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
    script = files("warehouse.publication").joinpath("templates/dictionary.js").read_text("utf-8")
    return page.render(
        groups=groups,
        release_id=release_id,
        is_synthetic=is_synthetic,
        heads=_HEADS,
        units=UNITS_EN,
        sources=SOURCES_EN,
        script=Markup(script),
        policy=f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '{fingerprint(script)}';"
        " base-uri 'none'; form-action 'none'",
    )


_HEADS = (
    ("列", "Column"),
    ("名称", "Title"),
    ("类型", "Type"),
    ("单位", "Unit"),
    ("来源", "Source"),
    ("原文、说明与提示", "Headings of the source, notes"),
)
