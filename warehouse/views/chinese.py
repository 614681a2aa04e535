"""Schema 报表: each view under its Chinese title, its columns under theirs. No name is written down here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from warehouse.registry import quote_name
from warehouse.views import View

SCHEMA = "报表"


def identifier(title: str) -> str:
    """The title as a name that SQL takes without quotes: what stands in brackets is left out."""
    return re.sub(r"（[^（）]*）", "", title)


def chinese_view(view: View, names: Iterable[str]) -> View:
    """The view under Chinese names; ``names`` are the columns of the view, in order. ValueError if two become one."""
    columns = {name: view.column(name) for name in names}
    chinese = {name: identifier(column.title) for name, column in columns.items()}
    if len(set(chinese.values())) < len(chinese):
        raise ValueError(f"{view.qualified_name}: two columns have the same Chinese name")
    words = {**chinese, view.qualified_name: f"{SCHEMA}.{identifier(view.title)}"}
    selected = ", ".join(f"{quote_name(name)} AS {quote_name(new)}" for name, new in chinese.items())
    return replace(
        view,
        schema=SCHEMA,
        name=identifier(view.title),
        warning=view.warning and _renamed(view.warning, words),
        note=view.note and _renamed(view.note, words),
        example=_renamed(view.example, words),
        sources=(view.qualified_name,),
        described={
            chinese[name]: replace(
                column, name=chinese[name], warning=column.warning and _renamed(column.warning, words)
            )
            for name, column in columns.items()
        },
        sql=f"SELECT {selected}\nFROM {quote_name(view.qualified_name)}",
    )


def _renamed(text: str, words: Mapping[str, str]) -> str:
    """The text with each name of ``words`` in its Chinese form, without the blank between it and Chinese words."""
    names = "|".join(re.escape(name) for name in sorted(words, key=len, reverse=True))
    renamed = re.sub(rf"(?<![\w.])(?:{names})(?!\w)", lambda found: words[found[0]], text, flags=re.ASCII)
    return re.sub(r"(?<=[一-鿿]) (?=[一-鿿])", "", renamed)
