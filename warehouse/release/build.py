"""Building a release: a folder of its own, made from the last release and the night's staging, audited, complete.

One writer, and nobody reads what it builds until ``warehouse.release.releases`` moves the folder into its place.
Killed or failed, it leaves only a folder that the next night clears away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb

from warehouse.connection import beside, open_writer
from warehouse.deferral import absent
from warehouse.errors import ReleaseFault, SystemFault
from warehouse.files import remove, sync_tree
from warehouse.home import Home
from warehouse.load.audit import audit_changes
from warehouse.load.content import Content
from warehouse.load.delta import Change, renew
from warehouse.load.staging import Staging
from warehouse.publication.board import FOLDER as BOARD
from warehouse.publication.board import board_form, write_board
from warehouse.publication.dictionary import Entry, Headings, entries
from warehouse.publication.page import render_page
from warehouse.registry import TABLES, quote_name, quote_text
from warehouse.release.foundation import CopyBase, copied_base, lay_tables, layout_of_tables
from warehouse.release.manifest import DATABASE, NAME, file_entries, linked_entries, write_manifest
from warehouse.release.meta import Figures, ReleaseOrder, write_contents, write_dictionary, write_release
from warehouse.release.releases import Release, Releases
from warehouse.release.tally import (
    Moves,
    contents_after,
    contents_before,
    false_totals,
    moves_of,
    row_counts,
    totals_of,
)
from warehouse.views.creation import create_views, layout_of_views

_THREADS = 1
"""A night changes little and asks much of it, and what it judged is counted on the other core meanwhile."""
_ZSTD_LEVEL = 1
"""A quarter quicker than the default, for a twelfth more bytes: a table that changes is written anew each night."""
_LARGE = 5 << 28
"""Bytes of a database from which two queries do not fit into a writer's memory at once and would wait for the disk."""
_PARQUET = "parquet"
_NOT_PUBLISHED = "发布未通过审核，未公布；现行发布不变。"


@dataclass(frozen=True, slots=True)
class Built:
    """A release that is complete and audited, and not yet published."""

    release_id: str
    folder: Path
    row_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Filled:
    """What the filled database file says of itself, for the pages and the manifest."""

    release: dict[str, Any]
    contents: dict[str, Content]
    row_counts: dict[str, int]
    dictionary: tuple[Entry, ...]


def build_release(
    home: Home,
    staging: Staging,
    base: Release | None,
    *,
    accepted: Iterable[int],
    superseded: Iterable[int],
    published_at: datetime,
    code_version: str,
    catalogue_version: str,
    quality_docs: Callable[[], Path] | None = None,
    copied_base: CopyBase = copied_base,
    release_id: str | None = None,
    headings: Headings = MappingProxyType({}),
    figures: Figures = MappingProxyType({}),
) -> Built:
    """Build and audit one release on top of ``base``, the newest one; for the holder of the home's lock.

    ``accepted`` are the submissions whose staged rows come into ``core``, in place of what they had there;
    ``superseded`` those whose rows leave it. ``quality_docs`` gives a folder (GX Data Docs) that becomes the
    release's ``quality/``; it is asked for last, when the data stand, and copied; what it raises ends the build.
    ``copied_base`` copies the base's file, or moves a copy into its place. ``release_id`` is by default the home's next
    one. ``headings`` are those of the source for the data dictionary, ``figures`` of the stages for meta.release.
    Nothing is published: that is ``Releases.publish``.

    ReleaseFault, with every violation, when the outcome is not sound or the base is damaged; SystemFault when
    DuckDB or the disk fails, or ``base`` is not the newest release. Nothing is left behind then.
    """
    releases = Releases(home)
    if releases.newest() != base:
        raise SystemFault("新发布必须以最新的发布为基础。", f"base {base}, newest {releases.newest()}")
    release_id = release_id or releases.next_id(published_at)
    order = ReleaseOrder(
        release_id, published_at, code_version, catalogue_version, frozenset(accepted), frozenset(superseded), figures
    )
    folder = releases.building(release_id)
    with _whole_or_gone(folder, release_id):
        filled = _fill(folder, staging, base, copied_base, order, headings, is_synthetic=home.is_synthetic)
        _complete(folder, filled, order, quality_docs() if quality_docs else None, base, is_synthetic=home.is_synthetic)
    return Built(release_id, folder, filled.row_counts)


@contextmanager
def _whole_or_gone(folder: Path, release_id: str) -> Iterator[None]:
    """An empty folder, which goes again unless the manifest comes into it; errors as faults of the family."""
    remove(folder)
    try:
        folder.mkdir(parents=True)
        yield
    except duckdb.ConstraintException as error:
        raise ReleaseFault(_NOT_PUBLISHED, [f"有数据行违反了表的约束：{error}"], str(error)) from error
    except (duckdb.Error, OSError) as error:
        raise SystemFault(f"无法建立发布 {release_id}：{error}", str(error)) from error
    finally:
        if not (folder / NAME).exists():
            remove(folder)


