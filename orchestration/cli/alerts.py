"""``jixiao alerts``: what waits to be sent, and whether a channel works."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE, SYSTEM_FAILED
from warehouse.errors import UsageError
from warehouse.home import Home

_TITLES = {"channel": "通道", "kind": "种类", "title": "标题", "put_at": "时间", "tries": "试过", "problem": "原因"}


@command("alerts", "列出还没有送达的告警；--test 向一个通道试发一条消息。")
@click.option("--test", "tested", metavar="通道", help="向配置中的这个通道试发一条消息")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def alerts_command(home: Home, tested: str | None, as_json: bool) -> int:
    """Lists the outbox, or sends a test message."""
    if tested is not None:
        return _send_test(home, tested)
    from orchestration.alerting.channels import KINDS
    from orchestration.alerting.outbox import Outbox
    from orchestration.cli.printing import print_json, print_table

    outbox = Outbox(home)
    rows: list[dict[str, object]] = [
        {
            "channel": letter.channel,
            "kind": letter.message.kind if as_json else KINDS[letter.message.kind],
            "title": letter.message.title,
            "put_at": datetime.fromisoformat(letter.put_at),
            "tries": letter.tries,
            "problem": letter.problem,
        }
        for letter in outbox.waiting()
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(rows, _TITLES, f"未送达的告警（{len(rows)} 条，下次任务再发）")
    damaged = outbox.damaged()
    for problem in damaged:
        click.echo(f"错误：{problem}", err=True)
    return SYSTEM_FAILED if damaged else DONE


def _send_test(home: Home, name: str) -> int:
    from orchestration.alerting.outbox import Letter, Message
    from orchestration.alerting.sending import NotSent, Sender
    from orchestration.settings import load_settings

    channels = load_settings(home).channels
    if name not in channels:
        known = "、".join(channels) or "没有任何通道"
        raise UsageError(f"配置中没有通道“{name}”（{known}）。请在 {home.config} 中写 [channels.{name}] 一节。")
    now = datetime.now(UTC)
    title, body = "绩效：通道试发", "这是一条试发的消息，收到即说明这个告警通道可用。"
    message = Message(f"test-{now:%Y%m%dT%H%M%S}", "digest", title, body)
    try:
        Sender(home, channels, os.environ).send(Letter(name, message, now.isoformat()))
    except NotSent as error:
        click.echo(f"没有送达：{error.message}。请检查 {home.config} 中 [channels.{name}] 的 url。", err=True)
        return SYSTEM_FAILED
    click.echo(f"已送出。请到“{name}”查看是否收到。")
    return DONE
