"""Whether a table is one of projects: by its columns, what its rows name, its title, the line that announces it and its
section.

What its columns mean is known here already; its listing, its units and its rows belong to the neighbours.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transforms.documents.cells import is_number
from transforms.documents.model import Block, BlockKind, Table, TextBlock
from transforms.facts.columns import Columns, row_words, table_words
from transforms.facts.outline import Outline
from transforms.language.tables import compiled, strings

PROJECT_SECTIONS = ("spending_plan", "task_completion", "key_projects")
_FOREIGN_SECTIONS = frozenset(
    ("overall_budget", "three_public", "units", "duties", "problems", "measures", "indicators")
)
_ACCOUNTS = ("account", "kind")
_LEAD = re.compile(r"^(?:[^、.)]{1,4}[、.)]|其中:|\d{3,7}(?=\D))")
_LONGEST_TITLE = 60
_LONGEST_OTHER = 40
_SENTENCE_END = re.compile(r"[。;!?](?=.)")
_ANNOUNCES = re.compile(r"[^。;!?]$|如下|下表|上表|表中|[附见]表|以下|列示")
"""How a sentence ends, or what it says, that has to do with the table below; another only stands above it."""
_FEWEST_ROWS = 3
_FEW = 1 / 3


def title_of(table: Table) -> str:
    """What stands above a table as its title."""
    return " ".join(caption.text for caption in table.captions if len(caption.text) <= _LONGEST_TITLE)


def announcement(outline: Outline, index: int) -> str:
    """The sentence right above the table at block ``index`` and its captions, "" where another block or a long one
    stands there; a heading is none."""
    at, blocks = index - 1, outline.document.blocks
    while at >= 0 and _is_caption(blocks[at]):
        at -= 1
    above = blocks[at] if at >= 0 else None
    if not isinstance(above, TextBlock):
        return ""
    heading = outline.heading_at(index)
    start = heading.end if heading is not None and heading.block == at else 0
    sentence = _SENTENCE_END.split(above.text[start:])[-1]
    return sentence if len(sentence) <= _LONGEST_TITLE else ""


def _is_caption(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.kind is BlockKind.CAPTION


def is_project_table(table: Table, columns: Columns, outline: Outline, index: int) -> bool:
    """Whether the table at block ``index`` lists projects."""
    if columns.name is None or not table.rows or "indicator" in columns.others:
        return False
    if not (columns.money or columns.goal is not None or columns.completion is not None):
        return False
    share = _share_of_others(table, columns.name)
    is_guessed = columns.is_name_guessed or columns.are_amounts_guessed
    is_strong = not is_guessed and table_words()["strong_name"].search(table.header[columns.name].text) is not None
    if share > 0.5 or (share == 0.5 and not is_strong):
        return False
    if is_strong:
        is_titled_otherwise = bool(table_words()["other_title"].search(title_of(table)))
        return not is_titled_otherwise or (columns.spent is not None and columns.completion is not None)
    if is_guessed and (not columns.money or share > _FEW):
        return False
    return _is_in_place(table, columns, outline, index, is_certain=share <= _FEW and not is_guessed)


def _is_in_place(table: Table, columns: Columns, outline: Outline, index: int, is_certain: bool) -> bool:
    """Whether section, title and announcement are those of projects; among accounts of the budget, also a ``certain``
    table of several names with budget and spending."""
    assert columns.name is not None
    meanings = outline.meanings_at(index)
    is_guessed = columns.is_name_guessed or columns.are_amounts_guessed
    announced = announcement(outline, index)
    titles = f"{title_of(table)} {announced} {outline.title_at(index)}"
    own = titles if _ANNOUNCES.search(announced) else f"{title_of(table)} {outline.title_at(index)}"
    is_titled_otherwise = bool(table_words()["other_title"].search(f"{own} {table.header[columns.name].text}"))
    if any(meaning in meanings for meaning in PROJECT_SECTIONS):
        return not (is_guessed and is_titled_otherwise)
    if is_titled_otherwise or not columns.money:
        return False
    if table_words()["projects_title"].search(title_of(table)) or table_words()["of_projects"].search(titles):
        return True
    is_foreign = not _FOREIGN_SECTIONS.isdisjoint(meanings)
    has_pair = bool(columns.budgets) and columns.spent is not None and len(table.rows) >= _FEWEST_ROWS
    return not is_guessed and (not is_foreign or (is_certain and has_pair and meanings[0] == "overall_budget"))


def _share_of_others(table: Table, name: int) -> float:
    """The share of rows that name accounts of revenue and expenditure, units, years, or only count, instead of
    projects."""
    names = [row.cells[name].text for row in table.rows if name < len(row.cells) and not row.is_total]
    others = sum(is_number(text) or names_other(text) for text in names)
    return others / len(names) if names else 1.0


@lru_cache(maxsize=4096)
def names_other(text: str) -> bool:
    """Whether a name is that of an account, a unit, a time or the like and of no project."""
    if len(text) > _LONGEST_OTHER:
        return False
    name = _LEAD.sub("", text, count=1)
    return row_words().group_of(name) in _ACCOUNTS or any(_otherrow_words().fullmatch(words) for words in (text, name))


@cache
def _otherrow_words() -> re.Pattern[str]:
    """What the rows of other tables name, each a whole cell."""
    families = strings("columns", "other_rows")
    return compiled("columns", "other_rows", "|".join(f"(?:{family})" for family in families.values()))
