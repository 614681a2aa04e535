"""``jixiao trace``: where a published value came from, down to the raw text."""

from __future__ import annotations

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE
from warehouse.home import Home


@command("trace", "TABLE 是事实表（如 fact_project_spending），KEY 是该行的键，COLUMN 可省。")
@click.argument("table")
@click.argument("key", type=int)
@click.argument("column", required=False)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def trace_command(home: Home, table: str, key: int, column: str | None, as_json: bool) -> int:
    """Prints file, line, table, row, column and raw text of each measured value of the row."""
    from orchestration.cli.printing import print_json, print_table
    from warehouse.desk import trace

    rows = trace(home, table, key, column)
    if as_json:
        print_json(rows)
        return DONE
    titles = {
        "column_name": "数值列",
        "value": "发布的值",
        "file_name": "文件",
        "page": "页",
        "line": "行",
        "table_number": "表",
        "row_number": "数据行",
        "column_number": "列",
        "raw_text": "原文",
    }
    print_table(rows, titles, f"{table} {key} 的来处")
    return DONE
