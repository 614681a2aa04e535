"""``jixiao rejudge``: what another catalogue of rules would change. Nothing is stored."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.commands import Place, command
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.publication.words import LEVELS, OUTCOMES, place_text

if TYPE_CHECKING:
    from orchestration.reprocessing.comparison import Compared
    from transforms.departments.registry import Registry

_CHANGES = {"added": "新增", "removed": "消失", "changed": "改变"}
_VERDICTS = {
    "fiscal_year": "年度",
    "department_id": "部门",
    "version": "版本",
    "status": "现在",
    "other_status": "将为",
    "other_reason": "说明",
}
_FINDINGS = {
    "fiscal_year": "年度",
    "department_id": "部门",
    "version": "版本",
    "change": "变化",
    "level": "级别",
    "rule_id": "规则",
    "place": "位置",
    "message": "问题",
}


@command("rejudge", "用另一套规则评判归档的全部报送，与现行规则并列比较：哪些结论和问题会变。什么也不存，什么也不改。")
@click.option(
    "--catalogue",
    "path",
    required=True,
    type=Place(exists=True),
    metavar="规则",
    help="规则目录（全部 *.toml），或一个只写改动之处的 .toml 文件（按编号替换，可只写改动的字段）",
)
@click.option("--year", type=click.IntRange(1949, 2999), metavar="年", help="只看某年度")
@click.option("--limit", type=click.IntRange(0), default=100, show_default=True, help="最多显示的问题数")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，问题不限数")
@click.pass_obj
def rejudge_command(home: Home, path: Path, year: int | None, limit: int, as_json: bool) -> None:
    """Prints the verdicts and findings that would change."""
    from transforms.reading_pool import prepare

    prepare()
    from expectations.catalogue import load_catalogue
    from expectations.probe import probe
    from orchestration.night.standards import Standards
    from orchestration.reprocessing.comparison import compare
    from orchestration.settings import load_settings
    from warehouse.release.releases import Releases

    standards = Standards(home, load_settings(home), datetime.now(UTC))
    other = load_catalogue(path).with_stages(standards.decisions.stage_of)
    probe(other, path, standards.registry)
    base = Releases(home).newest()
    if base is None:
        raise UsageError("还没有任何发布。请先运行 jixiao nightly。")
    parts: list[Compared] = []
    for part in compare(base, standards, other, year):
        parts.append(part)
        click.echo(f"已比较报送 {sum(each.judged for each in parts)} 份", err=True)
    versions = (standards.catalogue.version, other.version)
    if as_json:
        _print_json(parts, *versions)
    else:
        _print(parts, limit, standards.registry, *versions)


def _rows(parts: list[Compared], name: str) -> list[dict[str, object]]:
    return [row for part in parts for row in getattr(part, name).to_dicts()]


def _print_json(parts: list[Compared], version: str, other_version: str) -> None:
    from orchestration.cli.printing import print_json

    print_json(
        {
            "catalogue_version": version,
            "other_catalogue_version": other_version,
            "judged": sum(part.judged for part in parts),
            "unreadable": sum(part.unreadable for part in parts),
            "verdicts": _rows(parts, "verdicts"),
            "findings": _rows(parts, "findings"),
        }
    )


def _print(parts: list[Compared], limit: int, registry: Registry, version: str, other_version: str) -> None:
    from orchestration.cli.printing import of_department, print_table

    click.echo(f"现行规则 {version}，另一套规则 {other_version}。比较报送 {sum(part.judged for part in parts)} 份。")
    if unreadable := sum(part.unreadable for part in parts):
        click.echo(f"有 {unreadable} 份文件这次未能读取，没有比较。")
    verdicts, findings = _rows(parts, "verdicts"), _rows(parts, "findings")
    if not verdicts and not findings:
        click.echo("没有变化。")
        return
    for row in verdicts:
        row |= {name: OUTCOMES[str(row[name])] for name in ("status", "other_status")}
    for row in findings:
        row |= {"change": _CHANGES[str(row["change"])], "level": LEVELS[str(row["level"])], "place": place_text(row)}
    for rows, titles, title in (
        (verdicts, _VERDICTS, f"结论会变的 {len(verdicts)} 份"),
        (findings[:limit], _FINDINGS, f"会变的问题 {len(findings)} 处"),
    ):
        if rows:
            print_table([of_department(row, registry) for row in rows], titles, title)
    if len(findings) > limit:
        click.echo(f"（只显示前 {limit} 处；用 --limit 或 --json 取全部）")
