"""Proving a release: its files, tables and archived originals against what was published. Reads only."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.archive.archive import Archive
from warehouse.archive.proof import Due, everything, original_problems
from warehouse.connection import open_reader
from warehouse.errors import SystemFault
from warehouse.load.audit import audit_whole
from warehouse.load.content import Content, content_of
from warehouse.load.delta import counts_of
from warehouse.registry import TABLES, quote_name
from warehouse.registry import table as table_named
from warehouse.release.manifest import DATABASE, Manifest, file_problems, is_sound, plain, read_manifest
from warehouse.release.meta import totals_row


def problems_of(
    folder: Path, *, archive: Archive | None = None, full: bool = False, is_due: Due = everything
) -> list[str]:
    """What is wrong with a release's folder, and with the originals in ``archive``, as Chinese sentences.

    Files against the manifest, row counts and totals; ``full`` also reckons every checksum anew and audits every row.
    Of the originals, existence and size, and the hash of those that are due. A database file that is not as it was
    published is not opened.
    """
    try:
        manifest = read_manifest(folder)
    except (OSError, ValueError):
        return ["清单 manifest.json 缺失或损坏。"]
    problems = file_problems(folder, manifest)
    if problems and not is_sound(folder, manifest, DATABASE):
        return problems
    try:
        with open_reader(folder / DATABASE) as connection:
            problems += _table_problems(connection, manifest, full=full)
            problems += original_problems(archive, _originals(connection), is_due) if archive else []
    except (duckdb.Error, SystemFault) as error:
        problems.append(f"数据库文件 {DATABASE} 无法读取：{error}")
    return problems


def _originals(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """SHA-256 and size of every file received."""
    return connection.sql("SELECT DISTINCT sha256, byte_count FROM quality.received_file ORDER BY ALL").fetchall()


def _table_problems(connection: duckdb.DuckDBPyConnection, manifest: Manifest, *, full: bool) -> list[str]:
    problems = []
    published = manifest["tables"]
    listed = [table for table in TABLES if table.qualified_name in published]
    counts = counts_of(connection, [quote_name(table.qualified_name) for table in listed])
    for table, rows in zip(listed, counts, strict=True):
        entry = published[table.qualified_name]
        if rows != entry["row_count"]:
            problems.append(f"数据表 {table.qualified_name} 应有 {entry['row_count']} 行，实有 {rows} 行。")
        elif full and entry["checksum"] is not None:
            expected = Content.of_text(entry["row_count"], entry["checksum"])
            if content_of(connection, table) != expected:
                problems.append(f"数据表 {table.qualified_name} 的内容与发布时的校验值不符。")
    totals = plain(totals_row(connection).to_dicts()[0])
    if wrong := [name for name, value in totals.items() if manifest[name] != value]:
        titles = "、".join(table_named("meta.release").column(name).title for name in wrong)
        problems.append(f"表中的合计与发布时的合计不符：{titles}。")
    return problems + (audit_whole(connection) if full else [])
