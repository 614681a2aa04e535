"""What the columns of a table mean: names of projects, amounts, goals, completions, by the words of the header.

Only headers (and the look of the cells below, where a header leaves it open) are judged here; whether a table is a
table of projects, and what its rows say, is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from transforms.documents.model import Table
from transforms.language.lexicon import Hit, Lexicon, load_lexicon
from transforms.language.numerals import parse_number
from transforms.language.tables import patterns
from transforms.language.units import find_money_unit

_OVERRIDING = ("rate", "arrived", "balance", "share", "change", "prior")
_BUDGETS = ("budget", "budget_loose")
_MONEY = frozenset((*_BUDGETS, "adjusted", "initial", "spent", "spent_loose", "rate"))
_AMOUNTS = _MONEY - {"rate"}
_COMPLETIONS = ("completion", "completion_loose")
_OPEN_TO_CONTENT = frozenset(
    ("amount_or_text", "completion_loose", "spent", "completion", "budget_loose", "spent_loose", "source")
)
_BUDGET_ORDER = (
    ("adjusted", "adjusted"),
    ("budget", "unspecified"),
    ("initial", "initial"),
    ("budget_loose", "unspecified"),
)
_CLEARLY_ADJUSTED = ("调整后", "全年", "最终", "变更后")
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*(?:元|%|单位)[^()\[\]【】]*[)\]】]|/(?:亿|百?万|千)?元|/%|%")
_UNIT_PLACE = re.compile(
    r"[(\[【/:](?:人民币|单位[:])*([^()\[\]【】/:,]*元[^()\[\]【】/:,]*)|(?<=[数额算出金])((?:亿|百?万|千)?元)$"
)
_SHARE = re.compile(r"^占(?!地|用)|^[^元%]*[(\[【/]?%[)\]】]?$")
"""占全年预算, 支出(%): a share of an amount and no amount."""
_SHORT_UNIT = re.compile(r"[(\[【](?:单位[:])?(亿|百?万)[)\]】]$")
_INCLUDED = re.compile(r"\((?:已|均)?(?:含|包括|包含)(?P<what>[^()]*)\)")
_CHANGED = re.compile("追加|调整|调剂|增减")
_BARE = re.compile("[数额的]+")
_FIGURE = re.compile(r"[-+(¥]?[\d,. ]+\)?(?:亿|百?万|千)?元?%?")
WORDS = re.compile("[\u4e00-\u9fff]{2}")
"""What a cell of words holds."""
_ADJUSTED = re.compile("(?:预算)?调整[数额]?")
_LONG_CELL = 12
_FEWEST_ROWS = 3
_MOST = 0.9


@dataclass(slots=True)
class Columns:
    """Positions (from 0) of the columns that matter. ``budgets``: (position, amount_role), the one to take first;
    ``money`` all amount columns read; ``unknown`` those with words in the header that no lexicon entry explains;
    ``roles`` of all columns in their order; what the cells alone told, no header, is guessed."""

    name: int | None = None
    serial: int | None = None
    budgets: list[tuple[int, str]] = field(default_factory=list)
    spent: int | None = None
    rate: int | None = None
    goal: int | None = None
    completion: int | None = None
    others: frozenset[str] = frozenset()
    unknown: list[int] = field(default_factory=list)
    roles: tuple[str | None, ...] = ()
    is_name_guessed: bool = False
    are_amounts_guessed: bool = False

    @property
    def money(self) -> list[int]:
        """The amount columns: budgets, then spending."""
        return [position for position, _ in self.budgets] + ([] if self.spent is None else [self.spent])


@dataclass(slots=True)
class _Column:
    position: int
    role: str | None
    rank: int  # among columns of one role the lowest is taken
    year: int


def classify(table: Table, year: int | None = None) -> Columns:
    """The columns of ``table`` by header; of amounts of several years those of ``year``, else the latest, are taken.

    ``others`` names the roles of the remaining columns (indicator, category, score, ...).
    """
    columns = [_column(position, cell.text) for position, cell in enumerate(table.header)]
    columns = _settled([_by_content(column, table) for column in columns])
    columns = _with_adjusted(_past_apart(columns, year), table)
    wanted = _wanted_year(columns, year)
    kept = [column for column in columns if column.year in (0, wanted) or column.role not in _MONEY]
    found = Columns(
        name=_first(kept, "name"),
        serial=_first(kept, "serial"),
        spent=_first(kept, "spent", "spent_loose"),
        rate=_first(kept, "rate"),
        goal=_first(kept, "goal", "goal_loose"),
        completion=_first(kept, *_COMPLETIONS),
        others=frozenset(column.role for column in columns if column.role),
        unknown=[column.position for column in columns if column.role is None and table.header[column.position].text],
        roles=tuple(column.role for column in columns),
    )
    by_rank = sorted(kept, key=lambda column: column.rank)
    found.budgets = [
        (column.position, role)
        for group, role in _BUDGET_ORDER
        for column in by_rank
        if column.role == group and column.position != found.name
    ]
    return found


@lru_cache(maxsize=4096)
def header_unit(header: str) -> str | None:
    """The unit of money that an amount column's normalised header names (2021年预算(万元) -> 万元), or None."""
    unit = next((unit for match in _UNIT_PLACE.finditer(header) if (unit := find_money_unit(match[0]))), None)
    short = _SHORT_UNIT.search(header) if unit is None else None
    return f"{short[1]}元" if short else unit


