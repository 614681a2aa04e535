"""``jixiao findings``: what reviewers go through, with places."""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.cli.commands import Place, command
from warehouse.errors import SystemFault, UsageError
from warehouse.home import Home
from warehouse.publication.words import LEVELS, STATES, place_text

_TITLES = {
    "fiscal_year": "年度",
    "department": "部门",
    "level": "级别",
    "state": "状态",
    "rule_id": "规则",
    "title": "名称",
    "place": "位置",
    "message": "问题",
    "remedy": "怎样改",
}

_TITLES_IN_WORKBOOK = {
    **{name: title for name, title in _TITLES.items() if name not in ("place", "message", "remedy")},
    "file": "文件",
    "place": "位置",
    "raw_text": "原文",
    "subject": "对象",
    "observed": "实际",
    "expected": "应为",
    "message": "问题",
    "remedy": "怎样改",
}


_WORKBOOK = "问题清单.xlsx"


@command("findings", "问题清单：阻断在前，每条写明文件、行、表与单元格。")
@click.option("--department", metavar="部门", help="部门编号、简称或全称")
@click.option("--year", type=click.IntRange(1949, 2999), metavar="年", help="年度")
@click.option("--level", type=click.Choice(list(LEVELS)), help="只看某一级别")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "xlsx"]), default="table", show_default=True, help="样式"
)
@click.option("--json", "as_json", is_flag=True, help="同 --format json")
@click.option(
    "--out",
    type=Place(dir_okay=False),
    show_default=_WORKBOOK,
    help="与 --format xlsx 合用，写到哪个文件",
)
@click.pass_obj
def findings_command(
    home: Home, department: str | None, year: int | None, level: str | None, form: str, as_json: bool, out: Path | None
) -> None:
    """Prints the findings of the current release, or writes them into a workbook."""
    _check_form(home, form, as_json, out)
    from orchestration.cli.printing import print_json, print_table
    from warehouse.desk import department_known, frame_of, open_release, rows_of

    with open_release(home) as release:
        release_id = str(frame_of(release, "release_id").item())
        department = None if department is None else department_known(release, department)
        rows = rows_of(release, "findings", department=department, year=year, level=level)
    if as_json or form == "json":
        print_json(rows)
        return
    if not rows:
        click.echo("没有符合条件的问题。")
        return
    for row in rows:
        row["place"] = place_text(row)
        row["file"] = Path(str(row["file_name"])).name
        row["level"] = LEVELS[str(row["level"])]
        row["state"] = STATES[str(row["state"])]
        row["department"] = row["department"] or row["department_id"] or "部门不明"
    if form == "xlsx":
        _write_workbook(out or Path(_WORKBOOK), rows, release_id)
        return
    for row in rows:
        row["place"] = f"{row['file']} {row['place']}".strip()
    print_table(rows, _TITLES, f"问题 {len(rows)} 条")


def _check_form(home: Home, form: str, as_json: bool, out: Path | None) -> None:
    """UsageError for what contradicts itself."""
    if as_json and form == "xlsx":
        raise UsageError("--json 与 --format xlsx 只能写一个。")
    if out is not None and form != "xlsx":
        raise UsageError("--out 须与 --format xlsx 合用。")
    if out is not None:
        home.keep_clear(out)


def _write_workbook(out: Path, rows: list[dict[str, object]], release_id: str) -> None:
    from warehouse.publication.spreadsheet import write_workbook
    from warehouse.reasons import reason_of

    notes = [
        f"问题 {len(rows)} 条，取自发布 {release_id}。",
        "阻断：改正后才能采纳；警告：请确认或说明；提示：只作记录。",
    ]
    try:
        write_workbook(out, "问题清单", rows, _TITLES_IN_WORKBOOK, notes)
    except OSError as error:
        raise SystemFault(f"无法写入“{out}”：{reason_of(error)}。", str(error)) from error
    click.echo(f"问题 {len(rows)} 条已写入 {out}")
