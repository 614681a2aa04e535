"""``jixiao status``: the roster, year by year."""

from __future__ import annotations

import click

from orchestration.cli.commands import command
from warehouse.home import Home
from warehouse.publication.words import CONDITIONS, OUTCOMES

_TITLES = {
    "fiscal_year": "年度",
    "short_name": "部门",
    "condition": "报送",
    "due_on": "截止",
    "received_at": "收到",
    "version": "版本",
    "status": "状态",
    "current_version": "已发布版本",
    "open_blocking_count": "阻断",
    "open_warning_count": "警告",
    "reason": "说明",
}


@command("status", "各部门各年度：是否报送、是否逾期、状态与未处理的问题数。")
@click.option("--year", type=click.IntRange(1949, 2999), metavar="年", help="只看某年度")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def status_command(home: Home, year: int | None, as_json: bool) -> None:
    """Prints the roster of the current release; before the first one every department is missing."""
    from orchestration.cli.printing import print_json, print_table
    from orchestration.operations.roster import current_roster

    rows = current_roster(home, year)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        row["condition"] = CONDITIONS[str(row["condition"])]
        row["status"] = OUTCOMES.get(str(row["status"]), "")
    print_table(rows, _TITLES, f"报送情况（{len(rows)} 行）")
