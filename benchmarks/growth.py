"""``make bench-growth``: what a night costs against how much is stored and how much is new.

What is stored was read once: a home of a thousand reports, whose release is multiplied by SQL, each copy a department
of its own under keys of its own, and built by the same build. Copies share their originals in the archive.
"""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.districts import of_copy
from benchmarks.printing import Figure, show
from benchmarks.record import record
from benchmarks.whole_night import correct, home_for, whole_night
from orchestration.settings import load_registry, load_settings
from samples.write import write_samples
from transforms.reading import READER_VERSION
from transforms.star.dimensions import conformed_dimensions
from warehouse.connection import open_reader
from warehouse.home import Home, exclusive
from warehouse.load.refresh import Refresh, refresh_of
from warehouse.load.staging import Staging
from warehouse.registry import TABLES, quote_name, quote_text
from warehouse.release.build import build_release
from warehouse.release.releases import Release, Releases
from warehouse.schema import Table

STORED, NEW = (1000, 10_000, 100_000), (0, 1, 100, 1000)
READ = 1000
"""Reports that are really read."""
YEAR = 2023


def main() -> None:
    """Measures, prints and records the curves."""
    with tempfile.TemporaryDirectory(prefix="jixiao-growth-") as folder:
        figures = measure_growth(Path(folder), STORED, NEW)
    show("Growth", figures)
    notes = {f"{figure.name}, {figure.unit}": round(figure.value, 2) for figure in figures}
    record("bench-growth", {}, {"command": "make bench-growth", **notes})


def measure_growth(folder: Path, stored: tuple[int, ...], new: tuple[int, ...]) -> list[Figure]:
    """A night for every number of stored reports (thousands of them) and of new ones."""
    first = home_for(folder / "read", Path("registry.csv"))
    with first.config.open("a", encoding="utf-8") as config:
        config.write("keep_releases = 2\n")  # a hundred thousand reports are several GiB each time
    write_samples(first.path, READ, [YEAR], media=["md"])
    whole_night(first)
    figures = []
    for number in stored:
        home = Home(folder / f"stored-{number}")
        shutil.copytree(first.path, home.path, symlinks=True)
        multiply(home, number // READ)
        whole_night(home)  # the ledger comes to know what was multiplied
        for count in new:
            correct(home.inbox, count)
            spent, _ = whole_night(home)
            name = f"{count} new over {number:,} stored"
            figures += [Figure(name, spent.cpu_s, "s of CPU"), Figure(name, spent.wall_s, "s")]
        shutil.rmtree(home.path)
    return figures


def multiply(home: Home, times: int) -> None:
    """A release of the home with every submission so many times."""
    (home.path / "registry.csv").write_text(_registry((home.path / "registry.csv").read_text("utf-8"), times), "utf-8")
    base, now = Releases(home).newest(), datetime.now(UTC)
    assert base is not None, "a night has published"
    staging = Staging(home.warehouse / "multiplied").create()
    with exclusive(home):
        accepted = _stage(home, base, staging, times)
        built = build_release(
            home,
            staging,
            base,
            accepted=accepted,
            superseded=(),
            published_at=now,
            code_version=READER_VERSION,
            catalogue_version=base.manifest["catalogue_version"],
        )
        Releases(home).publish(built.release_id)
    shutil.rmtree(staging.folder)


def _registry(text: str, times: int) -> str:
    """The registry with every department so many times, under names of their own."""
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    for copy in range(times):
        for department_id, name, short_name, aliases, *others in rows[1:]:
            if copy == 0:
                writer.writerow([department_id, name, short_name, aliases, *others])
            else:
                writer.writerow([f"{department_id}-{copy}", f"{name}{copy}号", f"{short_name}{copy}号", "", *others])
    return out.getvalue()


def _stage(home: Home, base: Release, staging: Staging, times: int) -> list[int]:
    """Copies of all rows that follow submissions or departments; the keys of the submissions that come into force."""
    settings = load_settings(home)
    shared = conformed_dimensions(load_registry(home, settings), [YEAR], settings.month_and_day)
    for name, frame in shared.items():
        staging.append(name, frame)
    with open_reader(base.database) as connection:
        connection.register("department", shared["core.dim_department"])
        for table in TABLES:
            if refresh_of(table) not in (Refresh.BUILT, Refresh.REPLACED) or table.qualified_name == "quality.roster":
                folder = staging.folder / table.qualified_name
                folder.mkdir()
                target = quote_text(str(folder / "000000.parquet"))
                connection.execute(f"COPY ({_copies(table, times)}) TO {target} (FORMAT parquet)")
        keys = f"SELECT submission_key FROM ({staging.relation('core.dim_submission')})"
        return [key for (key,) in connection.execute(keys).fetchall()]


def _copies(table: Table, times: int) -> str:
    first = 0 if table.qualified_name == "quality.roster" else 1
    named = f"SELECT {', '.join(_columns(table))} FROM {quote_name(table.qualified_name)} AS r, range({first}, {times})"
    copies = f"{named} AS copies(copy)"
    if "department_key" not in table.column_names:
        return copies
    others = "* EXCLUDE (department_key)"
    department = "any_value(department_key) AS department_key"
    return (
        f"SELECT c.{others}, d.department_key FROM ({copies}) AS c JOIN core.dim_department AS o USING (department_key)"
        f" JOIN (SELECT department_id, {department} FROM department GROUP BY ALL) AS d"
        f" ON d.department_id = o.department_id || '-' || c.copy"
    )


def _columns(table: Table) -> Iterator[str]:
    """Those of a copy; the key of a department is that of its registry, and found by ``copy``."""
    if "department_key" in table.column_names:
        yield "copy"
    for column in table.columns:
        yield quote_name(column.name) if column.name == "department_key" else of_copy(column)


if __name__ == "__main__":
    main()
