"""``jixiao export``: tables and views of a release as files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from orchestration.cli.commands import Place, command
from warehouse.home import Home


@command("export", "把发布中的数据表和视图导出为文件，另附说明；已有的文件不覆盖。")
@click.option(
    "--format", "form", type=click.Choice(["parquet", "csv", "xlsx"]), default="xlsx", show_default=True, help="样式"
)
@click.option("--out", required=True, type=Place(file_okay=False), help="写到哪个目录")
@click.option("--table", "tables", multiple=True, metavar="名称", help="只导出这张数据表，可多次")
@click.option("--view", "views", multiple=True, metavar="名称", help="只导出这个视图，可多次")
@click.option("--release", "release_id", metavar="发布", help="导出另一发布，缺省为当前发布")
@click.pass_obj
def export_command(
    home: Home, form: str, out: Path, tables: tuple[str, ...], views: tuple[str, ...], release_id: str | None
) -> None:
    """Writes every table of core and every view, or those that are named, and says what was written."""
    from warehouse.desk import open_release, release_of
    from warehouse.publication.export import Source, chosen, export, exportables

    home.keep_clear(out)
    release = release_of(home, release_id)
    with open_release(home, release.release_id) as connection:
        published_at = datetime.fromisoformat(release.manifest["published_at"])
        source = Source(connection, release.release_id, published_at, release.manifest["is_synthetic"])
        wanted = chosen(exportables(connection), [*tables, *views])
        for written in export(source, wanted, form, out):
            click.echo(f"{written.path}  {written.rows:,} 行")
