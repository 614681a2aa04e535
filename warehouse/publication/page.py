"""The data dictionary as one self-contained page: no script, no font, no picture, nothing from a network."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from warehouse.publication.dictionary import Entry
from warehouse.registry import SCHEMA_TITLES


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("warehouse.publication"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("dictionary.html.j2")


def render_page(listed: tuple[Entry, ...], *, release_id: str, is_synthetic: bool) -> str:
    """The page as HTML text (to be written as UTF-8); the same entries and release give the same text.

    Views come first, since analysts start there; a synthetic release says so on top.
    """
    ordered = sorted(listed, key=lambda entry: not entry.is_view)
    groups = [
        (schema, *SCHEMA_TITLES[schema], list(group))
        for schema, group in groupby(ordered, key=lambda entry: entry.schema)
    ]
    return _template().render(groups=groups, release_id=release_id, is_synthetic=is_synthetic)
