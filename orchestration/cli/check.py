"""``jixiao check``: what the night would say of a file, before it is sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orchestration.cli.commands import ReadableFile, command
from orchestration.cli.outcome import DONE, SOMETHING_REFUSED
from warehouse.home import Home
from warehouse.publication.words import LEVELS, OUTCOMES, place_text

if TYPE_CHECKING:
    from orchestration.operations.examination import Examined
    from transforms.departments.registry import Registry


@command("check", "检查文件：与每晚任务同一引擎，什么也不存。有退回或无法读取的文件时以状态 3 结束。")
@click.argument("files", nargs=-1, required=True, type=ReadableFile())
@click.option("--json", "as_json", is_flag=True, help="输出 JSON 数组，按文件先后")
@click.option("--together", is_flag=True, help="把这些文件当作同时报送的材料一起评判，而不是每份单独评判")
@click.pass_obj
def check_command(home: Home, files: tuple[Path, ...], as_json: bool, together: bool) -> int:
    """Examines files; prints findings with places. Whoever waits at a terminal is told so first."""
    if sys.stderr.isatty():
        click.echo(f"正在检查 {len(files)} 个文件……", err=True)
    from transforms.reading_pool import prepare

    prepare()
    from orchestration.cli.printing import print_json
    from orchestration.operations.examination import examine, examine_together
    from orchestration.settings import load_registry, load_settings

    settings = load_settings(home)
    registry = load_registry(home, settings)
    results: list[Examined] = []
    for result in (examine_together if together else examine)(files, registry, settings):
        results.append(result)
        if not as_json:
            _print(result, registry)
    if as_json:
        print_json([result.as_object() for result in results])
    refused = any(result.outcome in ("quarantined", "unreadable") for result in results)
    return SOMETHING_REFUSED if refused else DONE


def _print(result: Examined, registry: Registry) -> None:
    identity = f"（{registry.short_name(result.department_id) or '部门不明'} {result.fiscal_year or '年度不明'}）"
    click.echo(f"{result.file}：{OUTCOMES[result.outcome]}{identity if result.outcome != 'unreadable' else ''}")
    if result.reason:
        click.echo(f"  {result.reason}")
    for finding in result.findings:
        place = place_text(finding)
        where = f"（{place}）" if place else ""
        click.echo(f"  [{LEVELS[str(finding['level'])]}] {finding['rule']}{where}：{finding['message']}")
