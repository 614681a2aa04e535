"""``make bench``: writes samples into a temporary folder, measures, prints. Nothing of it is kept."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.judging import measure_judging
from benchmarks.media import measure_media
from benchmarks.nights import measure_mixed, measure_nights
from benchmarks.printing import show
from benchmarks.reading import measure_reading
from benchmarks.views import measure_views


def main() -> None:
    """Measures reading, judging, views, nights; ``--reports`` sets how many reports are stored in the nights' home."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--reports", type=int, default=1000, help="reports stored before the nights are measured")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as folder:
        show("Reading: file to facts", measure_reading(Path(folder) / "reading", reports=320))
        show("Reading by medium, beside others", measure_media(Path(folder) / "media"))
        show("Judging", measure_judging(Path(folder) / "judging", submissions=1000))
        show("Views", measure_views(Path(folder) / "views"))
        show("Nights of sixteen departments", measure_mixed(Path(folder) / "mixed"))
        show("Nights among many reports", measure_nights(Path(folder) / "nights", reports=arguments.reports))


if __name__ == "__main__":
    main()
