"""``jixiao sql``: read-only queries of a release."""

from __future__ import annotations

import click

from warehouse.home import Home


@click.command("sql", help="查询当前发布（只读）。不给 QUERY 时从标准输入读取。")
@click.argument("query", required=False)
@click.option("--release", "release_id", help="查询另一发布")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="表格最多显示的行数")
@click.pass_obj
def sql_command(home: Home, query: str | None, release_id: str | None, as_json: bool, limit: int) -> None:
    """Runs one query and prints its rows."""
    from orchestration.cli.printing import columns_as_titles, print_json, print_table
    from warehouse.desk import open_release, run_query

    text = query if query is not None else click.get_text_stream("stdin").read()
    with open_release(home, release_id) as release:
        columns, rows = run_query(release, text)
    if as_json:
        print_json(rows)
        return
    print_table(rows[:limit], columns_as_titles(columns))
    if len(rows) > limit:
        click.echo(f"（共 {len(rows)} 行，只显示前 {limit} 行；用 --limit 或 --json 取全部）")
