"""Which column of a table holds the names of its rows, where the header does not say so or says it of several.

What amounts mean is settled in column_figures.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.documents.model import Cell, Table
from transforms.documents.tables.cells import is_number
from transforms.facts.tables.columns import WORDS, Columns, table_words

_NAMES = frozenset((None, "goal_loose", "category", "remark"))
_LONGEST_NAME = 40


def unnamed_names(table: Table, columns: Columns) -> int | None:
    """The first column before all figures whose cells are short words, no two alike."""
    rows = [row for row in table.rows if not row.is_total]
    for position, header in enumerate(table.header):
        texts = [row.cells[position].text if position < len(row.cells) else "" for row in rows]
        figures = sum(map(is_number, texts))
        role = columns.roles[position]
        if figures * 2 > len(texts):
            if role != "serial" and not _counts(texts):
                return None
            continue
        filled = [text for text in texts if text]
        is_varied = len(set(filled)) == len(filled) >= max(2, len(texts) * 0.8)
        is_short = all(len(text) <= _LONGEST_NAME for text in filled)
        is_other = role not in _NAMES or table_words()["no_name"].search(header.text)
        if is_varied and is_short and not figures and not is_other:
            return position
    return None


def _counts(texts: list[str]) -> bool:
    """1, 2, 3 …: a column that numbers the rows."""
    return texts == [str(number) for number in range(1, len(texts) + 1)]


def named_apart(table: Table, columns: Columns) -> Columns:
    """The columns with a name of its own for each row: where one name goes with several amounts (a task and its
    projects), another column of names, or below no known word, that are all distinct."""
    assert columns.name is not None
    rows = [row.cells for row in table.rows if not row.is_total]
    names = _carried_down(rows, columns.name)
    money = columns.money
    amounts = [tuple([cells[at].text for at in money if at < len(cells)]) for cells in rows]
    if len(set(names)) == len(set(zip(names, amounts, strict=True))):
        return columns
    is_strong = table_words()["strong_name"].search(table.header[columns.name].text) is not None
    for role in ("name",) if is_strong else ("name", None):
        for position in (at for at, own in enumerate(columns.roles) if own == role and at != columns.name):
            if _names_all(table, position):
                unknown = [at for at in columns.unknown if at != position]
                return replace(columns, name=position, unknown=unknown)
    return columns


def _names_all(table: Table, position: int) -> bool:
    """Whether each row has short words of its own in a column."""
    rows = [row.cells for row in table.rows if not row.is_total]
    texts = {cells[position].text for cells in rows if position < len(cells)}
    is_other = table_words()["no_name"].search(table.header[position].text)
    are_words = all(WORDS.search(text) and len(text) <= _LONGEST_NAME for text in texts)
    return len(texts) == len(rows) and are_words and not is_other


def _carried_down(rows: list[list[Cell]], position: int) -> list[str]:
    """The texts of a column; an empty cell goes on with the one above."""
    texts: list[str] = []
    for cells in rows:
        text = cells[position].text if position < len(cells) else ""
        texts.append(text or (texts[-1] if texts else ""))
    return texts
