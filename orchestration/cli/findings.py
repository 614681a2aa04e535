"""``jixiao findings``: what reviewers go through, with places."""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.cli.commands import command
from orchestration.words import LEVELS, place_text
from warehouse.home import Home

_TITLES = {
    "fiscal_year": "年度",
    "department": "部门",
    "level": "级别",
    "rule_id": "规则",
    "title": "名称",
    "place": "位置",
    "message": "问题",
    "remedy": "怎样改",
}


@command("findings", "问题清单：阻断在前，每条写明文件、行、表与单元格。")
@click.option("--department", metavar="部门", help="部门编号、简称或全称")
@click.option("--year", type=click.IntRange(1949, 2999), metavar="年", help="年度")
@click.option("--level", type=click.Choice(list(LEVELS)), help="只看某一级别")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="同 --format json")
@click.pass_obj
def findings_command(
    home: Home, department: str | None, year: int | None, level: str | None, form: str, as_json: bool
) -> None:
    """Prints the findings of the current release."""
    from orchestration.cli.printing import print_json, print_table
    from warehouse.desk import open_release, rows_of

    with open_release(home) as release:
        rows = rows_of(release, "findings", department=department, year=year, level=level)
    if as_json or form == "json":
        print_json(rows)
        return
    if not rows:
        click.echo("没有符合条件的问题。")
        return
    for row in rows:
        row["place"] = f"{Path(str(row['file_name'])).name} {place_text(row)}".strip()
        row["level"] = LEVELS[str(row["level"])]
        row["department"] = row["department"] or row["department_id"] or "部门不明"
    print_table(rows, _TITLES, f"问题 {len(rows)} 条")
