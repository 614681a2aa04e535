"""``make fuzz``: thousands of damaged files of every medium, read under the limits of the reading pool.

Prints how each medium's files ended; ends with status 1 when a reader crashed, hung or lost a file, and keeps those
files. What a reader may refuse is its own affair.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.printing import Figure, show
from samples.forms import FORM_MEDIA
from samples.media import WRITERS
from samples.write import write_samples
from transforms.departments.registry import Registry
from transforms.reading_file import ReadItem, Refused
from transforms.reading_pool import ReadingPool

SECONDS = 20.0
_SEEDS_A_MEDIUM = 4
_SAFE = frozenset(("read", "refused", "memory"))
_STRETCH = 4096


def main() -> int:
    """Damages and reads; ``--files`` files in all, ``--seed`` makes them the same again."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where files that broke a reader are kept")
    arguments = parser.parse_args()
    media = [*WRITERS, *FORM_MEDIA]
    broken = 0
    for medium in media:
        outcomes, bad = _fuzz(medium, arguments.files // len(media), arguments.seed)
        show(f"Damaged {medium} files", [Figure(name, count, "files") for name, count in sorted(outcomes.items())])
        for name, content in bad:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / name).write_bytes(content)
        broken += len(bad)
    return 1 if broken else 0


def _fuzz(medium: str, count: int, seed: int) -> tuple[Counter[str], list[tuple[str, bytes]]]:
    """Outcomes of ``count`` damaged files of the medium, and those that broke a reader."""
    with tempfile.TemporaryDirectory(prefix="jixiao-fuzz-") as folder:
        written = write_samples(Path(folder), _SEEDS_A_MEDIUM, [2023], media=[medium])
        sound = [(written.inbox / name).read_bytes() for name in written.files]
        registry = Registry.load(written.registry)
    outcomes: Counter[str] = Counter()
    bad: list[tuple[str, bytes]] = []
    answered = 0
    with ReadingPool(registry, 2, SECONDS) as pool:
        results = pool.read(
            ReadItem(number, "", content) for number, content in enumerate(_damaged(sound, count, seed))
        )
        for content, result in zip(_damaged(sound, count, seed), results, strict=True):
            answered += 1
            outcome = _name(result)
            outcomes[outcome] += 1
            if outcome not in _SAFE:
                bad.append((f"{outcome}-{answered}.{medium}", content))
    return outcomes, bad


def _name(result: object) -> str:
    if not isinstance(result, Refused):
        return "read"
    if not result.is_system_fault:
        return "refused"
    return {"memory_limit": "memory", "time_limit": "hung", "worker_died": "crashed"}.get(
        result.detail.partition(":")[0], "fault"
    )


def _damaged(sound: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """The same damaged files for the same seed: bytes of a file, or of a member of its package, changed."""
    draw = Random(seed)
    for _ in range(count):
        content = draw.choice(sound)
        is_package = content[:2] == b"PK" and draw.random() < 0.8
        yield _repacked(content, draw) if is_package else _changed(content, draw)


def _repacked(content: bytes, draw: Random) -> bytes:
    """The package with one of its members changed, so that the damage lies in the document and not in the zip."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = draw.choice(names)
        for name in names:
            member = source.read(name)
            target.writestr(name, _changed(member, draw) if name == chosen else member)
    return result.getvalue()


def _changed(content: bytes, draw: Random) -> bytes:
    """The content damaged in one to eight places."""
    changed = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 8))):
        if not changed:
            break
        start = draw.randrange(len(changed))
        place = slice(start, min(len(changed), start + draw.randint(1, _STRETCH)))
        draw.choice(_DAMAGES)(changed, place, draw)
    return bytes(changed)


def _flip(changed: bytearray, place: slice, draw: Random) -> None:
    for _ in range(draw.choice((1, 4, 32))):
        changed[draw.randrange(len(changed))] = draw.randrange(256)


def _cut_out(changed: bytearray, place: slice, _: Random) -> None:
    del changed[place]


def _cut_off(changed: bytearray, place: slice, _: Random) -> None:
    del changed[place.start :]


def _repeat(changed: bytearray, place: slice, draw: Random) -> None:
    changed[place.start : place.start] = changed[place] * draw.choice((1, 2, 50))


def _blank(changed: bytearray, place: slice, _: Random) -> None:
    changed[place] = bytes(place.stop - place.start)


def _move(changed: bytearray, place: slice, draw: Random) -> None:
    other = draw.randrange(len(changed))
    changed[place] = changed[other : other + place.stop - place.start]


_DAMAGES = (_flip, _cut_out, _cut_off, _repeat, _blank, _move)


if __name__ == "__main__":
    sys.exit(main())
