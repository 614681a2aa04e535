"""``jixiao releases``, ``rollback`` and ``verify``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from orchestration.cli.commands import command
from orchestration.cli.outcome import DONE, SYSTEM_FAILED
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.release.releases import Release

_TITLES = {
    "mark": "",
    "release_id": "发布",
    "published_at": "时间",
    "submissions": "采纳份数",
    "base": "基于",
    "state": "状态",
}


@command("releases", "列出全部发布，当前的以 * 标出。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def releases_command(home: Home, as_json: bool) -> None:
    """Lists releases, newest first."""
    from orchestration.cli.printing import print_json, print_table
    from warehouse.release.releases import Releases

    releases = Releases(home)
    current = releases.current()
    rows = [
        {
            "mark": "*" if current is not None and release.release_id == current.release_id else "",
            "is_current": current is not None and release.release_id == current.release_id,
            "release_id": release.release_id,
            **_stated(release),
        }
        for release in reversed(releases.list())
    ]
    if as_json:
        told = [{**row, "is_damaged": bool(row["state"])} for row in rows]
        print_json([{name: value for name, value in row.items() if name not in ("mark", "state")} for row in told])
    elif rows:
        print_table(rows, _TITLES)
    else:
        click.echo("还没有任何发布。请先运行 jixiao nightly。")


def _stated(release: Release) -> dict[str, object]:
    """What its manifest says; of a damaged one that it is, so that another can be chosen."""
    from warehouse.errors import ReleaseFault
    from warehouse.identifiers import instant_of

    try:
        stated = release.manifest
    except ReleaseFault:
        return {"published_at": instant_of(release.release_id), "submissions": None, "base": None, "state": "已损坏"}
    return {
        "published_at": datetime.fromisoformat(stated["published_at"]),
        "submissions": stated["submission_count"],
        "base": stated["base_release_id"],
        "state": "",
    }


@command("rollback", "把当前发布退回到 RELEASE_ID；读者不受打扰，什么也不删。")
@click.argument("release_id")
@click.pass_obj
def rollback_command(home: Home, release_id: str) -> None:
    """Moves the link to an earlier release."""
    from warehouse.release.releases import Releases

    Releases(home).rollback(release_id)
    click.echo(f"当前发布已是 {release_id}。")


@command("verify", "核验发布（缺省为当前发布）：文件的校验和、行数与合计、归档的每份原件和记录、台账。")
@click.argument("release_id", required=False)
@click.option("--full", is_flag=True, help="逐表重算校验和并复核全部约束")
@click.pass_obj
def verify_command(home: Home, release_id: str | None, full: bool) -> int:
    """Proves a release; every problem is a sentence."""
    from warehouse.archive.proof import everything
    from warehouse.desk import release_of
    from warehouse.release.nightly_proof import record_problems
    from warehouse.release.releases import MENDED_BY, Releases

    chosen = release_of(home, release_id)
    problems = [
        *Releases(home).verify(chosen.release_id, full=full),
        *record_problems(home, chosen, everything),
    ]
    for problem in problems:
        click.echo(f"✗ {problem}")
    said = f"发现 {len(problems)} 个问题。{MENDED_BY}" if problems else "核验无误。"
    click.echo(f"{chosen.release_id}：{said}")
    return SYSTEM_FAILED if problems else DONE
