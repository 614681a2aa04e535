"""``make queries``: writes docs/queries.md with its pictures from a night on samples."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from orchestration.jobs import run_nightly
from orchestration.queries_page import PICTURES, queries_page, write_sample_home

DOCUMENTS = Path("docs")
NIGHT = datetime(2025, 1, 1, 18, tzinfo=UTC)
"""After the deadlines of all years, as any night is that the reader of the page runs."""


def main() -> None:
    """Replaces the page and its pictures; RuntimeError when the night fails."""
    with tempfile.TemporaryDirectory(prefix="jixiao-queries-") as folder:
        home = write_sample_home(Path(folder))
        result = run_nightly(home, None, NIGHT)
        if not result.success:
            raise RuntimeError(f"the night failed: {result.message}")
        for old in DOCUMENTS.glob(PICTURES.format("*")):
            old.unlink()
        for name, text in queries_page(home).items():
            (DOCUMENTS / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
