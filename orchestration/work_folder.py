"""The night's work folder: frames between the stages, as Parquet parts. Tables on their way to the build are staged."""

from __future__ import annotations

import shutil

import polars as pl

from warehouse.home import Home
from warehouse.staging import PREFIX, Staging


class WorkFolder:
    """Frames of one night by name, in parts; ``staging`` holds those that the build takes."""

    def __init__(self, home: Home, night_id: str) -> None:
        self.path = home.warehouse / f"{PREFIX}{night_id}"
        self.staging = Staging(self.path / "tables")

    def start(self) -> None:
        """Begin empty; what earlier nights, and earlier tries of this one, left goes."""
        for leftover in self.path.parent.glob(f"{PREFIX}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        self.path.mkdir(parents=True)

    def write(self, name: str, frame: pl.DataFrame) -> None:
        """Replace the frame of that name."""
        shutil.rmtree(self.path / name, ignore_errors=True)
        self.append(name, frame)

    def append(self, name: str, frame: pl.DataFrame) -> None:
        """Add a part to the frame of that name."""
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(folder / f"{len(list(folder.iterdir())):06d}.parquet")

    def forget(self, prefix: str) -> None:
        """Remove every frame whose name begins so."""
        for folder in self.path.glob(f"{prefix}*"):
            shutil.rmtree(folder)

    def has(self, name: str) -> bool:
        """Whether a frame of that name was written."""
        return (self.path / name).is_dir()

    def read(self, name: str) -> pl.DataFrame:
        """The frame of that name, all parts in order."""
        return pl.read_parquet(sorted((self.path / name).glob("*.parquet")))

    def read_all(self, prefix: str) -> dict[str, pl.DataFrame]:
        """Every frame whose name begins so, by the rest of its name."""
        names = sorted(path.name for path in self.path.glob(f"{prefix}*"))
        return {name.removeprefix(prefix): self.read(name) for name in names}
