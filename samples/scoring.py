"""How well a reading agrees with the truth: precision, recall and exactness for each group of facts.

Compares objects of the shape of ``jixiao check --json`` by content, order left aside; reads no files and knows
no reader. White space, widths of characters and end marks are no difference.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from samples.tallies import Item, Miss, Score, Tally
from samples.truth import ENDING
from warehouse.files import read_file
from warehouse.reasons import reason_of

Row = Mapping[str, Any]
Facts = Mapping[str, list[dict[str, Any]]]

HEADLINES = (
    "total_budget_yuan", "annual_budget_yuan", "prior_year_change_yuan", "executed_yuan", "stated_execution_rate",
    "monitored_yuan", "large_project_threshold_yuan", "large_project_count", "large_project_yuan",
    "basic_expenditure_yuan", "project_expenditure_yuan", "stated_unit_count", "stated_office_count", "self_score",
    "grade",
)  # fmt: skip
FIELDS = ("budget_yuan", "spent_yuan", "goal", "completion")
LEVELS = ("level_1", "level_2", "level_3")
AMOUNTS = frozenset(
    (
        *("total_score", "execution_weight", "execution_score", "initial_yuan", "adjusted_yuan", "executed_yuan"),
        *("target_value", "actual_value", "weight", "score", "position"),
    )
)
"""Columns of forms that hold figures."""

_BLANKS = re.compile(r"\s+")
_ENDS = re.compile(r"[。；;,，.:：]+$")


def plain(text: object) -> str:
    """A text for comparing: compatible characters, no white space, no end mark; "" for None."""
    if text is None:
        return ""
    return _ENDS.sub("", _BLANKS.sub("", unicodedata.normalize("NFKC", str(text))))


def number(value: object) -> object:
    """A number for comparing (100.00 is 100); other texts as they are, None for None."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return plain(value)


@dataclass(slots=True)
class Scores:
    """The agreement of many files."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[Miss] = field(default_factory=list)
    files: int = 0

    def add(self, truth: Row, read: Row) -> None:
        """Scores one file and adds it."""
        one = score(truth, read)
        self.files += 1
        self.differences += one.misses
        for group, tally in one.tallies.items():
            self.tallies.setdefault(group, Tally()).add(tally)

    def table(self) -> list[tuple[str, int, int, int, float, float, float]]:
        """Rows: group, expected, read, right, precision, recall, exactness (share of files)."""
        return [
            (group, one.expected, one.read, one.right, one.precision, one.recall, one.exactness)
            for group, one in sorted(self.tallies.items())
        ]

    def rows(self) -> list[dict[str, object]]:
        """The table for printing: group, expected, found, right; precision, recall and exactness in percent."""
        names = ("group", "expected", "found", "right", "precision", "recall", "exactness")
        return [
            {
                name: f"{value:.2%}" if isinstance(value, float) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in self.table()
        ]

    def misses(self) -> list[str]:
        """Every difference as a line of Chinese: file, line, group, missed or false, what."""
        return [miss.text for miss in self.differences]


def _compare(
    one: Score, group: str, truth: Iterable[Row], read: Iterable[Row], key: Callable[[Row], Item | None]
) -> None:
    true_items = [(item, row) for row in truth if (item := key(row)) is not None]
    read_items = [(item, row) for row in read if (item := key(row)) is not None]
    lines = {item: row.get("line") for item, row in [*read_items, *true_items]}
    one.count(group, Counter(item for item, _ in true_items), Counter(item for item, _ in read_items), lines)


def _headlines(one: Score, truth: Facts, read: Facts) -> None:
    true_row, read_row = (next(iter(facts.get("fact_department_budget", [])), {}) for facts in (truth, read))
    for column in HEADLINES:
        values = [number(row.get(column)) for row in (true_row, read_row)]
        if column == "grade":
            values = [None if value is None else str(value)[:1] for value in values]
        items = [Counter([(value,)] if value is not None else []) for value in values]
        one.count(f"headline:{column}", items[0], items[1], {})


def _projects(one: Score, truth: Facts, read: Facts) -> None:
    rows = [facts.get("fact_project_spending", []) for facts in (truth, read)]

    def named(row: Row) -> Item:
        return (row.get("listing"), plain(row.get("reported_name")))

    _compare(one, "projects", rows[0], rows[1], named)
    for column in FIELDS:
        value = number if column.endswith("_yuan") else plain

        def valued(row: Row, column: str = column, value: Callable[[object], object] = value) -> Item | None:
            content = value(row.get(column))
            return None if content in (None, "") else (*named(row), content)

        _compare(one, f"project:{column}", rows[0], rows[1], valued)


def _forms(one: Score, truth: Facts, read: Facts) -> None:
    """Forms by kind and place, their points; funds by source; indicators by levels, then with what they say."""

    def valued(names: Iterable[str], row: Row) -> Item:
        return tuple(number(row.get(name)) if name in AMOUNTS else plain(row.get(name)) for name in names)

    groups = (
        ("forms", "fact_form", ("kind", "position")),
        ("forms:points", "fact_form", ("position", "total_score", "execution_weight", "execution_score", "grade")),
        ("funding", "fact_form_funding", ("funding_source",)),
        ("funding:amounts", "fact_form_funding", ("funding_source", "initial_yuan", "adjusted_yuan", "executed_yuan")),
        ("indicators", "fact_indicator", LEVELS),
        ("indicators:kind", "fact_indicator", (*LEVELS, "indicator_kind")),
        ("indicators:target", "fact_indicator", (*LEVELS, "direction", "target_value", "unit", "target_text")),
        ("indicators:actual", "fact_indicator", (*LEVELS, "actual_value", "actual_text")),
        ("indicators:points", "fact_indicator", (*LEVELS, "weight", "score")),
        ("indicators:reason", "fact_indicator", (*LEVELS, "reason")),
    )
    for group, table, names in groups:
        _compare(one, group, truth.get(table, []), read.get(table, []), partial(valued, names))


def _within(line: object, span: object) -> bool:
    if not isinstance(line, int) or not isinstance(span, list) or len(span) != 2:
        return True
    return bool(span[0] <= line <= span[1])


def _achievements(one: Score, truth: Facts, read: Facts) -> None:
    """By printed value and unit, and by line where the reading tells lines: a read value stands for a true one
    when its line is one of the true sentence's. Optional ones count only when read."""
    waiting: dict[Item, list[Row]] = {}
    for row in truth.get("fact_achievement", []):
        waiting.setdefault((number(row["value"]), plain(row["unit"])), []).append(row)
    tally = Tally(files=1)
    for row in read.get("fact_achievement", []):
        item = (number(row.get("value")), plain(row.get("unit")))
        same = waiting.get(item, [])
        match = next((true for true in same if _within(row.get("line"), true.get("lines"))), None)
        tally.read += 1
        if match is None:
            what = f"{row.get('value')} {row.get('unit')} · {row.get('sentence')}"
            one.misses.append(Miss(one.file, "achievements", "false", what, row.get("line")))
            continue
        same.remove(match)
        tally.right += 1
        tally.expected += 1
    left = [row for rows in waiting.values() for row in rows if not row.get("is_optional")]
    tally.expected += len(left)
    tally.exact = int(tally.right == tally.read and not left)
    one.misses += [
        Miss(one.file, "achievements", "missed", f"{row['value']} {row['unit']} · {row['sentence']}", row.get("line"))
        for row in left
    ]
    if tally.expected or tally.read:
        one.tallies["achievements"] = tally


