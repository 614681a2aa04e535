"""``jixiao search``: problems, measures, goals, completions and achievements by their words."""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE
from warehouse.home import Home
from warehouse.publication.words import place_text

_TITLES = {
    "fiscal_year": "年度",
    "short_name": "部门",
    "kind_name": "种类",
    "title": "题目",
    "text": "内容",
    "place": "位置",
}
_BEFORE, _SHOWN = 30, 100
"""Characters of a text in the table: before the first word that is found in it, and in all."""


@command("search", "按词查找问题、措施、目标、完成情况和成果。WORDS 为一个或几个词，须全部出现在题目或内容中。")
@click.argument("words", nargs=-1, required=True)
@click.option("--department", metavar="部门", help="部门编号、简称或全称")
@click.option("--year", type=click.IntRange(1949, 2999), metavar="年", help="年度")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="表格最多显示的条数")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON（全部，文字不截短）")
@click.pass_obj
def search_command(
    home: Home, words: tuple[str, ...], department: str | None, year: int | None, limit: int, as_json: bool
) -> int:
    """Prints the entries of the current release that hold all words, the newest year first, with their places."""
    from orchestration.cli.printing import print_json, print_table
    from warehouse.desk import search

    rows = search(home, " ".join(words), department, year)
    if as_json:
        print_json(rows)
        return DONE
    if not rows:
        click.echo("没有找到。")
        return DONE
    for row in rows[:limit]:
        file_name = Path(str(row["file_name"])).name if row["file_name"] else ""
        row["place"] = f"{file_name} {place_text(row)}".strip()
        row["text"] = excerpt(str(row["text"] or ""), " ".join(words).split())
    shown = f"，只显示前 {limit} 条；用 --limit 或 --json 取全部" if len(rows) > limit else ""
    print_table(rows[:limit], _TITLES, f"找到 {len(rows)} 条{shown}")
    return DONE


def excerpt(text: str, words: list[str]) -> str:
    """A long text around the first of the words that it holds, on one line."""
    text = " ".join(text.split())
    found = min((text.find(word) for word in words if word in text), default=0)
    start = max(0, min(found - _BEFORE, len(text) - _SHOWN))
    end = start + _SHOWN
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