@cache
def _lexicon() -> Lexicon:
    return load_lexicon("columns")


@cache
def table_words() -> dict[str, re.Pattern[str]]:
    """The patterns of ``columns.toml``: words in headers, titles and rows of tables."""
    return patterns("columns", "patterns")


@cache
def row_words() -> Lexicon:
    """What rows are called that are no projects: totals, kinds of spending, accounts."""
    return load_lexicon("columns", "rows")


def column_role(header: str) -> str | None:
    """What a column with this normalised header holds, by the groups of ``columns.toml``; None where no word tells."""
    return _speaks_of(header)[0]


def _column(position: int, header: str) -> _Column:
    return _Column(position, *_speaks_of(header))


@lru_cache(maxsize=4096)  # departments use the same headers over and over
def _speaks_of(header: str) -> tuple[str | None, int, int]:
    """Role, rank and year of a header."""
    year = table_words()["year"].search(header)
    words = _BRACKETED.sub("", table_words()["year"].sub("", header))
    words = _INCLUDED.sub(lambda match: "调整后" if _CHANGED.search(match["what"]) else "", words)
    hits = _lexicon().find_all(words)
    role = _role(hits) or _time_alone(words, hits)
    role = "share" if role in _AMOUNTS and _SHARE.search(header) else role
    role = "goal" if role in _COMPLETIONS and table_words()["foreseen"].fullmatch(words) else role
    return role, _rank(role, hits, header), int(year[1] or 0) if year else 0


def _role(hits: Sequence[Hit]) -> str | None:
    groups = {hit.group for hit in hits}
    if "reason" in groups and "completion" not in groups:
        return "reason"
    for role in _OVERRIDING:
        if role in groups:
            return role
    speaking = [hit.group for hit in hits if hit.group not in ("initial", "adjust")]
    if not speaking:
        return None
    plain = [group for group in speaking if group not in ("budget_loose", "spent_loose")]
    role = "completion" if {"completion", "reason"} <= groups else (plain or speaking)[-1]
    if role in _BUDGETS:
        return "adjusted" if "adjust" in groups else "initial" if "initial" in groups else role
    return role


def _time_alone(words: str, hits: Sequence[Hit]) -> str | None:
    """年初, 全年数, 调整后: which budget a column is, and nothing else."""
    groups = {hit.group for hit in hits}
    rest = words
    for hit in hits:
        rest = rest.replace(hit.term, "")
    if not hits or not groups <= {"initial", "adjust"} or (rest and not _BARE.fullmatch(rest)):
        return None
    if "adjust" not in groups:
        return "time_initial"
    return "time_adjusted" if any(hit.term in _CLEARLY_ADJUSTED for hit in hits) else None


def _rank(role: str | None, hits: Sequence[Hit], header: str) -> int:
    if role == "name":
        names = _lexicon().groups["name"]
        return min(names.index(hit.term) for hit in hits if hit.group == "name")
    if role not in _MONEY:
        return 0
    is_unclear = role == "adjusted" and not any(hit.term in _CLEARLY_ADJUSTED for hit in hits)
    words = table_words()
    of_parts = 0 if words["whole"].search(header) else 4 if words["part"].search(header) else 2
    return of_parts + is_unclear


