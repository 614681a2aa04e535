"""Facts of reports written in a test: text in, the facts of this room's groups out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from transforms.documents.reader import read_document
from transforms.facts.achievements.reading import add_achievements
from transforms.facts.model import Facts, ProjectRow
from transforms.facts.outline.outline import build_outline
from transforms.facts.projects.prose import told_projects
from transforms.facts.projects.reading import add_projects
from transforms.facts.projects.tables import project_tables
from transforms.facts.statements.goals import add_goals
from transforms.facts.statements.reading import add_statements

TITLE = "青云镇人民政府2022年度部门整体支出绩效自评报告\n\n"


def facts_of(content: str | bytes) -> Facts:
    """Projects, goals, achievements, problems and measures of a report."""
    data = content if isinstance(content, bytes) else (TITLE + content).encode()
    document = read_document(data, "report.md")
    outline = build_outline(document)
    facts = Facts()
    tables = project_tables(document, outline, None)
    add_projects(outline, tables, told_projects(outline, tables), facts)
    for add in (add_goals, add_achievements, add_statements):
        add(document, outline, facts)
    return facts


def real_facts(shared: Path) -> Facts:
    """The facts of the one real report."""
    return facts_of((shared / "reports" / "xiaoguwei-2021.md").read_bytes())


def task_table(*rows: str, heading: str = "（二）各项工作任务完成情况", unit: str = "单位：万元") -> str:
    """A report whose task section holds one table; ``rows`` with | between cells, the first is the header."""
    body = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
    return f"二、综合评价分析\n\n{heading}\n\n{unit}\n\n{body}\n"


def project(facts: Facts, name: str) -> ProjectRow:
    """The one project of that name."""
    (found,) = [row for row in facts.projects if row.name == name]
    return found


def yuan(text: str | None) -> Decimal | None:
    """An amount in 元."""
    return None if text is None else Decimal(text)
