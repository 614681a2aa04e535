"""``jixiao nightly``: the main job, as a Dagster run, and its summary for a person."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

import click

from orchestration.cli.commands import Place, command
from orchestration.cli.outcome import DONE, SOMETHING_REFUSED, SYSTEM_FAILED
from orchestration.night.log import NightLog, SubmissionLine
from warehouse.home import Home
from warehouse.publication.words import OUTCOMES
from warehouse.release.releases import MENDED_BY

_SHOWN = 20
_FIRST_QUERY = (
    "select fiscal_year, short_name, execution_rate, execution_rank"
    " from mart.department_execution order by fiscal_year desc, execution_rank limit 10"
)


@command("nightly", "收取收件夹中的新文件，评判、入库、发布。有退回或无法读取的文件时以状态 3 结束。")
@click.option(
    "--inbox",
    type=Place(exists=True, file_okay=False),
    help="收件夹，缺省为数据目录下的 inbox",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def nightly_command(home: Home, inbox: Path | None, as_json: bool) -> int:
    """Runs one night."""
    from expectations.second_opinion import warm_up
    from transforms.reading_pool import prepare
    from warehouse.processes import collect_rarely

    prepare()
    warm_up()  # it takes longer to load than all that comes before it is asked
    collect_rarely()
    from orchestration.night.standards import Standards
    from orchestration.settings import load_settings

    now = datetime.now(UTC)
    _ = Standards(home, load_settings(home), now).decisions
    home.create().admit(inbox or home.inbox)
    from orchestration.jobs import run_nightly

    with shown_progress():
        result = run_nightly(home, inbox, now)
    log = result.log
    if log is None or not result.success:
        click.echo(f"错误：{result.message or '本次任务失败，什么也没有发布。'}", err=True)
        return SYSTEM_FAILED
    if as_json:
        from dataclasses import asdict

        from orchestration.cli.printing import print_json

        print_json(asdict(log))
    else:
        print_summary(home, log)
    if log.is_unproven:
        return SYSTEM_FAILED
    return SOMETHING_REFUSED if log.refused else DONE


@contextmanager
def shown_progress() -> Iterator[None]:
    """Plain lines on standard error: how far the night is, and each alert at once."""
    log, lines = logging.getLogger("jixiao"), logging.StreamHandler()
    lines.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    # Why the night itself failed is what the command ends with.
    lines.addFilter(lambda record: "failure-" not in record.getMessage())
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(lines)
    try:
        yield
    finally:
        log.removeHandler(lines)
        log.setLevel(before)


def print_summary(home: Home, log: NightLog) -> None:
    """What came in, what became of it and why, the release, and what to try next."""
    click.echo()
    synthetic = "（模拟数据，虚构部门）" if home.is_synthetic else ""
    click.echo(f"本次收取{synthetic}：新文件 {log.received} 份，重复 {log.duplicates} 份。")
    for problem in log.problems:
        click.echo(f"  ! {problem}")
    _print_proof(log)
    if log.slips:
        click.echo(
            f"退回单和审核意见单：写出 {len(log.slips)} 份，在 {_shown(home.slips)}（Word，另有网页和 Excel 各一份）。"
        )
    if log.release_id is None:
        click.echo("没有新内容，不产生新的发布；当前发布不变。")
        return
    if not log.submissions:
        click.echo("没有收到新文件；人的决定、规则或上年数据有变化，已重新评判有关的报送，结果用 jixiao status 看。")
    else:
        _print_counts(log)
    for version in log.withdrawn:
        click.echo(f"  已撤回  {version}")
    _print_refused([line for line in log.submissions if line.outcome in ("quarantined", "unreadable")])
    click.echo(f"\n已发布：{log.release_id}")
    click.echo(f"  数据库：{home.current / 'warehouse.duckdb'}")
    click.echo(f"  看板：{home.current / 'board' / 'index.html'}")
    click.echo("接着可以试：")
    prefix = f".venv/bin/jixiao --home {quote(_shown(home.path))}"
    click.echo(f"  {prefix} status")
    click.echo(f'  {prefix} sql "{_FIRST_QUERY}"')


def _print_proof(log: NightLog) -> None:
    if log.proof is None:
        return
    from orchestration.alerting.conditions import proof_sentence

    click.echo(proof_sentence(log.proof))
    for problem in log.proof.problems:
        click.echo(f"  ✗ {problem}")
    if log.proof.problems:
        click.echo(f"  请不要使用当前发布。{MENDED_BY}")


def _print_counts(log: NightLog) -> None:
    if not log.received:
        click.echo("接着做完以前收下、尚未发布的文件。")
    accepted = log.count("accepted", "accepted_with_warnings", "superseded")
    refused = log.count("quarantined")
    click.echo(
        f"评判报送 {accepted + refused} 份（一个部门一个年度的材料为一份）："
        f"采纳 {accepted} 份（其中有警告 {log.count('accepted_with_warnings')} 份），退回 {refused} 份；"
        f"无法读取的文件 {log.count('unreadable')} 份。"
    )


def _print_refused(lines: list[SubmissionLine]) -> None:
    for line in lines[:_SHOWN]:
        who = f"{line.department or '部门不明'} {line.fiscal_year or '年度不明'}"
        click.echo(f"  {OUTCOMES[line.outcome]}  {line.file_name}（{who}）")
        for sentence in line.findings or (line.reason,):
            if sentence:
                click.echo(f"      {sentence}")
    if len(lines) > _SHOWN:
        click.echo(f"  另有 {len(lines) - _SHOWN} 份，见 jixiao status 与 jixiao findings。")


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
