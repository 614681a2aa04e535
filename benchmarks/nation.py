"""``make bench-nation``: a nation's year, a report a township, through a night and through its stages; the next night.

The input is written first and not counted: text reports, a tenth of them docx with forms in xlsx beside. Two homes take
it in: one by its stages as a library, whose release and evidence the floors are measured on, the other by a night as a
user starts it, and by the next night.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.floors import seconds_of_rules, seconds_of_tables
from benchmarks.printing import Figure, show
from benchmarks.process_tree import Spent
from benchmarks.record import record
from benchmarks.whole_night import correct, home_for, whole_night
from samples.departments import departments, registry_csv
from samples.write import DEFAULT_SEED, samples
from warehouse.home import Home
from warehouse.release.releases import Releases

UNITS = 38_602
"""Townships, towns and sub-districts of the country."""
YEAR = 2023
_CHANGED = 100
"""Of so many reports one is corrected before the next night."""
_LEAST = 0.01
"""Seconds of CPU that a stage takes at least, as they are counted."""
_OTHER_MEDIA = 10
"""Of so many units one sends docx, with its forms in xlsx."""


class Made(NamedTuple):
    """Files that came in, and rows of all tables of the release that was made of them."""

    files: int
    rows: int

    def per_core_second(self, spent: Spent) -> dict[str, int]:
        """How many of each a second of CPU sees through a stage."""
        return {f"{name}_per_cpu_s": round(count / max(spent.cpu_s, _LEAST)) for name, count in self._asdict().items()}


def main() -> None:
    """Writes the input, runs the nights, prints the figures and records them."""
    parser = argparse.ArgumentParser(prog="make bench-nation", description=__doc__)
    parser.add_argument("--units", type=int, default=UNITS, help="how many units send a report")
    parser.add_argument("--folder", type=Path, help="where to work (by default a temporary folder)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-nation-", dir=arguments.folder) as folder:
        inbox = Path(folder) / "inbox"
        files = _write(Path(folder), inbox, arguments.units)
        library = home_for(Path(folder) / "library", Path(folder) / "registry.csv")
        stages = _stages(library, inbox)
        floors, rows = _floors(library), _rows(library)
        home = home_for(Path(folder) / "night", Path(folder) / "registry.csv")
        night, _ = whole_night(home, inbox)
        correct(inbox, arguments.units // _CHANGED)
        after, _ = whole_night(home, inbox)
    _tell(arguments.units, Made(files, rows), stages, floors, night, after)


def _write(folder: Path, inbox: Path, units: int) -> int:
    """Inbox and registry; the number of files."""
    listed = departments(units, [YEAR], DEFAULT_SEED)
    (folder / "registry.csv").write_text(registry_csv(listed), "utf-8")
    in_text = units - units // _OTHER_MEDIA
    parts = ((listed[:in_text], ("md", "txt")), (listed[in_text:], ("docx", "xlsx")))
    count = 0
    for some, media in parts:
        for sample in samples(some, [YEAR], media=media):
            path = inbox / sample.file_name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sample.content)
            count += 1
    (inbox.parent / "SYNTHETIC").write_text("benchmark", "utf-8")
    return count


def _stages(home: Home, inbox: Path) -> dict[str, Spent]:
    """What each stage spends, called as a library in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.stages", str(home.path), str(inbox)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {each.pop("stage"): Spent(**each) for each in told}


def _floors(home: Home) -> dict[str, float]:
    """CPU seconds of DuckDB alone: the final tables written, the rules asked."""
    release = Releases(home).newest()
    (evidence,) = home.warehouse.glob("*/evidence.duckdb")
    assert release is not None, "the stages have published"
    return {
        "tables": seconds_of_tables(release, home.warehouse / "floor.duckdb"),
        "rules": seconds_of_rules(evidence, release, home.warehouse / "floor"),
    }


def _rows(home: Home) -> int:
    """The rows of all tables of its release."""
    release = Releases(home).newest()
    assert release is not None, "the stages have published"
    return sum(table["row_count"] for table in release.manifest["tables"].values())


def _tell(
    units: int, made: Made, stages: dict[str, Spent], floors: dict[str, float], night: Spent, after: Spent
) -> None:
    own = {name: spent.own_cpu_s for name, spent in stages.items()}  # without Great Expectations, which works beside
    figures = {
        "build_over_floor": (own["conform"] + own["build"]) / floors["tables"],
        "judge_over_sql": own["judge"] / floors["rules"],
        "night_over_stages": night.wall_s / sum(spent.wall_s for spent in stages.values()),
        "nation_seconds": night.wall_s,
        "nation_peak_gib": night.peak_gib,
        "nation_next_seconds": after.wall_s,
    }
    title = f"A nation's year: {units} units, {made.files} files, {made.rows} rows"
    show(title, [Figure(name, value, "") for name, value in figures.items()])
    nights = {**stages, "night": night, "next night": after}
    table = {name: {**_rounded(spent), **made.per_core_second(spent)} for name, spent in nights.items()}
    for unit in table["night"]:
        show(unit, [Figure(name, spent[unit], unit) for name, spent in table.items()])
    floor = {f"floor_of_{name}_cpu_s": round(seconds, 2) for name, seconds in floors.items()}
    notes = {"command": f"make bench-nation UNITS={units}", "units": units, **made._asdict(), "spent": table, **floor}
    record("bench-nation", figures, notes)


def _rounded(spent: Spent) -> dict[str, float]:
    return {unit: round(value, 2) for unit, value in spent._asdict().items()}


if __name__ == "__main__":
    main()
