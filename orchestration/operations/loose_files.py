"""Files that are only looked at, as people name them: each opened, bundles taken apart as the intake does."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from orchestration.settings import Settings
from warehouse.intake.bundles import BundleRefused, is_bundle, unpack
from warehouse.intake.file_names import readable_name
from warehouse.intake.intake import MEBIBYTE, Limits, size_problem
from warehouse.keys import surrogate_key


@dataclass(frozen=True, slots=True)
class LooseFile:
    """A file, or a member of a bundle under the bundle's name. ``problem`` says in Chinese why it is not read."""

    document_key: int
    shown: str
    file_name: str
    content: bytes
    problem: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return sha256(self.content).hexdigest()


def open_files(paths: Sequence[Path], settings: Settings) -> Iterator[LooseFile]:
    """The files in the order given; their keys tell them apart even where their bytes are the same."""
    limits = Limits(settings.largest_file_mib * MEBIBYTE)
    for position, path in enumerate(paths):
        shown, name = readable_name(os.fsencode(path)), readable_name(os.fsencode(path.name))
        for number, (member, content, problem) in enumerate(_opened(path, limits)):
            key = surrogate_key("document", position, number)
            yield LooseFile(key, f"{shown}{member}", f"{name}{member}", content, problem)


def _opened(path: Path, limits: Limits) -> Iterator[tuple[str, bytes, str | None]]:
    if problem := size_problem(path.stat().st_size, limits):
        yield "", b"", problem
        return
    content = path.read_bytes()
    if not is_bundle(io.BytesIO(content)):
        yield "", content, None
        return
    try:
        members = list(unpack(io.BytesIO(content), limits.bundle))
    except BundleRefused as refused:
        yield "", content, str(refused)
        return
    for member in members:
        yield f"/{member.name}", member.content, member.problem
