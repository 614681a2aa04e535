"""The page of the rules, for people: what each asks, why, from when, an example, how to mend it.

All but the examples comes from the catalogue; what a rule says is changed there. ``make rules`` writes the page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from pydantic import BaseModel, ConfigDict, Field

from expectations.catalogue import Catalogue, Rule
from warehouse.errors import UsageError

_LEVELS = {"blocking": "阻断", "warning": "警告", "information": "提示"}
_STAGES = {"shadow": "试行", "warning": "最高为警告", "full": "正式启用"}
_RESPONSIBLE = {"submitter": "报送单位", "bureau": "财政局"}


class Example(BaseModel):
    """Something that breaks a rule, and how it reads once mended."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    wrong: str = Field(min_length=1)
    right: str = Field(min_length=1)


def rules_page(catalogue: Catalogue) -> str:
    """The page as Markdown; UsageError when a rule has no example."""
    phases = [
        {"number": phase.number, "title": phase.title, "rules": [_told(rule) for rule in phase.rules]}
        for phase in catalogue.phases
    ]
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    page = environment.from_string(_text("rules.md.j2")).render(count=len(catalogue.rules), phases=phases)
    return page.replace("<", "&lt;").rstrip("\n") + "\n"


def examples() -> Mapping[str, Example]:
    """Rule id -> example; ValidationError when the file breaks its schema."""
    return {rule_id: Example.model_validate(entry) for rule_id, entry in tomllib.loads(_text("examples.toml")).items()}


def _told(rule: Rule) -> dict[str, Any]:
    example = examples().get(rule.id)
    if example is None:
        raise UsageError(f"规则 {rule.id} 还没有例子，请写进 expectations/rules_page/examples.toml。")
    return {
        **rule.model_dump(include={"id", "title", "basis", "scope", "not_applicable", "remedy"}),
        **example.model_dump(),
        "anchor": f"{rule.id} {rule.title}".lower().replace(" ", "-"),
        "level": "、".join(_LEVELS[level] for level in (rule.level, rule.milder_level) if level),
        "years": _years(rule.valid_from_year, rule.valid_to_year),
        "stage": _STAGES[rule.stage],
        "waivable": "可以豁免" if rule.waivable else "不得豁免",
        "responsible": _RESPONSIBLE[rule.responsible],
        "thresholds": _dated((f"`{each.name}` = {each.value}", each) for each in rule.thresholds),
        "requirements": _dated((each.title, each) for each in rule.requirements),
        "requires": "、".join(rule.requires),
    }


def _years(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return "全部年度"
    return f"{f'{first} 年' if first else ''}{'至' if last else '起'}{f' {last} 年' if last else ''}"


def _dated(entries: Iterable[tuple[str, Any]]) -> str:
    return "；".join(f"{said}（{_years(each.valid_from_year, each.valid_to_year)}）" for said, each in entries)


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
