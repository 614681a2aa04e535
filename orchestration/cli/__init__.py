"""The command line ``jixiao``: one module a group of commands, imported only when its command is called."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from orchestration.cli.commands import ChineseHelp, Place, write_list

_COMMANDS = {
    "nightly": ("nightly", "收取、评判并发布全部新文件（每晚的主任务）"),
    "check": ("check", "检查文件，不入库"),
    "status": ("status", "各部门各年度的报送情况"),
    "findings": ("findings", "问题清单，含位置"),
    "slip": ("slip", "写出退回单（Word、网页、Excel）"),
    "search": ("search", "按词查找报告中的问题、措施、目标、完成情况和成果"),
    "trace": ("trace", "查一个数字的来处，直到原文"),
    "sql": ("sql", "查询当前发布（只读）"),
    "export": ("export", "导出数据表和视图（Parquet、CSV、Excel）"),
    "serve": ("serve", "在局域网上提供看板和发布文件"),
    "waive": ("decisions", "豁免：一条规则对一个部门一个年度"),
    "explain": ("decisions", "记录报送单位对警告的说明"),
    "decide": ("decisions", "认定项目是否同一，或规则的阶段"),
    "withdraw": ("decisions", "撤回一个部门一个年度的报送"),
    "rejudge": ("rejudge", "换一套规则，哪些结论和问题会变（不改动任何数据）"),
    "releases": ("releases", "列出全部发布"),
    "rollback": ("releases", "退回到某一发布"),
    "verify": ("releases", "核验发布"),
    "diff": ("diff", "两个发布之间，或一份报送两个版本之间的不同"),
    "rebuild": ("rebuild", "只凭归档重建整个仓库"),
    "sample": ("sample", "生成模拟材料"),
    "score": ("score", "按标准答案给读取打分"),
    "alerts": ("alerts", "列出未送达的告警，试发一条"),
    "doctor": ("doctor", "检查安装、配置与磁盘"),
}


class LazyGroup(ChineseHelp, click.Group):
    """Imports a command's module when the command is called; listing them needs no import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of a night's work."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"orchestration.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        write_list(formatter, "命令", [(name, text) for name, (_, text) in _COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jixiao", help="显示版本号", message="jixiao %(version)s")
@click.option(
    "--home",
    "home_path",
    metavar="目录",
    type=Place(),
    envvar="JIXIAO_HOME",
    default="var/home",
    show_default=True,
    help="数据目录；也可用环境变量 JIXIAO_HOME 指定",
)
@click.pass_context
def cli(ctx: click.Context, home_path: Path) -> None:
    """绩效：区财政局部门整体支出绩效自评报告仓库。"""
    from warehouse.home import Home

    ctx.obj = Home(home_path)
    ctx.obj.layout()


def main() -> None:
    """The console script: errors end in one Chinese sentence and an exit status (see product.md)."""
    from orchestration.cli.outcome import leave, open_outputs, run

    open_outputs()
    try:
        run(cli)
    except SystemExit as ended:
        leave(ended.code)
