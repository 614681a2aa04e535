"""``jixiao score``: how well the reading does against known truth."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from orchestration.cli.commands import Place, command
from warehouse.home import Home

_TITLES = {
    "group": "事实组",
    "expected": "应有",
    "found": "读到",
    "right": "正确",
    "precision": "精确率",
    "recall": "召回率",
}


@command("score", "DIR 是 jixiao sample 写出的目录（或有 inbox 与 truth 的目录）；按事实组打印精确率与召回率。")
@click.argument("directory", type=Place(exists=True, file_okay=False))
@click.option("--misses", is_flag=True, help="同时列出读错、读漏之处")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def score_command(home: Home, directory: Path, misses: bool, as_json: bool) -> None:
    """Reads every file that has a truth file and prints the scores."""
    from orchestration.cli.printing import print_json, print_table
    from orchestration.operations.examination import examine
    from orchestration.settings import load_registry, load_settings
    from samples.scoring import Scores, load_truths
    from warehouse.errors import UsageError

    settings = load_settings(home)
    own = directory / "registry.csv"
    registry = load_registry(home, settings.model_copy(update={"registry": own.absolute() if own.exists() else None}))
    try:
        truths = load_truths(directory)
    except ValueError as error:
        raise UsageError(f"{error}。") from error
    scores = Scores()
    paths = [path for path, _ in truths]
    for examined, (_, truth) in zip(examine(paths, registry, settings), truths, strict=True):
        scores.add(truth, asdict(examined))
    if as_json:
        print_json(scores.rows())
        return
    print_table(scores.rows(), _TITLES, f"读取得分：{len(truths)} 份文件")
    if misses:
        for miss in scores.misses():
            click.echo(miss)
