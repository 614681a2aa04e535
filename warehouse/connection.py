"""The only place that opens DuckDB, or tells another library how to. No query belongs here.

Every connection: no extension is ever fetched or loaded by itself, the session's time zone is UTC, and nothing is
drawn between what a command prints.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import duckdb

from warehouse.errors import SystemFault

if TYPE_CHECKING:
    import polars as pl

os.environ.setdefault("ACERO_ALIGNMENT_HANDLING", "reallocate")
"""DuckDB reads frames through Arrow, which would complain to the operator where a list of polars has no values."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

_DAMAGED = "它可能已损坏：用 jixiao verify 核验，用 jixiao rollback 回到完好的发布，或用 jixiao rebuild 从档案重做。"

_CORRUPT = "Corrupt database file"
"""What DuckDB says of a block whose checksum is not the one it was written with."""

_WRITER_MEMORY = "2GiB"
"""Whatever the number of rows: a small machine must be able to build a nation's year."""


def open_writer(path: Path, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A writing connection to the file, made if absent; SystemFault if another process has it open. What does not fit
    into the memory that a writer may take waits on the disk, beside the file.

    ``threads``: how many work on a query, by default one a core.
    """
    return _open(path, read_only=False, threads=threads, memory=_WRITER_MEMORY)


def beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another connection to what ``connection`` is to, for a thread of its own."""
    return _set_up(connection.cursor())


def open_reader(path: Path, *, confined: bool = False) -> duckdb.DuckDBPyConnection:
    """A read-only connection to what ``path`` leads to now.

    Links are resolved first: a process that still holds the file of an earlier release under the same name
    would be given that one again. ``confined`` bars every other file from queries that come from outside; in
    one process it holds for all connections to the file.
    """
    connection = _open(path.resolve(), read_only=True)
    if confined:
        connection.execute("SET enable_external_access = false")
    return connection


def open_memory(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database of its own in memory, for work on Parquet files and frames; ``threads`` as open_writer takes them."""
    return _open(Path(":memory:"), read_only=False, threads=threads)


@dataclass(frozen=True, slots=True)
class _Lent:
    """A frame behind the one door of polars that DuckDB takes rows through as they are."""

    frame: pl.DataFrame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows, as often as they are asked for."""
        return self.frame.__arrow_c_stream__(requested_schema)


def lend(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Show the frame as a table, its texts as polars keeps them; DuckDB would copy what it knows to be of polars."""
    connection.register(name, _Lent(frame))


def damage(error: Exception) -> SystemFault | None:
    """The fault to raise when a query met a damaged block of a release; None for every other error."""
    if _CORRUPT not in str(error):
        return None
    return SystemFault(f"发布的数据库文件读到一半出错。{_DAMAGED}", str(error))


def sqlalchemy_url(path: Path) -> str:
    """The SQLAlchemy URL that opens the file read-only with the same settings, the time zone apart: DuckDB takes it
    only after opening, so queries through this URL must not rest on it. One thread works on each: the file shows small
    tables, and other work is done beside it.

    In one process the file must not be open through this module at the same time: the engine names itself in
    its configuration, and DuckDB refuses to mix.
    """
    resolved = str(path.resolve())
    if "?" in resolved:
        raise SystemFault("数据目录的路径中不能有问号。", f"question mark in {resolved}")
    settings = {"access_mode": "read_only", "threads": 1, **_CONFIG}
    return f"duckdb:///{resolved}?{urlencode(settings)}"


def _open(
    path: Path, *, read_only: bool, threads: int | None = None, memory: str | None = None
) -> duckdb.DuckDBPyConnection:
    wanted = {"threads": threads, "memory_limit": memory}
    config = {**_CONFIG, **{name: value for name, value in wanted.items() if value is not None}}
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        advice = _DAMAGED if read_only else ""
        raise SystemFault(f"无法打开数据库文件“{path.name}”。{advice}", str(error)) from error
    return _set_up(connection)


def _set_up(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    return connection
