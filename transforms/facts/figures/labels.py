"""Labels of headline figures: where words of ``figures.toml`` stand in a sentence or make up a table cell.

Which number belongs to a label is for the reading modules to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from transforms.facts.years import find_years, may_name_years
from transforms.language.lexicon import LexiconError, load_data
from transforms.language.scanning import Scanner, beginning_of, guarded
from transforms.language.tables import either


@dataclass(slots=True)
class LabelHit:
    """A label in a normalised text. ``unit``: money, rate or score; ``is_loose``: a bare one outside its sections,
    which counts only right behind a figure that it may follow; ``is_weak``: it counts only where nothing else states
    the figure."""

    name: str
    unit: str
    start: int
    end: int
    is_loose: bool = False
    is_weak: bool = False


class FigureLabels(NamedTuple):
    """The compiled lexicon. ``loose`` finds all labels, a group for each figure and kind of label;
    ``cell`` matches a whole table cell; ``units``: figure -> kind of unit; ``bare_in``: figure -> sections in which
    its bare labels count too; ``follows``: figure -> figures right behind which they do;
    ``behind``: figure -> words right behind it;
    ``words``: the patterns of the other tables, as the file explains them; ``scanned``:
    those of them that are searched for in running text."""

    loose: Scanner
    cell: re.Pattern[str]
    units: dict[str, str]
    bare_in: dict[str, frozenset[str]]
    follows: dict[str, frozenset[str]]
    behind: dict[str, re.Pattern[str]]
    words: dict[str, re.Pattern[str]]
    scanned: dict[str, Scanner]


PARTS_OF_TOTAL = frozenset(("basic_expenditure_yuan", "project_expenditure_yuan"))
"""Figures of the two kinds of expenditure."""
_COMPARES = ("较", "比", "与", "同")
_NEVER = re.compile(r"(?!)")
_SCANNED = ("sentence", "part", "last_year", "whole_year")
QUICK = beginning_of(
    "预算|执行|决算|支出|实支|收支|监控|跟踪|分|完成率|进度|评|等[级次]"
    "|(?:实际|实有|已)(?:完成|发生|列支|使用)?(?:[使支动]用|支付|[列开]支)|[年度共计](?:[使支动]用|列支)[^,。;]{0,12}资金|[使支动]用率|支付率"
)
"""Every label holds one of these words."""


@cache
def figure_labels() -> FigureLabels:
    """The labels of ``figures.toml``. Raises LexiconError when the file breaks its schema."""
    data = load_data("figures")
    try:
        return _compiled(data)
    except (KeyError, TypeError, re.error) as error:
        raise LexiconError(f"词表 figures.toml 有误：{error}") from error


def find_labels(text: str, start: int, end: int, sections: tuple[str, ...]) -> list[LabelHit]:
    """The labels in ``text[start:end]``, left to right; bare ones where a section or the label before allows them."""
    labels = figure_labels()
    hits: list[LabelHit] = []
    for match in labels.loose.finditer(text, start, end):
        kind, name = _kind_and_name(match)
        is_loose = kind == "bare" and labels.bare_in[name].isdisjoint(sections)
        if not is_loose or _follows(hits, text, match.start()) in labels.follows[name]:
            hits.append(LabelHit(name, labels.units[name], match.start(), match.end(), is_loose, kind == "weak"))
    return hits


def _follows(hits: list[LabelHit], text: str, start: int) -> str | None:
    """The figure that a label stands behind; behind a semicolon, the one whose two parts stand between:
    全年支出甲，其中基本支出乙、项目支出丙；支出率丁."""
    if text.startswith(";", start - 1) and {hit.name for hit in hits[-2:]} == PARTS_OF_TOTAL:
        hits = hits[:-2]
    return hits[-1].name if hits else None


def _kind_and_name(match: re.Match[str]) -> tuple[str, str]:
    """The list a label is from (labels, weak, bare, cells) and its figure."""
    kind, _, name = (match.lastgroup or "").partition("__")
    return kind, name


def cell_label(text: str) -> LabelHit | None:
    """The figure whose label a table cell is, numbering and unit left aside; None when it says anything else."""
    match = figure_labels().cell.fullmatch(text) if len(text) <= 40 else None
    if match is None:
        return None
    kind, name = _kind_and_name(match)
    return LabelHit(name, figure_labels().units[name], match.start(), match.end(), is_weak=kind in ("weak", "cells"))


def is_mid_year(before: str, through: str) -> bool:
    """Whether the last time named before a label (``through``: with it) lies within the year: 截至11月底, 上半年; 全年
    is the year again."""
    labels = figure_labels()
    last = max((match.end() for match in labels.words["mid_year"].finditer(before)), default=None)
    return last is not None and labels.scanned["whole_year"].search(through, last) is None


def is_this_year(before: str, through: str, year: int | None) -> bool:
    """Of the years named before a label (``through``: with it) the last counts; those compared with are none, unless
    they stand right before the label (比2021年决算数)."""
    if "年" not in through and not may_name_years(through):
        return True  # no words of these do without 年
    named = [(one.start, one.value == year) for one in find_years(through)] if year else []
    named += [
        (match.start(), False)
        for match in figure_labels().scanned["last_year"].finditer(before)
        if not before.endswith(_COMPARES, 0, match.start()) or match.end() == len(before.rstrip("度的"))
    ]
    named += [
        (one.start, one.value == year)
        for one in find_years(before, compared=_NEVER)
        if year and one.stop == len(before.rstrip("的"))
    ]
    named += [(match.start(), True) for match in figure_labels().words["this_year"].finditer(before)]
    return max(named, default=(0, True))[1]


def _compiled(data: dict[str, Any]) -> FigureLabels:
    figures = data["figures"]
    kinds = [(kind, name) for name in figures for kind in ("labels", "weak")] + [("bare", name) for name in figures]
    loose = _groups(
        [
            (f"{kind}__{name}", "|".join(map(guarded, words)))
            for kind, name in kinds
            if (words := figures[name].get(kind))
        ]
    )
    of_cells = _groups(
        [(f"cells__{name}", "|".join(words)) for name in figures if (words := figures[name].get("cells"))]
    )
    cell = (
        r"(?:\d+[、.]|[(]\d+[)]|[一二三四五六七八九十]+、|其中[:]?)?(?:20\d\d年度?)?"
        rf"(?:{loose}|{of_cells})(?:[(][^()]*[)])?[:]?"
    )
    return FigureLabels(
        loose=Scanner(loose),
        cell=re.compile(cell),
        units={name: str(entry["unit"]) for name, entry in figures.items()},
        bare_in={name: frozenset(entry.get("bare_in", ())) for name, entry in figures.items()},
        follows={name: frozenset(entry.get("follows", ())) for name, entry in figures.items()},
        behind={name: re.compile(entry["behind"]) for name, entry in figures.items() if "behind" in entry},
        words={name: re.compile(pattern) for name, pattern in _word_patterns(data)},
        scanned={name: Scanner(pattern) for name, pattern in _word_patterns(data) if name in _SCANNED},
    )


def _word_patterns(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The patterns of the plain tables, and those put together from them: ``grade``, ``change``."""
    time, grade = data["time"], data["grade"]
    for table in ("rejected", "tables", "large_projects"):
        yield from data[table].items()
    yield "last_year", time["last_year"]
    yield "this_year", time["this_year"]
    yield "mid_year", time["mid_year"]
    yield "whole_year", time["whole_year"]
    yield "increase", time["increase"]
    yield "grade_cell", grade["cell"]
    yield "grade_alone", f'[“"]?(?:{"|".join(grade["grades"])})[”"]?'
    yield (
        "change",
        f"(?:{time['change']})(?:(?P<up>{time['increase']})|(?P<down>{time['decrease']}))(?:额|了|约|:|为|共|幅度)*",
    )
    yield (
        "change_again",
        f"[^,;]{{0,3}}[,、(]?(?:即|净|共|同比)?(?:(?P<up>{time['increase']})|(?P<down>{time['decrease']}))"
        "(?:额|率|了|约|:|为|共|资金|金额)*",
    )
    spoken = grade["spoken"]
    plain = either([word for word in grade["grades"] if word not in spoken])
    yield (
        "grade",
        f'{grade["labels"]}(?:{grade["between"]}){{0,8}}+[(]?[“"‘]?'
        f"(?P<grade>{plain}|(?<={grade['said']})(?:{either(spoken)}))(?={grade['end']})(?!{grade['series']})",
    )
    yield "grade_other", grade["other"]


def _groups(patterns: list[tuple[str, str]]) -> str:
    return "|".join(f"(?P<{name}>{guarded(pattern)})" for name, pattern in patterns)
