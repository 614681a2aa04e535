"""Reports written in a test: text in, all facts out, with a small registry of invented departments."""

from __future__ import annotations

from pathlib import Path

from transforms.departments.registry import Registry, default_registry
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.model import Facts, FigureRow
from transforms.facts.outline.outline import Outline, build_outline

REGISTRY = Registry.parse(
    "department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to\n"
    "qingyun,云山市东湖区青云镇人民政府,青云镇,青云镇政府,镇,110100001,110100,东湖区,,2020-12-31\n"
    "qingyun,云山市东湖区人民政府青云街道办事处,青云街道,青云街|青云街办,街道,110100001,110100,东湖区,2021-01-01,\n"
    "baihe,云山市东湖区人民政府白鹤街道办事处,白鹤街道,白鹤街,街道,110100002,110100,东湖区,,\n"
    "caizheng,云山市东湖区财政局,东湖区财政局,区财政局,其他,110100900,110100,东湖区,,\n",
    "registry.csv",
)
TITLE = "云山市东湖区人民政府白鹤街道办事处2022年部门整体支出绩效自评报告\n\n"


def facts_of(body: str, title: str = TITLE) -> Facts:
    """All facts of a report with this title and body."""
    return extract(read_document((title + body).encode(), "report.md"), REGISTRY)


def outline_of(body: str, title: str = TITLE) -> Outline:
    """The outline of such a report."""
    return build_outline(read_document((title + body).encode(), "report.md"))


def real_facts(shared: Path) -> Facts:
    """The facts of the one real report."""
    content = (shared / "reports" / "xiaoguwei-2021.md").read_bytes()
    return extract(read_document(content, "xiaoguwei-2021.md"), default_registry())


def named(facts: Facts, name: str) -> list[FigureRow]:
    """All mentions of a figure."""
    return [row for row in facts.figures if row.name == name]


def value(facts: Facts, name: str) -> str | None:
    """The value that the fact takes, as a plain decimal text."""
    found = [row for row in named(facts, name) if row.is_primary]
    assert len(found) <= 1
    return format(found[0].value.normalize(), "f") if found else None


def headcount(facts: Facts) -> dict[str, int]:
    """Kind -> people, as the fact takes them."""
    return {
        row.name.partition(":")[2]: int(row.value)
        for row in facts.figures
        if row.is_primary and row.name.startswith("headcount:")
    }


def table(*rows: str) -> str:
    """A pipe table, its cells given with | between them; the first row is the header."""
    head, *body = [f"| {row.replace('|', ' | ')} |" for row in rows]
    return "\n".join((head, "|" + " --- |" * (rows[0].count("|") + 1), *body)) + "\n"


def blocks(*texts: str) -> str:
    """Paragraphs, a blank line between them."""
    return "\n\n".join(texts) + "\n"
