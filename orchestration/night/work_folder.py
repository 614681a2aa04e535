"""The night's work folder: frames between the stages, as Parquet parts. Tables on their way to the build are staged.

A frame may lie there in portions: those of some departments each, so that a stage holds no more than one in memory.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from warehouse.home import Home
from warehouse.load.staging import PREFIX, Staging

STAR, SHARED, SOUND = "star.", "shared.", "sound."
"""How the names of tables' frames begin: what documents feed, what no document does, and the rows of both that keep
their contract."""
_BYTES_AT_ONCE = 16 << 20
"""Parts are divided so many bytes at a time; in memory they are several times as large."""


class WorkFolder:
    """Frames of one night by name, in portions and parts; ``staging`` holds those that the build takes."""

    def __init__(self, home: Home, night_id: str) -> None:
        self.path = home.warehouse / f"{PREFIX}{night_id}"
        self.staging = Staging(self.path / "tables")

    def start(self) -> None:
        """Begin empty; what earlier nights, and earlier tries of this one, left goes."""
        for leftover in self.path.parent.glob(f"{PREFIX}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self.path.mkdir(parents=True)

    def write(self, name: str, frame: pl.DataFrame, portion: int = 0) -> None:
        """Replace a portion of the frame of that name; that of the first all of it."""
        shutil.rmtree(self.path / name if portion == 0 else self._portion(name, portion), ignore_errors=True)
        self.append(name, frame, portion)

    def append(self, name: str, frame: pl.DataFrame, portion: int = 0) -> None:
        """Add a part to a portion of the frame of that name: quickly written rather than small, as no part outlives the
        night."""
        folder = self._portion(name, portion)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{len(list(folder.iterdir())):06d}.parquet"
        frame.write_parquet(path, compression="lz4", statistics=False)

    def link(self, name: str, into: str, portion: int) -> None:
        """Replace a portion of the frame ``into`` by that of the frame ``name``, which has the same rows."""
        target = self._portion(into, portion)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in self._paths(name, portion):
            os.link(path, target / path.name)

    def divide(self, name: str, into: str, portions: pl.DataFrame) -> None:
        """Move a frame to the name ``into``, its rows in portions by document_key (``portions``: document_key,
        portion), in their order."""
        source, target = self.path / name, self.path / into
        shutil.rmtree(target, ignore_errors=True)
        count = portions["portion"].n_unique()
        if count <= 1:
            source.rename(target)
            return
        for paths in self._some_at_once(name):
            rows = pl.read_parquet(paths).join(portions, on="document_key", how="left", maintain_order="left")
            for (portion,), part in rows.partition_by("portion", as_dict=True, include_key=False).items():
                self.append(into, part, portion)
        empty = self.scan(name).head(0).collect()
        for portion in range(count):
            if not self._paths(into, portion):
                self.append(into, empty, portion)
        shutil.rmtree(source)

    def forget(self, prefix: str) -> None:
        """Remove every frame whose name begins so."""
        for folder in self.path.glob(f"{prefix}*"):
            shutil.rmtree(folder)

    def has(self, name: str) -> bool:
        """Whether a frame of that name was written."""
        return (self.path / name).is_dir()

    def scan(self, name: str, portion: int | None = None) -> pl.LazyFrame:
        """The frame of that name, or one portion of it, all parts in order."""
        return pl.scan_parquet(self._paths(name, portion))

    def read(self, name: str, portion: int | None = None) -> pl.DataFrame:
        """The same in memory."""
        return pl.read_parquet(self._paths(name, portion))

    def read_all(self, prefix: str, portion: int | None = None) -> dict[str, pl.DataFrame]:
        """Every frame whose name begins so, or one portion of those that have it, by the rest of its name."""
        names = [name for name in self._names(prefix) if self._paths(name, portion)]
        return {name.removeprefix(prefix): self.read(name, portion) for name in names}

    def parts(self, prefix: str) -> Iterator[tuple[str, Path]]:
        """Every part of every frame whose name begins so, portion by portion, with the rest of its name."""
        for name in self._names(prefix):
            for path in self._paths(name):
                yield name.removeprefix(prefix), path

    def _names(self, prefix: str) -> list[str]:
        return sorted(path.name for path in self.path.glob(f"{prefix}*"))

    def _portion(self, name: str, portion: int) -> Path:
        return self.path / name / f"{portion:06d}"

    def _paths(self, name: str, portion: int | None = None) -> list[Path]:
        return sorted((self.path / name).glob("*/*.parquet" if portion is None else f"{portion:06d}/*.parquet"))

    def _some_at_once(self, name: str) -> list[list[Path]]:
        batches: list[list[Path]] = [[]]
        size = 0
        for path in self._paths(name):
            if size > _BYTES_AT_ONCE:
                batches.append([])
                size = 0
            batches[-1].append(path)
            size += path.stat().st_size
        return batches
