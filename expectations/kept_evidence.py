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


def keep(database: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    """Put a batch's tables behind those of the batches before; ``database`` is the DuckDB file, made if absent."""
    with open_writer(database, threads=1) as connection:
        connection.begin()
        for name, frame in tables.items():
            folder = _folder(database) / name
            folder.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(
                folder / f"{len(list(folder.iterdir())):06d}.parquet", compression="lz4", statistics=False
            )
            parts = quote_text(str(folder / "*.parquet"))
            connection.execute(f"CREATE VIEW IF NOT EXISTS {quote_name(name)} AS FROM read_parquet({parts})")
        connection.commit()


def forget(database: Path) -> None:
    """Remove what was kept, if anything was."""
    remove(database)
    if _folder(database).exists():
        remove(_folder(database))


def _folder(database: Path) -> Path:
    return database.with_suffix("")
