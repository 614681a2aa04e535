"""What a night asked its rules about, kept for a second opinion: Parquet files, and a DuckDB file that shows them as
tables. What is in the tables belongs to ``expectations.judging``.

DuckDB takes longer to bring such tables into a file of its own than to ask all rules about them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from warehouse.connection import open_writer
from warehouse.files import remove
from warehouse.registry import quote_name, quote_text


def keep(database: Path, tables: Mapping[str, pl.DataFrame], batch: int) -> None:
    """Put the tables of a batch beside those of others, for ``database`` to show; what was kept under the same number
    is replaced. Batches may be kept at once."""
    for name, frame in tables.items():
        folder = _folder(database) / name
        folder.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(folder / f"{batch:06d}.parquet", compression="lz4", statistics=False)


def show(database: Path) -> None:
    """Make the DuckDB file anew: each table that was kept, of all batches."""
    unfinished = database.with_suffix(".unfinished")
    remove(unfinished)
    with open_writer(unfinished, threads=1) as connection:
        connection.begin()  # a transaction of its own for each would wait for the disk as often
        for folder in sorted(_folder(database).iterdir()):
            parts = quote_text(str(folder / "*.parquet"))
            connection.execute(f"CREATE VIEW {quote_name(folder.name)} AS FROM read_parquet({parts})")
        connection.commit()
    unfinished.rename(database)


def forget(database: Path) -> None:
    """Remove what was kept, if anything was."""
    remove(database)
    if _folder(database).exists():
        remove(_folder(database))


def _folder(database: Path) -> Path:
    return database.with_suffix("")
