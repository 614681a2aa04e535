"""Whether a table is one of projects: by its columns, what its rows name, its title, the line that announces it and its
section.

What its columns mean is known here already; its listing, its units and its rows belong to the neighbours.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from transforms.documents.model import Block, BlockKind, Table, TextBlock
from transforms.documents.tables.cells import is_number
from transforms.facts.outline.outline import Outline
from transforms.facts.tables.columns import Columns, row_words, table_words
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
    if columns.name is None or not table.rows:
        return False
    if "indicator" in columns.others and not _has_amounts_of_projects(table, columns):
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
    return _Place(table, columns, outline, index, share).is_of_projects()


def _has_amounts_of_projects(table: Table, columns: Columns) -> bool:
    """Whether a table of indicators gives budget and spending of what it calls projects, an indicator a row."""
    assert columns.name is not None
    is_called_project = table_words()["strong_name"].search(table.header[columns.name].text) is not None
    return is_called_project and bool(columns.budgets) and columns.spent is not None


class _Place:
    """Where a table stands whose columns alone do not make it one of projects: section, title, announcement.
    ``share``: of its rows that name something else."""

    def __init__(self, table: Table, columns: Columns, outline: Outline, index: int, share: float) -> None:
        assert columns.name is not None
        self.columns, self.share, self.header = columns, share, table.header[columns.name].text
        self.meanings = outline.meanings_at(index)
        self.is_guessed = columns.is_name_guessed or columns.are_amounts_guessed
        self.title, self.announced, self.heading = (
            title_of(table),
            announcement(outline, index),
            outline.title_at(index),
        )
        self.has_pair = bool(columns.budgets) and columns.spent is not None and len(table.rows) >= _FEWEST_ROWS
        cells = (*table.header, *(cell for row in table.rows[:1] for cell in row.cells))
        self.is_money = "元" in self.title + self.announced + self.heading or any("元" in cell.text for cell in cells)

    def is_of_projects(self) -> bool:
        """Whether the place is one of projects; among accounts of the budget, also that of a certain table of several
        names with budget and spending, and of one in money whose figures prove both."""
        words, is_titled_otherwise = table_words(), self._is_titled_otherwise()
        if any(meaning in self.meanings for meaning in PROJECT_SECTIONS):
            return not (self.is_guessed and is_titled_otherwise)
        if not self.columns.money:
            return self._is_planned()
        is_titled = words["projects_title"].search(self.title) or words["key_title"].search(self.title)
        if is_titled and not words["other_title"].search(f"{self.title} {self.header}"):
            return True
        if is_titled_otherwise:
            return False
        titles = f"{self.title} {self.announced} {self.heading}"
        if words["projects_title"].search(self.title) or words["of_projects"].search(titles):
            return True
        is_of_budget = self.has_pair and self.share <= _FEW and self.meanings[:1] == ("overall_budget",)
        is_at_home = _FOREIGN_SECTIONS.isdisjoint(self.meanings) or is_of_budget
        if self.is_guessed:
            return is_at_home and self.has_pair and self.is_money and not self.share
        return is_at_home

    def _is_planned(self) -> bool:
        """Whether a table without amounts gives projects and what is wanted of them, under words for planned spending:
        heading, title or the sentence that announces it."""
        is_called = "项目" in self.header and not self.share and self.columns.goal is not None
        titles = f"{self.title} {self.heading} {self.announced}"
        is_said = is_called and table_words()["planned"].search(titles) is not None and "项目" in titles
        return is_said and _FOREIGN_SECTIONS.isdisjoint(self.meanings) and not self._is_titled_otherwise()

    def _is_called_projects(self) -> bool:
        return self.share <= _FEW and "项目" in self.header

    def _is_titled_otherwise(self) -> bool:
        """Whether heading, title or announcement are those of other things; a heading about revenue and spending is
        none over what is called 项目, nor over rows none of which is an account."""
        words, heading = table_words(), self.heading
        if self.has_pair and not self.is_guessed and (not self.share or self._is_called_projects()):
            heading = words["whole_title"].sub("", heading)
        own = f"{self.title} {heading}"
        titles = f"{own} {self.announced}" if _ANNOUNCES.search(self.announced) else own
        return bool(words["other_title"].search(f"{titles} {self.header}"))


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


def names_unit(text: str) -> bool:
    """Whether a name is that of a unit or an office, or of a project that has its name from one."""
    return compiled("columns", "other_rows", strings("columns", "other_rows")["units"]).fullmatch(text) is not None


@cache
def _otherrow_words() -> re.Pattern[str]:
    """What the rows of other tables name, each a whole cell."""
    families = strings("columns", "other_rows")
    return compiled("columns", "other_rows", "|".join(f"(?:{family})" for family in families.values()))
