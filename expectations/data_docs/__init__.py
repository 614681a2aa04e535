"""Data Docs for a closed network: pages without scripts, pictures or addresses, in Chinese, with an index of ours."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from expectations.catalogue import Catalogue

_DROPPED = re.compile(
    r"<script\b.*?</script>|<style\b.*?</style>|<footer\b.*?</footer>|<nav\b.*?</nav>|<link\b[^>]*>|<img\b[^>]*>"
    r"|<a\b[^>]*data-toggle=\"collapse\".*?</a>|<p >This Expectation suite currently.*?</p>",
    re.DOTALL,
)
_OUTSIDE = re.compile(r"<a\b[^>]*href=\"https?:[^>]*>(.*?)</a>", re.DOTALL)
_TEXT = re.compile(r">(\s*)([^<>]*?)(\s*)<")


def make_self_contained(folder: Path, catalogue: Catalogue, counts: Mapping[str, int]) -> None:
    """Rewrite the Data Docs in ``folder`` so that no page needs the network, and put an index in front.

    ``counts``: rule id to number of violations.
    """
    shutil.rmtree(folder / "static", ignore_errors=True)
    words = {**_data("phrases.toml")["phrases"], **_phase_words(catalogue)}
    for page in sorted(folder.rglob("*.html")):
        page.write_text(_rewritten(page.read_text("utf-8"), words, _back(page, folder)), "utf-8")
    (folder / "index.html").write_text(_index(folder, catalogue, counts), "utf-8")


def _rewritten(page: str, words: Mapping[str, str], back: str) -> str:
    page = _OUTSIDE.sub(r"\1", _DROPPED.sub("", page))
    page = _TEXT.sub(lambda match: f">{match[1]}{words.get(match[2], match[2])}{match[3]}<", page)
    head = f"<style>{_text('page.css')}</style></head>"
    return page.replace("</head>", head, 1).replace("<body>", f'<body><p><a href="{back}">返回目录</a></p>', 1)


def _phase_words(catalogue: Catalogue) -> dict[str, str]:
    names = {f"phase_{phase.number}": _title(phase.number, phase.title) for phase in catalogue.phases}
    return {**names, **{f"Data asset: {name}": "" for name in names}}


def _back(page: Path, folder: Path) -> str:
    return "../" * (len(page.relative_to(folder).parts) - 1) + "index.html"


def _index(folder: Path, catalogue: Catalogue, counts: Mapping[str, int]) -> str:
    template = jinja2.Environment(autoescape=True).from_string(_text("index.html.j2"))
    phases = [
        {
            "title": _title(phase.number, phase.title),
            "result": _first(folder, f"validations/phase_{phase.number}/**/*.html"),
            "suite": _first(folder, f"expectations/phase_{phase.number}.html"),
            "rules": [{"rule": rule, "count": counts[rule.id]} for rule in phase.rules],
        }
        for phase in catalogue.phases
    ]
    return template.render(style=_text("page.css"), version=catalogue.version, phases=phases)


def _first(folder: Path, pattern: str) -> str | None:
    found: Iterator[Path] = iter(sorted(folder.glob(pattern)))
    page = next(found, None)
    return None if page is None else page.relative_to(folder).as_posix()


def _title(number: int, title: str) -> str:
    return f"第 {number} 阶段 {title}"


@cache
def _text(name: str) -> str:
    return files("expectations.data_docs").joinpath(name).read_text("utf-8")


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))
