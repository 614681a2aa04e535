"""``make bench``: writes samples into a temporary folder, measures, prints, and records what reading costs."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.judging import measure_judging
from benchmarks.media import measure_media
from benchmarks.nights import measure_mixed, measure_nights
from benchmarks.printing import Figure, show
from benchmarks.reading import measure_reading
from benchmarks.record import cores, record
from benchmarks.views import measure_views

_MEDIA = {"text": "md", "docx": "docx", "xlsx": "xlsx", "pdf": "pdf"}


def main() -> None:
    """Measures reading, judging, views, nights; ``--reports`` sets how many reports are stored in the nights' home."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="reports stored before the nights are measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        show("Reading: file to facts", measure_reading(Path(folder) / "reading", reports=320))
        media = measure_media(Path(folder) / "media")
        show("Reading by medium, beside others", media)
        _record(media)
        show("Judging", measure_judging(Path(folder) / "judging", submissions=1000))
        show("Views", measure_views(Path(folder) / "views"))
        show("Nights of sixteen departments", measure_mixed(Path(folder) / "mixed"))
        show("Nights among many reports", measure_nights(Path(folder) / "nights", reports=arguments.reports))


def _record(media: list[Figure]) -> None:
    """Documents a second by all cores, reckoned from the CPU that one costs; and the same of the other programs."""
    rates = {figure.name: figure.value * cores() for figure in media}
    ours = {f"{name}_docs_per_s": rates[f"{medium} by jixiao, with all facts"] for name, medium in _MEDIA.items()}
    notes = {"command": "make bench", "documents_per_s": {name: round(rate, 1) for name, rate in rates.items()}}
    record("bench", ours, notes)


if __name__ == "__main__":
    main()
