"""The checks of ``jixiao doctor``: what can be wrong with an installation, each with what to do about it.

A check gives a sentence on what is well, raises Hint for what may be meant so, and another error of the family for
what must be mended. None of them changes anything.
"""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from os import R_OK, W_OK, X_OK, access

from orchestration.alerting.channels import missing_variables
from orchestration.night.log import night_logs
from orchestration.night.standards import Standards
from orchestration.settings import Settings, load_registry, load_settings
from warehouse.archive.archive import Archive
from warehouse.archive.proof import nothing
from warehouse.errors import HomeFault, JixiaoError, SystemFault, UsageError
from warehouse.home import Home, check_folder
from warehouse.identifiers import instant_of
from warehouse.intake.file_names import readable_name
from warehouse.intake.inbox import walk
from warehouse.ledger.file import problem_of
from warehouse.release.releases import MENDED_BY, Releases

_GIBIBYTE = 1024**3
_NAMED = 3
"""How many offenders a sentence names."""
_A_NIGHT_AND_A_HALF = timedelta(hours=36)


class Hint(JixiaoError):  # noqa: N818 - nothing is broken
    """Something that an operator may have meant, or should know."""


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
        raise SystemFault(f"{'；'.join(wrong)}。请运行 make nightly 重建环境。")
    return f"Python {sys.version_info.major}.{sys.version_info.minor}，依赖齐全"


def _folder(home: Home) -> str:
    if not home.path.exists():
        return f"{home.path} 尚未建立，第一次运行 jixiao nightly 时建立"
    owner = home.path.stat().st_uid
    if owner != os.getuid():
        raise HomeFault(
            f"{home.path} 属于用户 {_user(owner)}，现在的用户是 {_user(os.getuid())}。"
            f"请改用 {_user(owner)} 运行，例如 sudo -u {_user(owner)} jixiao …"
        )
    folders = [home.path, *(path for path in sorted(home.path.iterdir()) if path.is_dir() and path != home.inbox)]
    if locked := [path.name for path in folders if not access(path, W_OK | X_OK)]:
        raise HomeFault(f"{home.path} 中不可写的目录：{'、'.join(locked)}。请用 chown、chmod 改正权限。")
    return f"{home.path}{'（模拟数据）' if home.is_synthetic else ''}"


def _inbox(home: Home) -> str:
    check_folder(home.inbox)
    if not home.inbox.exists():
        return f"{home.inbox} 尚未建立"
    if not access(home.inbox, R_OK | X_OK):
        raise HomeFault(f"{home.inbox} 不可读，请改正权限或检查共享盘是否挂载。")
    entries = walk(home.inbox)
    problems = {
        readable_name(each.name): each.problem or "没有读取权限，请改正"
        for each in entries
        if each.problem or not (each.is_link or access(home.inbox / os.fsdecode(each.name), R_OK))
    }
    if problems:
        named = "；".join(f"{name}，{problem}" for name, problem in list(problems.items())[:_NAMED])
        raise Hint(f"有 {len(problems)} 项任务收不到：{named}{' 等' if len(problems) > _NAMED else ''}。")
    return f"{home.inbox}，{len(entries)} 份文件"


def _disk(home: Home) -> str:
    least = _settings(home).least_free_gib
    existing = next(path for path in (home.path, *home.path.parents) if path.exists())
    free = shutil.disk_usage(existing).free / _GIBIBYTE
    if free < least:
        raise SystemFault(f"只剩 {free:.1f} GiB，至少应有 {least:g} GiB。请腾出空间，或减少 keep_releases。")
    return f"可用 {free:.1f} GiB"


def _configuration(home: Home) -> str:
    settings = load_settings(home)
    known = {unit.department_id for unit in load_registry(home, settings).versions}
    for name, channel in settings.channels.items():
        if strangers := [each for each in channel.departments if each not in known]:
            raise UsageError(f"“channels.{name}.departments”中的 {'、'.join(strangers)} 不在部门名录中。")
    _ = Standards(home, settings, datetime.now(UTC)).decisions
    return f"名录 {len(known)} 个部门，截止日次年 {settings.deadline}"


