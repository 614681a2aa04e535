"""``jixiao serve``: the releases over HTTP or HTTPS."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import click

from orchestration.cli.commands import ReadableFile, command
from warehouse.home import Home

_PORT = 8686


@command("serve", "在局域网上提供看板、数据字典和发布文件（HTTP 或 HTTPS）；按 Ctrl+C 停止。")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听的地址；非本机地址须有口令")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="端口，0 为任意")
@click.option("--token", envvar="JIXIAO_TOKEN", metavar="口令", help="访问口令；也可用环境变量 JIXIAO_TOKEN")
@click.option("--cert", type=ReadableFile(), metavar="文件", help="证书（PEM，含中间证书）；给出后只提供 HTTPS")
@click.option("--key", type=ReadableFile(), metavar="文件", help="证书的私钥（PEM，不带口令）")
@click.pass_obj
def serve_command(home: Home, host: str, port: int, token: str | None, cert: Path | None, key: Path | None) -> None:
    """Serves until it is interrupted; follows each new release."""
    from uvicorn import Server

    from orchestration.operations.serving import check_access, check_certificate, configuration

    check_access(host, token)
    check_certificate(cert, key)
    listening = _listen(host, port)
    address = f"{'https' if cert else 'http'}://{_name_of(host)}:{listening.getsockname()[1]}"
    path = f"{address}/t/口令" if token else address
    click.echo(f"看板：{path}/")
    click.echo(f"DuckDB：ATTACH '{path}/current/warehouse.duckdb' AS warehouse (READ_ONLY)")
    with suppress(KeyboardInterrupt):
        Server(configuration(home, token, cert, key)).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    from warehouse.errors import SystemFault
    from warehouse.reasons import reason_of

    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise SystemFault(f"无法在 {host} 的端口 {port} 上提供服务：{reason_of(error)}。", str(error)) from error


def _name_of(host: str) -> str:
    """What others write to reach the host."""
    if host in ("0.0.0.0", "::"):
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host
