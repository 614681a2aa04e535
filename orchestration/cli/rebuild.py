"""``jixiao rebuild``: the whole warehouse again from the archive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.commands import Place, command
from orchestration.cli.outcome import DONE, SYSTEM_FAILED
from warehouse.errors import UsageError
from warehouse.home import Home

if TYPE_CHECKING:
    from orchestration.reprocessing.rebuilding import Rebuilt


@command(
    "rebuild",
    "只凭归档（原件、收件记录、发布记录）和人的决定，逐夜重建整个仓库。各表与现行发布完全相同才公布为新的发布；"
    "不同则列出哪些表不同，什么也不公布，以状态 1 结束。中途结束不影响现行发布。",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="日期",
    help="重建这一天（含当日，北京时间）公布的内容，与 --out 合用",
)
@click.option("--out", type=Place(), metavar="目录", help="把重建的发布写到这个目录（须不存在），不公布")
@click.option("--publish", is_flag=True, help="各表有不同也公布")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def rebuild_command(home: Home, as_of: datetime | None, out: Path | None, publish: bool, as_json: bool) -> int:
    """Rebuilds, compares, and publishes or writes out."""
    if as_of is not None and out is None:
        raise UsageError("--as-of 须与 --out 合用：指定写到哪个目录。")
    if out is not None and publish:
        raise UsageError("--out 与 --publish 只能写一个。")
    if out is not None:
        home.keep_clear(out)
    if not home.path.is_dir():
        raise UsageError(f"没有数据目录“{home.path}”。请用 --home 指定。")
    from transforms.reading_pool import prepare

    prepare()
    from orchestration.cli.nightly import shown_progress
    from orchestration.reprocessing.rebuilding import Rebuilding
    from orchestration.settings import load_settings
    from warehouse.home import exclusive

    with exclusive(home.create()), shown_progress():
        rebuilding = Rebuilding(home, load_settings(home), datetime.now(UTC))
        if out is not None:
            outcome = rebuilding.write_to(out.absolute(), as_of.date() if as_of else None)
        else:
            outcome = rebuilding.publish(even_if_differing=publish)
    if as_json:
        from dataclasses import asdict

        from orchestration.cli.printing import print_json

        print_json(asdict(outcome))
    else:
        _print(outcome)
    return SYSTEM_FAILED if outcome.release_id is None and outcome.folder is None else DONE


def _print(outcome: Rebuilt) -> None:
    click.echo(f"重做了 {outcome.nights} 夜。")
    if outcome.compared_with is None:
        click.echo("归档中没有发布记录，无从比较。")
    elif not outcome.differing:
        click.echo(f"各表与发布 {outcome.compared_with} 完全相同。")
    else:
        click.echo(f"与发布 {outcome.compared_with} 不同的表（{len(outcome.differing)} 张）：")
        for name in outcome.differing:
            click.echo(f"  {name}")
        for then, now in outcome.versions:
            click.echo(f"当时的程序或规则是 {then}，现在是 {now}。")
    if outcome.release_id is not None:
        click.echo(f"已发布：{outcome.release_id}")
    elif outcome.folder is not None:
        click.echo(f"已写到：{outcome.folder}（数据库 {outcome.folder / 'warehouse.duckdb'}），没有公布。")
    else:
        click.echo("没有公布，现行发布不变。确认无误后可用 jixiao rebuild --publish 公布重建的结果。")
