"""Whether a decision of a person can stand: it names rules and departments that there are, and may be made at all.

Where decisions are kept, and what they change, belongs elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from expectations.catalogue import Catalogue
from transforms.departments.registry import Registry
from warehouse.decisions.history import DecisionError, History, read_history
from warehouse.decisions.records import KINDS, Identity, Record, Waiver, Withdrawal
from warehouse.decisions.standing import Decisions, decisions_at
from warehouse.home import Home
from warehouse.release.releases import BEIJING

R = TypeVar("R", bound=Record)


def checked_decisions(home: Home, catalogue: Catalogue, registry: Registry, at: datetime) -> Decisions:
    """What is in force at that instant, all of it checked; DecisionError names file, line and reason."""

    for kind in KINDS:
        history = read_history(home, kind)
        standing = history.standing(at)
        for row in standing:
            for problem in _problems(row, standing, catalogue, registry):
                raise DecisionError(f"{history.where(row)}有误：{problem}。")
    return decisions_at(home, at)


def check_new(history: History[R], row: R, catalogue: Catalogue, registry: Registry) -> None:
    """Whether a decision may be added to the file; DecisionError says why not."""
    standing = (*history.standing(row.recorded_at), row)
    for problem in _problems(row, standing, catalogue, registry):
        raise DecisionError(f"{problem}。没有记录。")
    if isinstance(row, Withdrawal):
        _refuse_again(row, history.standing(row.recorded_at))
    if isinstance(row, Waiver) and row.valid_until < row.recorded_at.astimezone(BEIJING).date():
        raise DecisionError(f"截止日期 {row.valid_until} 已经过去。没有记录。")


def _refuse_again(row: Withdrawal, standing: Sequence[Record]) -> None:
    """Nothing is taken back twice."""
    for each in standing:
        if isinstance(each, Withdrawal) and each.covers(row):
            raise DecisionError(f"已经记录撤回 T{each.number}，下一次 jixiao nightly 起生效。没有再次记录。")


def _problems(row: Record, standing: Sequence[Record], catalogue: Catalogue, registry: Registry) -> Iterator[str]:
    rule_id, department_id = getattr(row, "rule_id", None), getattr(row, "department_id", None)
    rules = {rule.id: rule for rule in catalogue.rules}
    if rule_id is not None and rule_id not in rules:
        yield f"没有规则 {rule_id}"
    elif isinstance(row, Waiver) and not rules[row.rule_id].waivable:
        yield f"规则 {row.rule_id}（{rules[row.rule_id].title}）不能豁免"
    if department_id is not None and all(each.department_id != department_id for each in registry.versions):
        yield f"单位名录中没有单位 {department_id}"
    if isinstance(row, Identity):
        yield from _contradiction(row, [each for each in standing if isinstance(each, Identity)])


def _contradiction(row: Identity, standing: Sequence[Identity]) -> Iterator[str]:
    """Names that decisions make one project, and one decision keeps apart."""
    last = {each.names: each for each in standing if each.department_id == row.department_id}
    groups: list[set[str]] = []
    for each in last.values():
        if each.is_same:
            met = [group for group in groups if group & each.names]
            groups = [group for group in groups if group not in met] + [set(each.names).union(*met)]
    for each in last.values():
        if not each.is_same and any(each.names <= group for group in groups):
            yield f"“{each.project}”与“{each.other_project}”既被认定为不同项目，又经其他认定成为同一项目"
