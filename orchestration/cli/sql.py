"""``jixiao sql``: read-only queries of a release."""

from __future__ import annotations

import sys
from datetime import date, datetime

import click

from orchestration.cli.commands import command
from warehouse.errors import UsageError
from warehouse.home import Home


@command("sql", "查询当前发布（只读）。不给 QUERY 时从标准输入读取。")
@click.argument("query", required=False)
@click.option("--release", "release_id", metavar="发布", help="查询另一发布")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="查询这一天（含当日，北京时间）公布的发布"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="表格最多显示的行数")
@click.pass_obj
def sql_command(
    home: Home, query: str | None, release_id: str | None, as_of: datetime | None, as_json: bool, limit: int
) -> None:
    """Runs one query and prints its rows; other files are out of its reach."""
    if as_of is not None and release_id is not None:
        raise UsageError("--release 与 --as-of 只能写一个。")
    from orchestration.cli.printing import print_json, print_query
    from warehouse.desk import open_release, run_query

    if as_of is not None:
        release_id = _public_on(home, as_of.date())
    text = _readable(query if query is not None or sys.stdin is None else sys.stdin.read())
    with open_release(home, release_id, confined=True) as release:
        columns, rows = run_query(release, text, None if as_json else limit + 1)
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    print_query(columns, rows[:limit])
    if len(rows) > limit:
        click.echo(f"（只显示前 {limit} 行；用 --limit 或 --json 取全部）")


def _readable(text: str | None) -> str:
    """The query; UsageError for bytes that are no text."""
    try:
        (text or "").encode()
    except UnicodeEncodeError as error:
        raise UsageError("查询不是 UTF-8 编码的文字，读不懂。") from error
    return text or ""


def _public_on(home: Home, day: date) -> str:
    """The release of that day; UsageError says how to have it again where it is kept no more."""
    from warehouse.archive.journal import Journal
    from warehouse.release.releases import Releases

    release_id = Journal(home).public_on(day)
    if all(release.release_id != release_id for release in Releases(home).list()):
        raise UsageError(
            f"{day} 公布的是发布 {release_id}，已不在保留之列。可用 jixiao rebuild --as-of {day} --out 目录 重建。"
        )
    return release_id
