"""Named defects and near misses for each rule, and defects of files; all by name in :data:`DEFECTS`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samples.defects import amounts, claims, counts, crossing, files, forms, looks, rows, structure, words
from samples.defects.model import Defect

DEFECTS: Mapping[str, Defect] = {
    defect.name: defect
    for defect in (
        *structure.DEFECTS, *counts.DEFECTS, *amounts.DEFECTS, *crossing.DEFECTS, *words.DEFECTS, *looks.DEFECTS,
        *rows.DEFECTS, *claims.DEFECTS, *files.DEFECTS, *forms.DEFECTS,
    )
}  # fmt: skip
"""Name -> defect: ``C17`` fires the rule, ``C17~`` is its near miss, ``C14-conflict`` another way to fire it."""

DEMO = ("C17", "C14", "C22", "C01", "empty", "C37", "C26", "C20+C34", "C35", "C21")
"""The telling few that a demonstration shows; names joined by + stand in one report."""


class UnknownDefectError(ValueError):
    """No defect has that name; the message names it."""


def named(name: str) -> tuple[Defect, ...]:
    """The defects of a name such as ``C17`` or ``C20+C34``."""
    unknown = [part for part in name.split("+") if part not in DEFECTS]
    if unknown:
        raise UnknownDefectError(f"没有名为“{'、'.join(unknown)}”的缺陷，可用的名称：{'、'.join(DEFECTS)}")
    return tuple(DEFECTS[part] for part in name.split("+"))


def chosen(defects: Sequence[Defect] | str | None) -> list[tuple[Defect, ...]]:
    """The defects to write, those of one report together: a sequence of defects (one a report), names joined by
    commas (``demo`` stands for :data:`DEMO`), or nothing."""
    if defects is None:
        return []
    if isinstance(defects, str):
        names = [name.strip() for name in defects.split(",") if name.strip()]
        return [named(name) for listed in names for name in (DEMO if listed == "demo" else (listed,))]
    return [(defect,) for defect in defects]


__all__ = ["DEFECTS", "DEMO", "Defect", "UnknownDefectError", "chosen", "named"]
