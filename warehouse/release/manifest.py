"""The manifest of a release: what it holds, file by file, and what it was made from. Reading and writing it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.archive.archive import hash_of
from warehouse.files import write_atomically

NAME = "manifest.json"
DATABASE = "warehouse.duckdb"
FORM = 1
"""The form of the manifest; a reader refuses one that it does not know."""

Manifest = dict[str, Any]


def file_entries(folder: Path, known: Mapping[str, dict[str, Any]] | None = None) -> dict[str, dict[str, Any]]:
    """Path (relative, with slashes) -> size and sha256 of every file below the folder but the manifest; ``known`` are
    those that need not be read."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name: (known or {}).get(name) or {"size": path.stat().st_size, "sha256": hash_of(path)}
        for name, path in paths.items()
        if name != NAME
    }


def linked_entries(folder: Path, base: Path, manifest: Manifest) -> dict[str, dict[str, Any]]:
    """The entries, in the manifest of a release at ``base``, of the files that ``folder`` shares with it by a link."""
    return {
        name: entry
        for name, entry in manifest["files"].items()
        if (folder / name).exists() and (base / name).exists() and (folder / name).samefile(base / name)
    }


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a release's folder."""
    text = json.dumps({"form": FORM, **plain(manifest)}, ensure_ascii=False, indent=1)
    write_atomically(folder / NAME, text.encode(), 0o444)


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values as the manifest states them: instants as ISO text in UTC, amounts as text."""
    stated: dict[str, Any] = json.loads(json.dumps(values, default=_plain))
    return stated


def read_manifest(folder: Path) -> Manifest:
    """The manifest; ValueError or OSError when it is missing, damaged or of an unknown form."""
    manifest: Manifest = json.loads((folder / NAME).read_text("utf-8"))
    form = manifest.get("form") if isinstance(manifest, dict) else None
    if form != FORM:
        raise ValueError(f"unknown form of manifest: {form}")
    return manifest


def is_sound(folder: Path, manifest: Manifest, name: str) -> bool:
    """Whether the file (path in the release, with slashes) is there as it was published."""
    entry, path = manifest["files"].get(name), folder / name
    return entry is not None and path.is_file() and hash_of(path) == entry["sha256"]


def file_problems(folder: Path, manifest: Manifest) -> list[str]:
    """Files that are missing, altered or not in the manifest, as Chinese sentences."""
    listed: dict[str, dict[str, Any]] = manifest["files"]
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    problems = [f"缺少文件 {name}。" for name in listed if name not in present]
    problems += [f"多出文件 {name}。" for name in sorted(present) if name not in listed and name != NAME]
    for name, entry in listed.items():
        path = present.get(name)
        if path and (path.stat().st_size != entry["size"] or hash_of(path) != entry["sha256"]):
            problems.append(f"文件 {name} 与发布时不同。")
    return problems


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(f"not serialisable: {value!r}")