def _fill(
    folder: Path,
    staging: Staging,
    base: Release | None,
    copied_base: CopyBase,
    order: ReleaseOrder,
    headings: Headings,
    *,
    is_synthetic: bool,
) -> _Filled:
    """The database file, the Parquet files and the board; ReleaseFault when the audit finds anything."""
    copied = copied_base(folder / DATABASE, base)
    with absent(("pandas",)), open_writer(folder / DATABASE, _THREADS) as connection:
        if copied is None:
            lay_tables(connection, base)
        before, totals = contents_before(connection, copied), totals_of(connection)
        with beside(connection) as other, ThreadPoolExecutor(1) as pool:
            moves: list[Future[Moves]] = []
            changes = renew(
                connection,
                staging,
                order.accepted,
                order.superseded,
                lambda some: moves.append(pool.submit(moves_of, other, some)),
            )
            audited = pool.submit(audit_changes, other, staging, changes)
            untrue = false_totals(connection, totals, totals_of(connection))
            connection.begin()
            row = write_release(connection, order, base.release_id if base else None, changes)
            dictionary = _described(connection, copied, headings)
            contents = contents_after(before, [each.result() for each in moves])
            write_contents(connection, order.release_id, contents)
            connection.commit()
            counts = row_counts(connection)
            if violations := [*audited.result(), *untrue]:
                raise ReleaseFault(_NOT_PUBLISHED, violations)
            export = partial(_export, other, folder / _PARQUET, copied, changes, counts)
            board = partial(write_board, connection, folder / BOARD, copied, is_synthetic=is_synthetic)
            _export_and_board(pool, export, board, folder)
    return _Filled(row, contents, counts, dictionary)


def _export_and_board(
    pool: ThreadPoolExecutor, export: Callable[[], None], board: Callable[..., None], folder: Path
) -> None:
    """What ``export`` and ``board`` do, at once where the database is small; where a writer's memory does not hold what
    they need, again, one query at a time."""
    exported = pool.submit(export)
    try:
        if (folder / DATABASE).stat().st_size > _LARGE:
            exported.result()
        board(at_once=True)
        exported.result()
    except duckdb.OutOfMemoryException:
        wait([exported])
        remove(folder / _PARQUET)
        remove(folder / BOARD)
        export()
        board(at_once=False)


def _described(connection: duckdb.DuckDBPyConnection, copied: Release | None, headings: Headings) -> tuple[Entry, ...]:
    """Lays the views, unless the copied file has today's, and writes the data dictionary: its entries."""
    if copied is None or copied.manifest.get("views") != layout_of_views():
        create_views(connection)
    dictionary = entries(connection, headings)
    write_dictionary(connection, dictionary)
    return dictionary


def _export(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    copied: Release | None,
    changes: Sequence[Change],
    counts: Mapping[str, int],
) -> None:
    """Everything into the database file, and Parquet of every table, in the order of its keys; of a table that did not
    change, the last release's own sound file, linked."""
    connection.execute("CHECKPOINT")
    folder.mkdir()
    unchanged = {change.table.qualified_name for change in changes if change.is_empty}
    # All rows came in this night, in this order.
    in_order = {name for change in changes if change.added_count == counts[name := change.table.qualified_name]}
    for table in TABLES:
        name = f"{table.qualified_name}.parquet"
        if copied is not None and table.qualified_name in unchanged and copied.has_sound(f"{_PARQUET}/{name}"):
            os.link(copied.path / _PARQUET / name, folder / name)
            continue
        order = ", ".join(quote_name(key) for key in table.primary_key)
        ordered = "" if table.qualified_name in in_order else f" ORDER BY {order}"
        connection.execute(
            f"COPY (FROM {quote_name(table.qualified_name)}{ordered})"
            f" TO {quote_text(str(folder / name))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {_ZSTD_LEVEL})"
        )


def _complete(
    folder: Path,
    filled: _Filled,
    order: ReleaseOrder,
    quality_docs: Path | None,
    base: Release | None,
    *,
    is_synthetic: bool,
) -> None:
    """Everything beside the data; the manifest comes last, then all of it goes to the disk. What is linked to files of
    the base was found sound when it was linked, and has been on the disk since."""
    if (folder / f"{DATABASE}.wal").exists():
        raise SystemFault("数据库文件未能完整写入磁盘。", "write-ahead log left after checkpoint and close")
    page = render_page(filled.dictionary, release_id=order.release_id, is_synthetic=is_synthetic)
    (folder / "dictionary.html").write_text(page, "utf-8")
    if quality_docs is not None:
        shutil.copytree(quality_docs, folder / "quality")
    linked = linked_entries(folder, base.path, base.manifest) if base else {}
    kept = {folder / name for name in linked}
    for path in folder.rglob("*"):
        if path.is_file() and path not in kept:
            path.chmod(0o444)
    tables = {
        name: {"row_count": rows, "checksum": filled.contents[name].text if name in filled.contents else None}
        for name, rows in filled.row_counts.items()
    }
    layouts = {"layout": layout_of_tables(), "views": layout_of_views(), "board": board_form()}
    stated = {**filled.release, **layouts, "is_synthetic": is_synthetic, "tables": tables}
    write_manifest(folder, {**stated, "files": file_entries(folder, linked)})
    sync_tree(folder, kept)