def _findings(one: Score, truth: Row, read: Row) -> None:
    """The rules that fire, among those on which the truth speaks; optional ones are left aside on both sides."""
    optional = {finding["rule"] for finding in truth.get("findings", []) if finding.get("is_optional")}
    judged = set(truth.get("rules", [])) - optional
    rules = [
        Counter((rule,) for rule in sorted({finding["rule"] for finding in side.get("findings", [])} & judged))
        for side in (truth, read)
    ]
    one.count("findings", rules[0], rules[1], {})


def _statements(one: Score, name: str, truth: Facts, read: Facts) -> None:
    table = f"fact_{name.removesuffix('s')}"
    rows = truth.get(table, []), read.get(table, [])
    _compare(one, name, *rows, lambda row: (plain(row.get("title")),))
    _compare(one, f"{name}:whole", *rows, lambda row: (plain(f"{plain(row.get('title'))}{row.get('detail') or ''}"),))


def _facts(one: Score, truth: Facts, read: Facts) -> None:
    def rows(table: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        return truth.get(table, []), read.get(table, [])

    _headlines(one, truth, read)
    _compare(one, "headcounts", *rows("fact_headcount"), lambda row: (row.get("headcount_kind"), row.get("people")))
    _compare(one, "units", *rows("dim_budget_unit"), lambda row: (plain(row.get("name")), row.get("role")))
    offices = rows("dim_internal_office")
    _compare(one, "offices", *offices, lambda row: (plain(row.get("name")),))
    _compare(
        one,
        "offices:also_named",
        *offices,
        lambda row: (plain(row.get("name")), *sorted(plain(name) for name in row.get("also_named") or ())),
    )
    _projects(one, truth, read)
    _forms(one, truth, read)
    goals = rows("fact_goal")
    _compare(one, "goals", *goals, lambda row: (plain(row.get("goal")),))
    _compare(one, "goals:aspect", *goals, lambda row: (plain(row.get("aspect")), plain(row.get("goal"))))
    _achievements(one, truth, read)
    _statements(one, "problems", truth, read)
    _statements(one, "measures", truth, read)


def score(truth: Row, read: Row) -> Score:
    """How well one read object agrees with its truth. Facts of an unreadable file are not compared."""
    one = Score(str(truth.get("file", "")))
    for group in ("department_id", "fiscal_year"):
        values = [Counter([(side.get(group),)] if side.get(group) is not None else []) for side in (truth, read)]
        one.count(f"identity:{group}", values[0], values[1], {})
    outcomes = [Counter([(str(side.get("outcome")).removesuffix("_with_warnings"),)]) for side in (truth, read)]
    one.count("outcome", outcomes[0], outcomes[1], {})
    _findings(one, truth, read)
    if truth.get("facts"):
        _facts(one, truth["facts"], read.get("facts") or {})
    return one


def load_truths(directory: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The files of a folder of samples (``inbox`` and ``truth`` in it) that have a truth file, each with its truth,
    in the order of their names. Raises ValueError, in Chinese, where there is no truth, or one that is damaged or of
    no file."""
    inbox, folder = directory / "inbox", directory / "truth"
    truths = [
        (inbox / str(path.relative_to(folder)).removesuffix(ENDING), _truth_in(path))
        for path in sorted(folder.rglob(f"*{ENDING}"))
    ]
    if not truths:
        raise ValueError(f"{directory} 里没有标准答案（truth 目录下的 *{ENDING}）")
    if lost := next((path for path, _ in truths if not path.is_file()), None):
        raise ValueError(f"有标准答案而没有文件“{lost}”")
    return truths


def _truth_in(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(read_file(path).decode()))
    except OSError as error:
        raise ValueError(f"标准答案“{path}”不能读取：{reason_of(error)}") from error
    except (ValueError, TypeError) as error:
        raise ValueError(f"标准答案“{path}”已损坏，不是 JSON 对象") from error
