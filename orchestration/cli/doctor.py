"""``jixiao doctor``: finds the usual misconfigurations."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, requires, version
from os import W_OK, access

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE, SYSTEM_FAILED
from warehouse.errors import JixiaoError
from warehouse.home import Home

LEAST_FREE_BYTES = 2 * 1024**3


@command("doctor", "检查安装、配置与磁盘；有问题时说明怎样处理。")
@click.pass_obj
def doctor_command(home: Home) -> int:
    """Runs every check; status 1 when one fails."""
    checks: tuple[tuple[str, Callable[[Home], str]], ...] = (
        ("Python 与依赖", _packages),
        ("数据目录", _folder),
        ("磁盘空间", _disk),
        ("配置与名录", _configuration),
        ("旧版文档", _converter),
        ("当前发布", _release),
    )
    failed = False
    for name, check in checks:
        try:
            click.echo(f"✓ {name}：{check(home)}")
        except JixiaoError as error:
            failed = True
            click.echo(f"✗ {name}：{error.message}")
    return SYSTEM_FAILED if failed else DONE


def _packages(_: Home) -> str:
    from packaging.requirements import Requirement

    wrong = []
    for text in requires("jixiao") or []:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"缺少 {requirement.name}")
            continue
        if not requirement.specifier.contains(found):
            wrong.append(f"{requirement.name} 是 {found}，应为 {requirement.specifier}")
    if wrong:
        raise JixiaoError(f"{'；'.join(wrong)}。请运行 make nightly 重建环境。")
    return f"Python {sys.version_info.major}.{sys.version_info.minor}，依赖齐全"


def _folder(home: Home) -> str:
    if not home.path.exists():
        return f"{home.path} 尚未建立，第一次运行 jixiao nightly 时建立"
    if not access(home.path, W_OK):
        raise JixiaoError(f"{home.path} 不可写，请检查权限。")
    return f"{home.path}{'（模拟数据）' if home.is_synthetic else ''}"


def _disk(home: Home) -> str:
    existing = next(path for path in (home.path, *home.path.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    if free < LEAST_FREE_BYTES:
        raise JixiaoError(f"只剩 {free / 1024**3:.1f} GiB，至少应有 {LEAST_FREE_BYTES / 1024**3:.0f} GiB。")
    return f"可用 {free / 1024**3:.1f} GiB"


def _configuration(home: Home) -> str:
    from orchestration.settings import load_registry, load_settings

    settings = load_settings(home)
    registry = load_registry(home, settings)
    count = len({unit.department_id for unit in registry.versions})
    return f"名录 {count} 个部门，截止日次年 {settings.deadline}"


def _converter(_: Home) -> str:
    from transforms.documents.legacy import converter

    path = converter()
    return (
        f"由 LibreOffice 转换（{path}）"
        if path
        else "没有安装 LibreOffice，doc、wps、rtf 将退回，请报送单位另存为 docx"
    )


def _release(home: Home) -> str:
    from warehouse.release import Releases

    releases = Releases(home)
    current = releases.current()
    if current is None:
        return "还没有发布"
    problems = releases.verify(current.release_id, full=False)
    if problems:
        raise JixiaoError("；".join(problems))
    return f"{current.release_id} 完好"
