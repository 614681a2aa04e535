"""``jixiao sample``: synthetic submissions with known truth."""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.cli.commands import Place, command
from warehouse.errors import UsageError
from warehouse.home import Home

_CONFIGURATION = """\
# 模拟数据目录的配置
registry = "registry.csv"  # 虚构部门的名录
settle_seconds = 0         # 模拟材料写好即可收取
"""


_WRITTEN = ("inbox", "truth", "registry.csv", "README.md")
"""What samples are made of: nobody else's may lie there."""


@command("sample", "生成模拟材料（虚构区、虚构部门），含标准答案与部门名录。")
@click.option("--out", required=True, type=Place(file_okay=False), help="写到哪个目录")
@click.option("--departments", type=click.IntRange(1, 100_000), default=16, show_default=True, help="部门数")
@click.option("--years", default="2021-2023", show_default=True, help="年度，如 2023 或 2021-2023")
@click.option("--seed", type=int, default=20240101, show_default=True, help="随机种子；同一种子结果相同")
@click.option("--defects", is_flag=True, help="混入几份有毛病的")
@click.option(
    "--media",
    default="md,txt",
    show_default=True,
    help="文件类型，逗号分隔，如 docx,txt,md；xlsx、form-docx、form-pdf、form-html 为自评表",
)
def sample_command(out: Path, departments: int, years: str, seed: int, defects: bool, media: str) -> None:
    """Writes inbox, truth and registry into a folder."""
    from samples.write import write_samples

    chosen = _media(media)
    home = Home(out)
    _check_place(home)
    out.mkdir(parents=True, exist_ok=True)
    home.mark_synthetic()
    faults = "demo" if defects else None
    written = write_samples(out, departments, _years(years), seed=seed, defects=faults, media=chosen)
    if not home.config.exists():
        home.config.write_text(_CONFIGURATION, "utf-8")
    click.echo(f"已写出 {written.count} 份模拟材料到 {out}（虚构数据，名录 {out / 'registry.csv'}）。")


def _check_place(home: Home) -> None:
    """UsageError where files lie that are not invented, or in a home of such files."""
    if home.is_synthetic:
        return
    if home.version.exists() or any(_holds_something(home.path / name) for name in _WRITTEN):
        raise UsageError(f"“{home.path}”中已有别的文件，不能再放入编造的样例。请为样例另设一个目录。")
    for around in map(Home, home.path.resolve().parents):
        if around.version.exists() and around.archive.is_dir() and not around.is_synthetic:
            raise UsageError(f"“{home.path}”在正式的数据目录“{around.path}”之中，不能放入编造的样例。请另设一个目录。")


def _holds_something(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _years(text: str) -> list[int]:
    first, _, last = text.partition("-")
    if not first.isdecimal() or (last and not last.isdecimal()):
        raise click.BadParameter("应写成 2023 或 2021-2023", param_hint="--years")
    years = list(range(int(first), int(last or first) + 1))
    if not years or not (years[0] >= 2000 and years[-1] <= 2100):
        raise click.BadParameter("年度应在 2000 到 2100 之间，先小后大", param_hint="--years")
    return years


def _media(text: str) -> list[str]:
    from samples.forms import FORM_MEDIA
    from samples.media import WRITERS

    known = (*WRITERS, *FORM_MEDIA)
    media = list(dict.fromkeys(text.replace(" ", "").split(",")))
    if not set(media) <= set(known):
        raise click.BadParameter(f"可选的有 {'、'.join(known)}", param_hint="--media")
    return media
