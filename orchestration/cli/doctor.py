"""``jixiao doctor``: finds the usual misconfigurations."""

from __future__ import annotations

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE, SYSTEM_FAILED
from warehouse.errors import JixiaoError
from warehouse.home import Home


@command("doctor", "检查安装、配置与磁盘；有问题时说明怎样处理。✗ 须处理，! 请留意。")
@click.pass_obj
def doctor_command(home: Home) -> int:
    """Runs every check; status 1 when one fails, hints apart."""
    from orchestration.operations.health import CHECKS, Hint
    from warehouse.reasons import reason_of

    failed = False
    for name, check in CHECKS:
        try:
            click.echo(f"✓ {name}：{check(home)}")
        except Hint as hint:
            click.echo(f"! {name}：{hint.message}")
        except (JixiaoError, OSError) as error:
            failed = True
            click.echo(f"✗ {name}：{error.message if isinstance(error, JixiaoError) else reason_of(error)}")
    return SYSTEM_FAILED if failed else DONE
