"""``jixiao diff``: what differs between two releases, or between two versions of one submission."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from orchestration.cli.commands import command
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.publication.words import OUTCOMES

if TYPE_CHECKING:
    from orchestration.reprocessing.version_difference import VersionDifference
    from transforms.departments.registry import Registry
    from warehouse.release.difference import Difference

_CHANGES = {"added": "新增", "changed": "变动", "gone": "减少"}
_ROWS = {
    "table": "数据表",
    "department_id": "部门",
    "fiscal_year": "年度",
    "added": "新增行",
    "changed": "变动行",
    "removed": "减少行",
}
_VERSIONS = {
    "fiscal_year": "年度",
    "department_id": "部门",
    "version": "版本",
    "status_before": "以前",
    "status": "现在",
    "reason": "说明",
}
_TOTALS = {"title": "合计", "before": "以前", "after": "现在"}
_ITEMS = {"change": "变化", "item": "内容", "before": "以前", "now": "现在"}


@command(
    "diff",
    "两个发布有什么不同：各表各部门的行，报送版本，合计。B 缺省为当前发布，A 缺省为 B 的前一个。"
    "给出 --department 和 --year 时，比较这份报送的现行版本与前一版本。",
)
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--department", metavar="部门", help="部门编号、简称或全称")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="年", help="年度")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def diff_command(
    home: Home, a: str | None, b: str | None, department: str | None, year: int | None, as_json: bool
) -> None:
    """Compares releases, or the versions of a submission."""
    if (department is None) is not (year is None):
        raise UsageError("--department 与 --year 须一起写。")
    if department is None or year is None:
        _releases(home, a, b, as_json)
    elif a is not None:
        raise UsageError("比较两个发布，或用 --department 和 --year 比较一份报送的两个版本，只能选一种。")
    else:
        _versions(home, department, year, as_json)


def _releases(home: Home, a: str | None, b: str | None, as_json: bool) -> None:
    from orchestration.settings import load_registry, load_settings
    from warehouse.release.difference import difference, two_releases
    from warehouse.release.releases import Releases

    found = difference(*two_releases(Releases(home), a, b))
    if as_json:
        _print_json(found)
    else:
        _print(found, load_registry(home, load_settings(home)))


def _versions(home: Home, department: str, year: int, as_json: bool) -> None:
    from transforms.reading_pool import prepare

    prepare()
    from orchestration.night.standards import Standards
    from orchestration.reprocessing.version_difference import version_difference
    from orchestration.settings import load_settings
    from warehouse.release.releases import Releases

    base = Releases(home).current()
    if base is None:
        raise UsageError("还没有任何发布。请先运行 jixiao nightly。")
    standards = Standards(home, load_settings(home), datetime.now(UTC))
    found = version_difference(base, standards, department, year)
    if as_json:
        _print_json(found)
    else:
        _print_versions(found, standards.registry)


def _print_json(found: Difference | VersionDifference) -> None:
    from dataclasses import asdict

    from orchestration.cli.printing import print_json

    print_json(asdict(found))


def _print(found: Difference, registry: Registry) -> None:
    from orchestration.cli.printing import of_department, print_table
    from warehouse.registry import table

    click.echo(f"发布 {found.earlier} → {found.later}")
    if not (found.rows or found.versions or found.totals or found.not_compared):
        click.echo("内容完全相同。")
    if found.versions:
        versions = [
            {
                **of_department(row, registry),
                **{name: OUTCOMES.get(str(row[name]), "未收到") for name in ("status_before", "status")},
            }
            for row in found.versions
        ]
        print_table(versions, _VERSIONS, f"报送版本（{len(versions)} 个有变化）")
    if found.totals:
        print_table(found.totals, _TOTALS, "合计")
    if found.rows:
        named = [
            {**of_department(row, registry), "table": f"{table(str(row['table_name'])).title}（{row['table_name']}）"}
            for row in found.rows
        ]
        print_table(named, _ROWS, "数据表（键相同而内容不同的行为变动；换了版本的行计为减少和新增）")
    for name in found.not_compared:
        click.echo(f"{name}：两个发布中表的结构不同，没有比较。")


def _print_versions(found: VersionDifference, registry: Registry) -> None:
    from orchestration.cli.printing import print_table

    department = registry.short_name(found.department_id)
    which = f"{department} {found.fiscal_year} 年度第 {found.version} 版（{OUTCOMES[found.status]}）"
    if found.is_only:
        click.echo(f"{which}：以前没有别的版本可比。")
    elif not found.items:
        click.echo(f"{which}：与前一版读到的数据相同，只有文字、版式或所附文件不同。")
    else:
        rows = [{**row, "change": _CHANGES[str(row["change"])]} for row in found.items]
        print_table(rows, _ITEMS, f"{which}与前一版不同之处（{len(rows)} 处；只改文字的不列前后内容）")
