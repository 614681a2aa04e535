"""Reads a catalogue from its TOML files and checks it; errors are Chinese and name file, line, rule and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from expectations.catalogue.model import Catalogue, Phase, Rule
from expectations.catalogue.source import CatalogueError, Source
from warehouse.files import read_file
from warehouse.reasons import reason_of

LABEL = "1"
"""The human part of the catalogue's version; the hash of the content follows it."""


class _Entry(NamedTuple):
    """A rule as it is written: the ``position``-th of its file."""

    source: Source
    position: int
    phase: int
    content: dict[str, Any]

    @property
    def where(self) -> str:
        """File and line, as messages put it."""
        return f"规则文件 {self.source.name} 第 {self.source.line_of(self.position)} 行："


class _Chapter(NamedTuple):
    """A phase as it is written."""

    source: Source
    number: int
    title: str
    entries: list[_Entry]


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue in the folder ``path``, a file (``*.toml``) a phase with ``phase``, ``title`` and ``[[rule]]``
    tables; without a path the one in force.

    A single file says what differs from the one in force: its rules replace those of the same id, field by field, and
    what bears another id is added to the file's ``phase``. Raises CatalogueError.
    """
    if path is not None and not path.exists():
        raise CatalogueError(f"找不到规则目录 {path}")
    is_folder = path is not None and path.is_dir()
    sources = _sources(path) if path is not None and is_folder else _shipped()
    if not sources:
        raise CatalogueError(f"{path} 中没有规则文件（*.toml）")
    chapters = sorted((_chapter(source) for source in sources), key=lambda chapter: chapter.number)
    if path is not None and not is_folder:
        sources.append(_source(path))
        _change(chapters, sources[-1])
    return _catalogue(chapters, _version(sources))


def places_of_rules(path: Path) -> dict[str, str]:
    """Rule id to the file and line where a catalogue that loads says it, as messages put it."""
    sources = _sources(path) if path.is_dir() else [_source(path)]
    return {
        rule["id"]: f"规则文件 {source.name} 第 {source.line_of(position)} 行："
        for source in sources
        for position, rule in enumerate(source.read()["rule"])
    }


def _shipped() -> list[Source]:
    folder = files("expectations.catalogue")
    return sorted(Source(each.name, each.read_bytes()) for each in folder.iterdir() if each.name.endswith(".toml"))


def _sources(folder: Path) -> list[Source]:
    return sorted(_source(path) for path in folder.glob("*.toml"))


def _source(path: Path) -> Source:
    try:
        return Source(path.name, read_file(path))
    except OSError as error:
        raise CatalogueError(f"规则文件 {path} 不能读取：{reason_of(error)}。", str(error)) from error


def _version(sources: Iterable[Source]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.content.replace(b"\r\n", b"\n"))
    return f"{LABEL}-{digest.hexdigest()[:12]}"


def _chapter(source: Source) -> _Chapter:
    content = source.read()
    number, title = content.get("phase"), content.get("title")
    if not isinstance(number, int) or not isinstance(title, str):
        raise source.error(1, "须写明 phase（整数）、title 和至少一条 [[rule]]")
    entries = [_Entry(source, position, number, rule) for position, rule in enumerate(content["rule"])]
    return _Chapter(source, number, title, entries)


def _change(chapters: Sequence[_Chapter], source: Source) -> None:
    """Put the rules of a single file in the place of those of the same id, or after those of its phase."""
    content = source.read()
    places = {
        entry.content.get("id"): (chapter, at) for chapter in chapters for at, entry in enumerate(chapter.entries)
    }
    for position, rule in enumerate(content["rule"]):
        if (place := places.get(rule.get("id"))) is not None:
            chapter, at = place
            whole = {**chapter.entries[at].content, **rule}
            chapter.entries[at] = _Entry(source, position, chapter.number, whole)
            continue
        added = next((chapter for chapter in chapters if chapter.number == content.get("phase")), None)
        if added is None:
            raise source.error(source.line_of(position), f"的规则 {rule.get('id')} 不在规则目录中，须写明已有的 phase")
        added.entries.append(_Entry(source, position, added.number, rule))


def _catalogue(chapters: Sequence[_Chapter], version: str) -> Catalogue:
    pairs = [(entry, _rule(entry)) for chapter in chapters for entry in chapter.entries]
    for before, after in pairwise(chapters):
        if before.number == after.number:
            raise after.source.error(1, f"与 {before.source.name} 有误：两个文件写了同一阶段")
    _check_references(pairs)
    rules = {chapter.number: [rule for _, rule in pairs if rule.phase == chapter.number] for chapter in chapters}
    phases = [Phase(number=each.number, title=each.title, rules=tuple(rules[each.number])) for each in chapters]
    return Catalogue(version=version, phases=tuple(phases))


def _rule(entry: _Entry) -> Rule:
    try:
        return Rule.model_validate({"phase": entry.phase, **entry.content})
    except ValidationError as error:
        raise entry.source.error_of_rule(entry.position, entry.content, error) from error


def _check_references(pairs: Sequence[tuple[_Entry, Rule]]) -> None:
    """Ids are unique; a rule requires only rules that are judged before it; and rules that share evidence do not share
    the name of a threshold, which is a column there."""
    seen: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for entry, rule in pairs:
        for name in {threshold.name for threshold in rule.thresholds}:
            if (owner := owners.setdefault((rule.evidence, name), rule.id)) != rule.id:
                raise CatalogueError(f"{entry.where}规则 {owner} 与 {rule.id} 的界限同名：{name}")
        if rule.id in seen:
            raise CatalogueError(f"{entry.where}规则编号 {rule.id} 重复")
        if rule.phase != entry.phase:
            raise CatalogueError(f"{entry.where}规则 {rule.id} 的阶段是 {entry.phase}，不能另写 phase")
        if unknown := [each for each in rule.requires if each not in seen]:
            raise CatalogueError(f"{entry.where}规则 {rule.id} 依赖的 {'、'.join(unknown)} 不存在或排在它之后")
        seen.add(rule.id)
