"""``jixiao sample``: synthetic submissions with known truth."""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.cli.commands import command
from warehouse.home import Home

_CONFIGURATION = """\
# 模拟数据目录的配置
registry = "registry.csv"  # 虚构部门的名录
settle_seconds = 0         # 模拟材料写好即可收取
"""


@command("sample", "生成模拟材料（虚构区、虚构部门），含标准答案与部门名录。")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="写到哪个目录")
@click.option("--departments", type=click.IntRange(1, 100_000), default=16, show_default=True, help="部门数")
@click.option("--years", default="2021-2023", show_default=True, help="年度，如 2023 或 2021-2023")
@click.option("--seed", type=int, default=20240101, show_default=True, help="随机种子；同一种子结果相同")
@click.option("--defects", is_flag=True, help="混入几份有毛病的")
def sample_command(out: Path, departments: int, years: str, seed: int, defects: bool) -> None:
    """Writes inbox, truth and registry into a folder."""
    from samples.write import write_samples

    home = Home(out)
    out.mkdir(parents=True, exist_ok=True)
    home.mark_synthetic()
    written = write_samples(out, departments, _years(years), seed=seed, defects="demo" if defects else None)
    if not home.config.exists():
        home.config.write_text(_CONFIGURATION, "utf-8")
    click.echo(f"已写出 {written.count} 份模拟材料到 {out}（虚构数据，名录 {out / 'registry.csv'}）。")


def _years(text: str) -> list[int]:
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise click.BadParameter("应写成 2023 或 2021-2023", param_hint="--years")
    years = list(range(int(first), int(last or first) + 1))
    if not years or not (years[0] >= 2000 and years[-1] <= 2100):
        raise click.BadParameter("年度应在 2000 到 2100 之间，先小后大", param_hint="--years")
    return years
