"""Amounts of listed projects that the running text states again: 其中，甲工程预算386.20万元.

Only what says that it is the budget or the spending of that project as a whole counts, and only at least as exactly as
its row prints it; whether both agree is for the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from transforms.documents.model import TextBlock
from transforms.facts.amounts import Money, in_yuan
from transforms.facts.figures.labels import figure_labels, is_mid_year
from transforms.facts.model import Facts, ProjectRow, TextAmountRow
from transforms.facts.outline.mentions import Span, sentences, source
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.projects.amount_series import Amount, name_above, series_in
from transforms.facts.projects.text_amounts import AMOUNT
from transforms.facts.projects.told import ELSEWHERE, budget_role
from transforms.facts.years import find_years
from transforms.language.numerals import parse_number
from transforms.language.tables import compiled, strings
from transforms.language.text import normalise_all

_SHORTEST_NAME = 4
_LONGEST_LEAD = 70
_LONGEST_NAME_ALONE = 40
_LONGEST_REST = 400
_COLUMNS = ("budget", "spent")
_LISTED = ("、", ",")
_IT = re.compile("(?:[该本]?(?:项目|专项|工程))?的?")
"""What stands before an amount of what was named before."""
_ROLES = (("initial", re.compile("年初")), ("adjusted", re.compile("调整|变更")))


def add_restatements(outline: Outline, year: int | None, facts: Facts) -> None:
    """Appends to ``text_amounts`` what the text says of the budget or the spending of a project in a table (column
    ``budget`` or ``spent``), where no row of that name has that amount."""
    rows = _rows_by_name(facts)
    for piece in outline.all_pieces() if rows else ():
        text = piece.block.text if isinstance(piece.block, TextBlock) else ""
        if "元" not in text:
            continue
        above = _above(outline, piece)
        named = {name for name in rows if name in text or name in above}
        found = dict(_in_pairs(outline, piece, named, rows)) if named else {}
        for sentence in sentences(piece) if named else ():
            found |= {at: one for one, at in _restated(text, sentence, above, named, rows, year)}
        for at in sorted(found):
            _append(outline, piece, found[at], at, facts)


def _rows_by_name(facts: Facts) -> dict[str, list[ProjectRow]]:
    """The rows of tables by their name, without names that a table holds twice."""
    stated = [project for project in facts.projects if project.budget_yuan is not None]
    named = list(zip(normalise_all([project.name for project in stated]), stated, strict=True))
    often = {name for (name, _), count in Counter((name, row.table_number) for name, row in named).items() if count > 1}
    rows: dict[str, list[ProjectRow]] = {}
    for name, project in named:
        if len(name) >= _SHORTEST_NAME and name not in often:
            rows.setdefault(name, []).append(project)
    return rows


def _restated(
    text: str, sentence: Span, above: str, names: set[str], rows: dict[str, list[ProjectRow]], year: int | None
) -> Iterator[tuple[TextAmountRow, Span]]:
    for match in _words()["restated"].finditer(text, *sentence):
        lead = text[max(sentence.start, match.start() - _LONGEST_LEAD) : match.start()]
        if _IT.fullmatch(lead):
            lead = _before(text, sentence) or (above if not sentence.start else "")
        name = _name_before(lead, names)
        if name is None:
            continue
        if _is_of_another_time(text, sentence, match, year) or _is_of_part(lead, match):
            continue
        if _words()["revised"].search(text, match.end(), sentence.end):
            continue
        column = "spent" if match["spent"] else "budget"
        number = parse_number(match["figure"])
        money = in_yuan(number, match["unit"]) if number else None
        row = _compared(rows[name], column, match["spent"] or match["budget"])
        if money is None or money.value is None or row is None:
            continue
        if _is_as_exact(money, row, column) and not any(_prints(one, column, money) for one in rows[name]):
            figure = Span(*match.span("figure"))
            yield TextAmountRow(0, row.ordinal, column, money.value, match["figure"], match["unit"], None), figure


def _is_as_exact(money: Money, row: ProjectRow, column: str) -> bool:
    """Whether an amount is told as exactly as a row prints it, or more so."""
    quantum = getattr(row, f"{column}_quantum")
    return quantum is not None and money.quantum is not None and money.quantum <= quantum


def _prints(row: ProjectRow, column: str, money: Money) -> bool:
    """Whether an amount is that of a row, which may have rounded it or cut it off."""
    own, quantum = getattr(row, f"{column}_yuan"), getattr(row, f"{column}_quantum")
    return None not in (own, quantum, money.value) and abs(own - money.value) < quantum


def _above(outline: Outline, piece: Piece) -> str:
    """The heading, or the line of a list, right above a block, which may be a name and no more."""
    name = name_above(outline, piece)
    return outline.text_block(name.block).text[name.start : name.stop] if name else ""


def _before(text: str, sentence: Span) -> str:
    """The sentence before one that begins with an amount, which may be a name and no more: 其一，甲工程。全年支出…"""
    start = text.rfind("。", 0, max(0, sentence.start - 1)) + 1
    before = text[start : max(start, sentence.start - 1)]
    return before if len(before) <= _LONGEST_NAME_ALONE else ""


def _in_pairs(
    outline: Outline, piece: Piece, names: set[str], rows: dict[str, list[ProjectRow]]
) -> Iterator[tuple[Span, TextAmountRow]]:
    """What two amounts say of a project, of which one is that of its row, in whatever words."""
    text = piece.block.text if isinstance(piece.block, TextBlock) else ""
    for series in series_in(outline, piece) if ELSEWHERE.isdisjoint(piece.meanings) else ():
        if series.named is None:
            continue
        told = {one.role: one for one in series.amounts}
        lead = text[max(series.start, series.named.stop - _LONGEST_LEAD) : series.named.stop]
        name = _name_before(lead, names) if set(told) == {*_COLUMNS} and len(series.amounts) == 2 else None
        rest = text[series.stop : series.stop + _LONGEST_REST].partition("。")[0]
        if name is None or len(rows[name]) > 1 or _words()["revised"].search(rest):
            continue
        row = rows[name][0]
        role = budget_role(told["budget"].word)
        is_same_budget = role == row.amount_role or (role == "unspecified" and row.amount_role == "adjusted")
        other = _other(row, told) if is_same_budget else None
        if other is not None:
            amount, unit = told[other], told[other].money.unit or ""
            figure = text[amount.start : amount.stop].removesuffix(unit).removesuffix("万")
            value = amount.money.value or Decimal(0)
            yield (
                Span(amount.start, amount.start + len(figure)),
                TextAmountRow(0, row.ordinal, other, value, figure, unit, None),
            )


def _other(row: ProjectRow, told: dict[str, Amount]) -> str | None:
    """The column whose amount is another than that of the row, as exactly told, where the one beside is the same."""
    same = [_prints(row, column, told[column].money) for column in _COLUMNS]
    other = _COLUMNS[same.index(False)] if sum(same) == 1 else None
    return other if other and _is_as_exact(told[other].money, row, other) else None


def _name_before(lead: str, names: set[str]) -> str | None:
    """The longest name at the end of the words, or behind it no more than its budget and a word such as 项目, if
    nothing before makes it part of a longer one, or one of several of which the amount is the sum."""
    for words in ("told", "marks", "kind", "marks"):
        lead = _words()[words].sub("", lead)
        name = next((lead[at:] for at in range(len(lead) - _SHORTEST_NAME + 1) if lead[at:] in names), None)
        if name:
            before = lead[: -len(name)]
            is_of_several = before.endswith(_LISTED) and before[:-1].endswith(tuple(names))
            return name if not is_of_several and _words()["before"].search(before) else None
    return None


def _is_of_another_time(text: str, sentence: Span, match: re.Match[str], year: int | None) -> bool:
    years = [one.value for one in find_years(text, sentence.start, match.end())]
    is_past = figure_labels().scanned["last_year"].search(text, sentence.start, match.end()) is not None
    before, through = text[sentence.start : match.start()], text[sentence.start : match.end()]
    return is_past or is_mid_year(before, through) or any(one != year for one in years)


def _is_of_part(lead: str, match: re.Match[str]) -> bool:
    """Whether 支出 may be one payment of several: it says neither 全年 nor 实际 and stands behind no budget."""
    said = match["spent"]
    return said is not None and not _words()["whole"].match(said) and not _words()["told"].search(lead)


def _compared(rows: list[ProjectRow], column: str, wording: str) -> ProjectRow | None:
    """The first row with an amount of the kind that the words say."""
    role = next((role for role, words in _ROLES if words.search(wording)), "unspecified")
    if column == "spent":
        return next((row for row in rows if row.spent_yuan is not None), None)
    return next((row for row in rows if row.amount_role == role), None)


def _append(outline: Outline, piece: Piece, one: TextAmountRow, at: Span, facts: Facts) -> None:
    printed, ordinal = outline.printed(piece.index), len(facts.text_amounts)
    place = printed.place(at.start)
    facts.text_amounts.append(one._replace(ordinal=ordinal, line=place.line))
    facts.sources.append(source("text_amounts", ordinal, one.column, place, printed.text(*at)))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = strings("project_words", "restated", ("budget", "spent", "whole", "kind", "before", "revised"))
    budget, spent = words["budget"], words["spent"]
    amount = r"\d[\d,]*(?:\.\d+)?(?:亿元|百?万元|千元|元)"
    composed = {
        "restated": f"(?:(?P<budget>{budget})|(?P<spent>{spent})){AMOUNT}(?=[,。;、)(]|$)(?![(][^()]{{0,8}}[)]以上)",
        "told": f"(?:{budget}){amount}[,、;]?$",
        "marks": r"[,:(”\"’》]+$",
        "kind": f"(?:{words['kind']})$",
    }
    return {key: compiled("project_words", key, pattern) for key, pattern in (words | composed).items()}