def _channels(home: Home) -> str:
    from orchestration.alerting.outbox import Outbox
    from orchestration.alerting.sending import Sender

    channels = _settings(home).channels
    for name, channel in channels.items():
        if missing := missing_variables(channel, os.environ):
            raise UsageError(f"“channels.{name}.url”引用的环境变量 {'、'.join(missing)} 没有设置，告警送不出去。")
    sender = Sender(home, channels, os.environ)
    for name in channels:
        sender.prepare(name)
    outbox = Outbox(home)
    if damaged := outbox.damaged():
        raise SystemFault("".join(damaged))
    if waiting := outbox.waiting():
        raise Hint(f"有 {len(waiting)} 条告警还没有送达，用 jixiao alerts 查看原因。")
    return f"{len(channels)} 个通道" if channels else "没有配置，告警只写在 alerts 目录"


def _clock(home: Home) -> str:
    newest = Releases(home).newest()
    known = [*Archive(home.archive).intake_ids()[-1:], *([newest.release_id] if newest else [])]
    latest = max((instant_of(each) for each in known), default=None)
    now = datetime.now(UTC)
    if latest is not None and now < latest:
        raise SystemFault(
            f"系统时钟是 {_shown(now)}，早于最近一次收件或发布的 {_shown(latest)}。请校准时钟（timedatectl）。"
        )
    return _shown(now)


def _converter(_: Home) -> str:
    from transforms.documents.legacy import converter

    path = converter()
    if path is None:
        raise Hint("没有安装 LibreOffice，doc、wps、rtf、odt 将退回，请报送单位另存为 docx；安装后可直接读取。")
    return f"由 LibreOffice 转换（{path}）"


def _release(home: Home) -> str:
    releases = Releases(home)
    current = releases.current()
    if current is None:
        if releases.newest() is not None:
            raise HomeFault("有发布而没有现行发布的链接，请用 jixiao rollback 指定一个发布。")
        return "还没有发布"
    if problems := releases.verify(current.release_id, is_due=nothing):
        raise SystemFault(f"{''.join(problems)}{MENDED_BY}")
    return f"{current.release_id} 完好"


def _ledger(home: Home) -> str:
    if not home.holds_files:
        return "还没有收过文件"
    if problem := problem_of(home.ledger):
        raise SystemFault(f"{problem}请运行 jixiao nightly，并检查磁盘。")
    return "完好"


def _schedule(home: Home) -> str:
    """Whether a night comes by itself: Dagster's daemon with its schedule, or another clock that ran one lately."""
    last = max((datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in night_logs(home)), default=None)
    if last is not None and datetime.now(UTC) - last < _A_NIGHT_AND_A_HALF:
        return f"最近一次任务在 {_shown(last)}"
    when = f"最近一次任务在 {_shown(last)}" if last else "还没有运行过任务"
    raise Hint(f"{when}；{_daemon(home)}请打开 Dagster 的定时任务，或启用 jixiao-nightly.timer（见 docs/service.md）。")


def _daemon(home: Home) -> str:
    if not (home.dagster / "dagster.yaml").exists():
        return ""
    from dagster._core.scheduler.instigation import InstigatorStatus

    from orchestration.dagster_home import instance_of
    from orchestration.schedules import nightly_schedule

    with instance_of(home) as instance:
        is_on = any(
            state.instigator_name == nightly_schedule.name and state.status is InstigatorStatus.RUNNING
            for state in instance.all_instigator_state()
        )
        lives = any(status.healthy for status in instance.get_daemon_statuses().values())
    return f"Dagster 的守护进程{'在运行' if lives else '没有运行'}，定时任务{'已打开' if is_on else '没有打开'}；"


def _settings(home: Home) -> Settings:
    """The settings; of wrong ones the check of the configuration tells."""
    try:
        return load_settings(home)
    except UsageError:
        return Settings.model_validate({})


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _shown(instant: datetime) -> str:
    return instant.astimezone().strftime("%Y-%m-%d %H:%M")


CHECKS: tuple[tuple[str, Callable[[Home], str]], ...] = (
    ("Python 与依赖", _packages),
    ("数据目录", _folder),
    ("收件夹", _inbox),
    ("磁盘空间", _disk),
    ("配置、名录与决定", _configuration),
    ("告警通道", _channels),
    ("系统时钟", _clock),
    ("旧版文档", _converter),
    ("台账", _ledger),
    ("当前发布", _release),
    ("定时运行", _schedule),
)
"""Every check with its title, in the order in which they are told."""
