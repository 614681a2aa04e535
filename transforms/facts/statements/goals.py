"""Annual goals by aspect: ①党建方面：…, 一是…, a table of aspects, or plain paragraphs.

Goals of single projects stand in their tables, goals of the overview's work plan are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.documents.model import Document, Place, Table
from transforms.facts.model import Facts, GoalRow
from transforms.facts.outline.items import Item, Stretch, announced_items, items_of
from transforms.facts.outline.mentions import source
from transforms.facts.outline.outline import Outline
from transforms.facts.tables.columns import classify
from transforms.facts.wording import one_line, readable

_BESIDE = frozenset(("spending_plan", "overview", "duties", "performance_management", "indicators"))
_ANNOUNCES = re.compile(r"目标[^。]{0,20}:$|目标[^。]{0,12}(?:如下|包括|分别)")
_SPEAKS = re.compile("目标")
_ASPECT = re.compile(r"(?:在)?(?P<aspect>[^。;:,!?]{2,24}?)(?:方面)?(?:的?(?:总体|绩效|工作|年度)*(?:目标|任务))?:")
_IN_ASPECT = re.compile(r"(?:在)?(?P<aspect>[^。;:,!?]{2,20}?)方面[,。]?")
_RUN_IN = re.compile(r"(?P<aspect>[^。;:,!?]{2,20})。(?=.)")
_GENERIC = re.compile(
    r"(?:年度|总体|分项|具体|整体|绩效|阶段性?|本年|当年|年|部门|支出|主要|工作|各项?|的|与|和|及|总|目标|任务|指标|\d{4}年|[(、:。)])+"
)
_CLAUSE = re.compile("(?:(?<=^)|(?<=[。;:]))(?=在?[^。;:,!?]{2,14}方面[,:])")
_LEAD = re.compile("[^。;,:]{0,6}:$")
_ELSEWHERE = re.compile("^.{0,20}(?:详?见|参见).{0,4}附[表件].{0,12}$")
_ANNOUNCING = re.compile("[为是]$|包括|如下")
_TITLE_END = re.compile(r"(?:方面)?(?:的?(?:绩效|工作)*(?:目标|任务))?[:。]*$")
_ASPECT_HEADER = re.compile("方面|类别|领域|维度|板块|目标名称|目标类型|^目标$|任务|工作|名称|项目")
_GOAL_HEADER = re.compile("内容|目标|要求|预期|成效")


@dataclass(slots=True)
class _Goal:
    aspect: str | None
    text: str
    place: Place
    raw: str


def add_goals(document: Document, outline: Outline, facts: Facts) -> None:
    """Appends ``goals`` and their places.

    They stand in the section of annual goals; where it holds none, among performance management, behind words that
    announce them.
    """
    tables = {project.table_number for project in facts.projects}
    items = items_of(outline, "annual_goals", beside=_BESIDE)
    goals = [goal for item in items for part in _unfolded(outline, item) if (goal := _of_item(outline, part))]
    goals += [goal for piece in outline.pieces("annual_goals") for goal in _of_table(piece.block, tables)]
    goals = goals or _announced(outline)
    for position, goal in enumerate(goals, 1):
        ordinal = len(facts.goals)
        facts.goals.append(GoalRow(ordinal, position, goal.aspect, goal.text, goal.place.line))
        facts.sources.append(source("goals", ordinal, "goal", goal.place, goal.raw))


def _announced(outline: Outline) -> list[_Goal]:
    """Items behind 绩效目标如下： or, where each names its aspect, behind any sentence about goals."""
    for announces, needs_aspects in ((_ANNOUNCES, False), (_SPEAKS, True)):
        items = announced_items(outline, "performance_management", announces)
        goals = [goal for item in items if (goal := _of_item(outline, item))]
        if goals and (not needs_aspects or all(goal.aspect for goal in goals)):
            return goals
    return []


def _unfolded(outline: Outline, item: Item) -> list[Item]:
    """The items of an item that only says 总体目标 or 分项目标 above them; clauses of several aspects one by one."""
    if item.title is None:
        return [Item(None, [part]) for part in _clauses(outline, item.body[0])] if len(item.body) == 1 else [item]
    words = outline.text_block(item.title.block).text[item.title.start : item.title.stop]
    first = next((at for at, stretch in enumerate(item.body) if stretch.start), len(item.body))
    if not _GENERIC.fullmatch(words) or len(item.body) - first < 2:
        return [item]
    lead = [stretch for stretch in item.body[:first] if not outline.text_block(stretch.block).text.endswith(":")]
    return [*([Item(item.title, lead)] if lead else []), *(Item(None, [stretch]) for stretch in item.body[first:])]


def _clauses(outline: Outline, stretch: Stretch) -> list[Stretch]:
    """A stretch cut in front of each aspect: 总目标：…。其中：经济效益方面，…；社会效益方面，…."""
    text = outline.text_block(stretch.block).text
    found = _CLAUSE.finditer(text, stretch.start, stretch.stop) if "方面" in text else ()
    cuts = [match.end() for match in found]
    if len(cuts) < 2:
        return [stretch]
    lead = _LEAD.search(text, stretch.start, cuts[0])
    bounds = [(stretch.start, lead.start() if lead else cuts[0]), *zip(cuts, [*cuts[1:], stretch.stop], strict=True)]
    return [stretch._replace(start=start, stop=stop) for start, stop in bounds if stop > start]


def _of_item(outline: Outline, item: Item) -> _Goal | None:
    aspect, body = _aspect(outline, item)
    text = "\n".join(part for stretch in body if (part := outline.printed(stretch.block).text(*stretch[1:]).strip()))
    if not text or _ELSEWHERE.search(text):
        return None
    first = item.first
    place = outline.text_block(first.block).place_at(outline.printed(first.block).offset(first.start))
    return _Goal(aspect, text, place, _raw(outline, item))


def _aspect(outline: Outline, item: Item) -> tuple[str | None, list[Stretch]]:
    """The aspect as printed and what is left of the item; a heading alone is a goal without an aspect."""
    if item.title is not None:
        if not item.body:
            return None, [item.title]
        words = outline.text_block(item.title.block).text[item.title.start : item.title.stop]
        stop = item.title.start + len(_TITLE_END.sub("", words))
        return outline.printed(item.title.block).text(item.title.start, stop) or None, item.body
    first = item.body[0]
    text = outline.text_block(first.block).text
    for pattern in (_ASPECT, _IN_ASPECT, _RUN_IN):
        match = pattern.match(text, first.start, first.stop)
        if match and (match.end() < first.stop or len(item.body) > 1):
            rest = Stretch(first.block, match.end(), first.stop)
            stop = match.start("aspect") + len(_TITLE_END.sub("", match["aspect"]))
            printed = outline.printed(first.block).text(match.start("aspect"), stop)
            return None if _ANNOUNCING.search(match["aspect"]) else printed or None, [rest, *item.body[1:]]
    return None, item.body


def _of_table(block: object, project_tables: set[int]) -> Iterator[_Goal]:
    """The rows of a table of aspects and goals."""
    if not isinstance(block, Table) or block.number in project_tables or "indicator" in classify(block).others:
        return
    headers = [cell.text for cell in block.header]
    goal_at = max((at for at, text in enumerate(headers) if _GOAL_HEADER.search(text)), default=None)
    aspect_at = next((at for at, text in enumerate(headers) if at != goal_at and _ASPECT_HEADER.search(text)), None)
    if goal_at is None or aspect_at is None:
        return
    for row in block.rows:
        if row.is_total or max(goal_at, aspect_at) >= len(row.cells) or not row.cells[goal_at].text:
            continue
        cell = row.cells[goal_at]
        aspect = one_line(row.cells[aspect_at].raw).removesuffix("方面") or None
        place = cell.place._replace(
            table_number=block.number, row_number=row.number, column_number=cell.place.column_number or goal_at + 1
        )
        yield _Goal(aspect, readable(cell.raw), place, cell.raw)


def _raw(outline: Outline, item: Item) -> str:
    stretches = ([item.title] if item.title else []) + item.body
    return "\n".join(outline.printed(stretch.block).raw(*stretch[1:]) for stretch in stretches)
