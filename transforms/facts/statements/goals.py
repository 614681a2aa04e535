"""Annual goals by aspect: ①党建方面：…, 一是…, a table of aspects, or plain paragraphs.

What an item says is read in goal_items.py, goals told without a section for them in told_goals.py. Goals of single
projects stand in their tables, goals of the overview's work plan are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.documents.model import Document, Table
from transforms.facts.model import Facts, GoalRow
from transforms.facts.outline.items import announced_items, items_of
from transforms.facts.outline.mentions import source
from transforms.facts.outline.outline import Outline, Piece
from transforms.facts.statements.goal_aspects import goal_words
from transforms.facts.statements.goal_items import Goal, goals_of
from transforms.facts.statements.goal_sections import without_plans
from transforms.facts.statements.told_goals import told_goals
from transforms.facts.tables.columns import classify
from transforms.facts.wording import one_line, readable, strip_serial

_BESIDE = frozenset(("spending_plan", "overview", "duties", "performance_management", "indicators"))
_NO_WAYS = (
    "(?![^。]{0,60}(?:做法|措施|举措|办法|原则|问题|环节|步骤|机制|流程|制度|件事|(?:看|把|抓|审)[^。,;:]{0,6}[点关])"
    "[^。,;:]{0,4}(?::$|如下|包括|分别))"
)
"""What follows are not goals but how they are set, checked or reached."""
_ANNOUNCES = re.compile(f"目标{_NO_WAYS}(?:[^。]{{0,20}}:$|[^。]{{0,12}}(?:如下|包括|分别))")
_SPEAKS = re.compile(f"目标{_NO_WAYS}")
_ASPECT_HEADER = re.compile("方面|类别|领域|维度|板块|目标名称|目标类型|^目标$|任务|工作|名称|项目")
_GOAL_HEADER = re.compile("^(?!.*(?:完成|实际|实现|达成|取得|工作要求))(?:.*)(?:内容|目标|要求|预期|成效)(?!值)")


def add_goals(document: Document, outline: Outline, facts: Facts) -> None:
    """Appends ``goals`` and their places.

    They stand in the section of annual goals; where it holds none, among performance management, behind words that
    announce them, or anywhere else behind such words that say whose goals they are.
    """
    tables = {project.table_number for project in facts.projects}
    goals = goals_of(outline, items_of(outline, "annual_goals", beside=_BESIDE, goes_on=goal_words()["goes_on"]))
    goals += [goal for piece in outline.pieces("annual_goals") for goal in _of_table(piece, tables)]
    goals = without_plans(outline, goals) or _announced(outline) or _told(outline, facts, tables)
    for position, goal in enumerate(goals, 1):
        ordinal = len(facts.goals)
        facts.goals.append(GoalRow(ordinal, position, goal.aspect, goal.text, goal.place.line))
        facts.sources.append(source("goals", ordinal, "goal", goal.place, goal.raw))


def _announced(outline: Outline) -> list[Goal]:
    """Items behind 绩效目标如下： or, where each names its aspect, behind any sentence about goals."""
    for announces, needs_aspects in ((_ANNOUNCES, False), (_SPEAKS, True)):
        goals = goals_of(outline, announced_items(outline, "performance_management", announces))
        if goals and (not needs_aspects or all(goal.aspect for goal in goals)):
            return goals
    return []


def _told(outline: Outline, facts: Facts, project_tables: set[int]) -> list[Goal]:
    year = facts.documents[0].fiscal_year if facts.documents else None
    items, table = told_goals(outline, year)
    return list(_of_table(table, project_tables)) if table else goals_of(outline, items)


def _of_table(piece: Piece, project_tables: set[int]) -> Iterator[Goal]:
    """The rows of a table of aspects and goals."""
    block = piece.block
    if not isinstance(block, Table) or block.number in project_tables or "indicator" in classify(block).others:
        return
    headers = [cell.text for cell in block.header]
    goal_at = max((at for at, text in enumerate(headers) if _GOAL_HEADER.search(text)), default=None)
    aspect_at = next((at for at, text in enumerate(headers) if at != goal_at and _ASPECT_HEADER.search(text)), None)
    is_alone = aspect_at is None and (goal_at is None or "目标" not in headers[goal_at] or "指标" in "".join(headers))
    if goal_at is None or is_alone:
        return
    for row in block.rows:
        if row.is_total or max(goal_at, aspect_at or 0) >= len(row.cells) or not row.cells[goal_at].text:
            continue
        cell = row.cells[goal_at]
        name = "" if aspect_at is None else strip_serial(one_line(row.cells[aspect_at].raw))[1]
        aspect = goal_words()["title_end"].sub("", name)
        place = cell.place._replace(
            table_number=block.number, row_number=row.number, column_number=cell.place.column_number or goal_at + 1
        )
        yield Goal(aspect or None, readable(cell.raw), place, cell.raw, piece.index)
