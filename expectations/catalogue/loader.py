"""Reads a catalogue from its TOML files and checks it; errors are Chinese and name file, rule and reason."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from expectations.catalogue.model import Catalogue, Phase, Rule
from warehouse.errors import UsageError
from warehouse.reasons import reason_of

LABEL = "1"
"""The human part of the catalogue's version; the hash of the content follows it."""


class CatalogueError(UsageError):
    """A file of the catalogue breaks its schema; the message names file, rule and reason."""


class _Source(NamedTuple):
    name: str
    content: bytes


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue in ``path`` (a folder of ``*.toml``, or one such file); without a path the one in force.

    Each file is one phase: ``phase``, ``title`` and ``[[rule]]`` tables. Raises CatalogueError.
    """
    sources = sorted(_shipped() if path is None else _found(path))
    if not sources:
        raise CatalogueError(f"{path} 中没有规则文件（*.toml）")
    phases = sorted((_phase(source) for source in sources), key=lambda phase: phase.number)
    catalogue = Catalogue(version=_version(sources), phases=tuple(phases))
    _check_references(catalogue)
    return catalogue


def _shipped() -> list[_Source]:
    folder = files("expectations.catalogue")
    return [_Source(each.name, each.read_bytes()) for each in folder.iterdir() if each.name.endswith(".toml")]


def _found(path: Path) -> list[_Source]:
    if not path.exists():
        raise CatalogueError(f"找不到规则目录 {path}")
    paths = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return [_Source(each.name, each.read_bytes()) for each in paths]


def _version(sources: Iterable[_Source]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.content.replace(b"\r\n", b"\n"))
    return f"{LABEL}-{digest.hexdigest()[:12]}"


def _phase(source: _Source) -> Phase:
    try:
        content = tomllib.loads(source.content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"规则文件 {source.name} 不是有效的 TOML：{error}") from error
    if unknown := sorted(content.keys() - {"phase", "title", "rule"}):
        raise CatalogueError(f"规则文件 {source.name} 中有不认识的项：{'、'.join(unknown)}")
    number, title, entries = content.get("phase"), content.get("title"), content.get("rule")
    if not isinstance(number, int) or not isinstance(title, str) or not isinstance(entries, list) or not entries:
        raise CatalogueError(f"规则文件 {source.name} 须写明 phase（整数）、title 和至少一条 [[rule]]")
    rules = tuple(_rule(source.name, number, entry) for entry in entries)
    return Phase(number=number, title=title, rules=rules)


def _rule(file_name: str, phase: int, entry: dict[str, Any]) -> Rule:
    try:
        return Rule.model_validate({"phase": phase, **entry})
    except ValidationError as error:
        rule_id = entry.get("id", "（没有编号）")
        raise CatalogueError(f"规则文件 {file_name} 的规则 {rule_id} 有误：{reason_of(error)}") from error


def _check_references(catalogue: Catalogue) -> None:
    """Ids are unique, phases too; a rule requires only rules that are judged before it; and rules that share
    evidence do not share the name of a threshold, which is a column there."""
    numbers = [phase.number for phase in catalogue.phases]
    if len(set(numbers)) < len(numbers):
        raise CatalogueError("规则目录中有两个文件写了同一阶段")
    seen: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    for rule in catalogue.rules:
        for name in {threshold.name for threshold in rule.thresholds}:
            if (owner := owners.setdefault((rule.evidence, name), rule.id)) != rule.id:
                raise CatalogueError(f"规则 {owner} 与 {rule.id} 的界限同名：{name}")
        if rule.id in seen:
            raise CatalogueError(f"规则编号 {rule.id} 重复")
        if unknown := [each for each in rule.requires if each not in seen]:
            raise CatalogueError(f"规则 {rule.id} 依赖的 {'、'.join(unknown)} 不存在或排在它之后")
        seen.add(rule.id)