def _by_content(column: _Column, table: Table) -> _Column:
    """Settles what a header leaves open: an amount column holds figures, a text column does not, several short names
    are neither; 完成率 over nothing but percentages is no completion."""
    if column.role not in _OPEN_TO_CONTENT:
        return column
    cells = [
        text for row in table.rows if column.position < len(row.cells) and (text := row.cells[column.position].text)
    ]
    if column.role == "completion_loose" and "率" in table.header[column.position].text:
        return replace(column, role="share") if cells and all(map(_FIGURE.fullmatch, cells)) else column
    figures = sum(1 for text in cells if _FIGURE.fullmatch(text))
    is_text = bool(cells) and not figures and any(len(text) > _LONG_CELL for text in cells)
    are_names = not is_text and not figures and len({text for text in cells if WORDS.search(text)}) > 1
    if column.role == "source":  # amounts by source of funds, no names of sources
        role = None if figures * 2 > len(cells) else "source"
    elif column.role == "amount_or_text":
        rates = sum(1 for text in cells if text.endswith("%"))
        role = "rate" if rates * 2 > len(cells) else "spent" if figures * 2 > len(cells) else "completion"
    elif column.role == "spent" and is_text:
        role = "completion"
    elif column.role in ("budget_loose", "spent_loose") and is_text:
        role = "goal_loose"
    elif are_names and column.role not in _COMPLETIONS:
        role = None
    else:
        return column
    return replace(column, role=role)


def _settled(columns: list[_Column]) -> list[_Column]:
    """预算支出 is the spending beside a budget column, the budget beside a spending column; a mere 年初 or 调整后 is
    the budget of that time beside a spending column and no other budget."""
    roles = {column.role for column in columns}
    has_budget, has_spent = not roles.isdisjoint(("adjusted", "initial", *_BUDGETS)), "spent" in roles
    role = "spent" if has_budget and not has_spent else "budget"
    is_timed = not has_budget and not roles.isdisjoint(("spent", "spent_loose"))
    settled = {
        "budget_or_spent": role,
        "time_adjusted": "adjusted" if is_timed else None,
        "time_initial": "initial" if is_timed else None,
    }
    return [replace(column, role=settled[column.role]) if column.role in settled else column for column in columns]


def _with_adjusted(columns: list[_Column], table: Table) -> list[_Column]:
    """调整数 is the adjusted budget where hardly anywhere more was spent, else by how much the budget was adjusted."""
    spent = next((column.position for column in columns if column.role in ("spent", "spent_loose")), None)
    if spent is None or any(column.role == "adjusted" for column in columns):
        return columns
    return [
        replace(column, role="adjusted")
        if column.role is None
        and _ADJUSTED.fullmatch(_BRACKETED.sub("", table.header[column.position].text))
        and _covers(table, column.position, spent)
        else column
        for column in columns
    ]


def _covers(table: Table, budget: int, spent: int) -> bool:
    """Whether in nearly all rows the figure of one column is no less than that of the other."""
    rows = [row.cells for row in table.rows if max(budget, spent) < len(row.cells)]
    figures = [(parse_number(cells[budget].text), parse_number(cells[spent].text)) for cells in rows]
    known = [one.value >= other.value for one, other in figures if one and other]
    return len(known) >= _FEWEST_ROWS and sum(known) >= _MOST * len(known)


def _past_apart(columns: list[_Column], year: int | None) -> list[_Column]:
    """Amounts of an earlier year are none of ``year``'s beside those of the same role that name no year."""
    own = {column.role for column in columns if column.year in (0, year)}
    return [
        replace(column, role="prior")
        if column.year and year and column.year < year and column.role in own & _MONEY
        else column
        for column in columns
    ]


def _wanted_year(columns: Sequence[_Column], year: int | None) -> int:
    years = {column.year for column in columns if column.year and column.role in _MONEY}
    return year if year in years and year is not None else max(years, default=0)


def _first(columns: Sequence[_Column], *roles: str) -> int | None:
    for role in roles:
        of_role = [column for column in columns if column.role == role]
        if of_role:
            return min(of_role, key=lambda column: (not column.year, column.rank)).position
    return None
