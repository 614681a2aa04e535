"""Documents a second and core by medium, beside programs that turn the same files into text and extract no facts.

All in CPU seconds, each program in a process of its own, its start and its imports left out: what a further document
costs. The comparison needs ``benchmarks/requirements.lock``; pandoc reads neither pdf nor xls.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.printing import Figure
from samples.write import write_samples

DOCUMENTS = {"md": 48, "docx": 48, "html": 48, "xlsx": 48, "pdf": 12}
"""How many departments' files are read of each medium."""
_PANDOC_READS = frozenset(("docx", "html", "xlsx"))
_OURS = """\
from transforms.departments.registry import Registry
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from warehouse.processes import collect_rarely
registry = Registry(())
collect_rarely()  # as a reader of a night does
def read(path):
    extract(read_document(path.read_bytes(), path.name), registry)
"""
_MARKITDOWN = """\
from markitdown import MarkItDown
converter = MarkItDown(enable_plugins=False)
def read(path):
    converter.convert_local(path)
"""
_TIMED = """
import sys, time
from pathlib import Path
paths = [Path(name) for name in sys.argv[1:]]
read(paths[0])
started = time.process_time()
for path in paths:
    read(path)
print(time.process_time() - started)
"""


def measure_media(folder: Path) -> list[Figure]:
    """Every medium by every program that reads it."""
    figures = []
    for medium, count in DOCUMENTS.items():
        samples = write_samples(folder / medium, departments=count, years=[2023], media=[medium])
        paths = [str(samples.inbox / name) for name in samples.files]
        for program, cost in _programs(medium).items():
            figures.append(Figure(f"{medium} by {program}", len(paths) / cost(paths), "documents/s and core"))
    return figures


def _programs(medium: str) -> dict[str, Callable[[Sequence[str]], float]]:
    programs = {
        "jixiao, with all facts": lambda paths: _python(_OURS, paths),
        "markitdown, text only": lambda paths: _python(_MARKITDOWN, paths),
    }
    if medium in _PANDOC_READS:
        programs["pandoc, text only"] = lambda paths: _pandoc(paths) - _pandoc(paths[:1])
    return programs


def _python(reader: str, paths: Sequence[str]) -> float:
    command = [sys.executable, "-W", "ignore", "-c", reader + _TIMED, *paths]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _pandoc(paths: Sequence[str]) -> float:
    from pypandoc import get_pandoc_path

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([get_pandoc_path(), "--to=plain", "--output=/dev/null", *paths], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
