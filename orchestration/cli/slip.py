"""``jixiao slip``: the return slip of one submission, or of a file of which no department could be told."""

from __future__ import annotations

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE
from warehouse.home import Home


@command(
    "slip", "写出退回单（有警告而已采用的为审核意见单），每晚任务已写的不重写。用 --department 和 --year，或用 --file。"
)
@click.option("--department", metavar="部门", help="部门编号、简称或全称")
@click.option("--year", type=click.IntRange(1949, 2999), metavar="年", help="年度")
@click.option("--file", metavar="文件", help="收件夹中的文件名或文件路径，用于看不出部门的文件")
@click.option(
    "--format",
    "form",
    type=click.Choice(["all", "docx", "html", "xlsx"]),
    default="all",
    show_default=True,
    help="样式",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def slip_command(
    home: Home, department: str | None, year: int | None, file: str | None, form: str, as_json: bool
) -> int:
    """Prints where the files of the slip are."""
    if (file is None) == (department is None) or (department is None) != (year is None):
        raise click.UsageError("请同时写明 --department 和 --year，或者只写 --file")
    from expectations.slips.shelf import FORMATS, Shelf
    from orchestration.cli.printing import print_json
    from orchestration.night.slips import slip_of_department, slip_of_file
    from orchestration.settings import load_settings

    settings = load_settings(home)
    if file is not None:
        slip = slip_of_file(home, settings, file)
    else:
        slip = slip_of_department(home, settings, str(department), int(year or 0))
    paths = Shelf(home).issue(slip, FORMATS if form == "all" else (form,)) if slip else {}
    if as_json:
        told = ("outcome", "department_id", "fiscal_year", "version", "answer_by")
        facts = {name: getattr(slip, name) for name in told} if slip else {"outcome": "accepted"}
        print_json({**facts, "files": {ending: str(path) for ending, path in paths.items()}})
    elif slip is None:
        click.echo("该材料已采用，没有需要改正或说明的问题，不必发退回单。")
    for path in paths.values() if not as_json else ():
        click.echo(path)
    return DONE
