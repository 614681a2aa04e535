"""How a person's decision is recorded: looked up, checked, written under the home's lock. No command stands here.

Everything that can be wrong is a DecisionError or UsageError in Chinese, and then nothing was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from expectations.catalogue import Catalogue, load_catalogue
from expectations.decisions import check_new
from orchestration.settings import load_registry, load_settings
from transforms.departments.registry import Registry
from transforms.language.text import normalise
from transforms.star.project_names import matching_name
from warehouse.decisions.history import DecisionError, record, revoke, to_second
from warehouse.decisions.records import (
    EXPLANATION,
    IDENTITY,
    STAGE,
    WAIVER,
    WITHDRAWAL,
    Explained,
    Explanation,
    Identity,
    Kind,
    Record,
    Revocation,
    Stage,
    Waiver,
    Withdrawal,
)
from warehouse.desk import Row, open_release, rows_of, unknown_department
from warehouse.errors import UsageError
from warehouse.home import Home, exclusive
from warehouse.ledger.states import IN_FORCE, QUARANTINED, UNREADABLE, WITHDRAWN
from warehouse.publication.words import OUTCOMES

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Deciding:
    """A person at a home: who (``by``), why (``reason``), and when (``at``)."""

    home: Home
    by: str
    reason: str
    at: datetime

    def waive(self, rule: str, department: str, year: int, until: date) -> Waiver:
        """A waiver of a rule for a department's submission of the year, up to and including a day."""
        self._known(rule)
        return self._record(
            WAIVER,
            rule_id=rule,
            department_id=department_named(self.registry, department),
            fiscal_year=year,
            valid_until=until,
        )

    def explain(self, rule: str, department: str, year: int, finding_key: int | None = None) -> Explanation:
        """A submitter's explanation of the open warnings of a rule, or of one of them."""
        self._known(rule)
        department_id = department_named(self.registry, department)
        with open_release(self.home) as release:
            found = rows_of(release, "findings", department=department_id, year=year, level=None)
        asked = [each for each in found if each["rule_id"] == rule and finding_key in (None, each["finding_key"])]
        return self._record(
            EXPLANATION,
            rule_id=rule,
            department_id=department_id,
            fiscal_year=year,
            findings=_explainable(rule, asked),
        )

    def identify(self, department: str, project: str, other: str, *, is_same: bool) -> Identity:
        """Two names of a department's projects are one project, or are two."""
        department_id = department_named(self.registry, department)
        with open_release(self.home) as release:
            names = [str(row["name"]) for row in rows_of(release, "project_names", department=department_id)]
        return self._record(
            IDENTITY,
            department_id=department_id,
            project=_printed(project, names),
            other_project=_printed(other, names),
            is_same=is_same,
        )

    def set_stage(self, rule: str, stage: str) -> Stage:
        """A rule is at a stage, whatever the catalogue says."""
        self._known(rule)
        return self._record(STAGE, rule_id=rule, stage=stage)

    def withdraw(self, department: str, year: int, version: int | None = None) -> Withdrawal:
        """A department takes its submission of the year back: all of it, or (``version``) the version of that number.
        With the version in force goes everything before it."""
        department_id = department_named(self.registry, department)
        with open_release(self.home) as release:
            known = rows_of(release, "versions_of_unit", department=department_id, year=year)
        return self._record(
            WITHDRAWAL,
            department_id=department_id,
            fiscal_year=year,
            versions=_taken_back(known, version, f"{department} {year} 年度"),
        )

    def withdraw_file(self, file: str) -> Withdrawal:
        """A file of no known department or year is taken back, which is a submission by itself."""
        with open_release(self.home) as release:
            found = rows_of(release, "submissions_of_file", file=file)
        return self._record(WITHDRAWAL, **_alone(found, file))

    def revoke(self, kind: Kind[R], number: int) -> tuple[R, Revocation]:
        """Take a decision back."""
        with exclusive(self._place):
            return revoke(self.home, kind, number, reason=self.reason, by=self.by, at=self.at)

    @cached_property
    def registry(self) -> Registry:
        """The registry in force."""
        return load_registry(self.home, load_settings(self.home))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rules as the catalogue has them."""
        return load_catalogue()

    @property
    def _place(self) -> Home:
        if not self.home.path.is_dir():
            raise UsageError(f"没有数据目录“{self.home.path}”。请用 --home 指定。")
        return self.home.create()

    def _record(self, kind: Kind[R], **content: object) -> R:
        def make(number: int) -> R:
            who = {"recorded_at": to_second(self.at), "recorded_by": self.by, "reason": self.reason}
            return kind.record.model_validate({"number": number, **who, **content})

        with exclusive(self._place):
            return record(
                self.home, kind, make, lambda history, row: check_new(history, row, self.catalogue, self.registry)
            )

    def _known(self, rule: str) -> None:
        if all(each.id != rule for each in self.catalogue.rules):
            raise DecisionError(f"没有规则 {rule}。没有记录。")


def department_named(registry: Registry, name: str) -> str:
    """The department of that identifier, name, short name or alias; UsageError when the registry has none."""
    if any(version.department_id == name for version in registry.versions):
        return name
    version = registry.version_named(normalise(name))
    if version is None:
        raise unknown_department(name)
    return version.department_id


def _explainable(rule: str, found: list[Row]) -> tuple[Explained, ...]:
    """What the open warnings among the findings say; DecisionError says why there is none."""
    warnings = [each for each in found if each["level"] == "warning"]
    if not warnings:
        if any(each["level"] == "blocking" for each in found):
            raise DecisionError(f"{rule} 在这里是阻断问题，不能只作说明：请改正，或由财政局豁免。没有记录。")
        raise DecisionError(f"当前发布中没有这样的 {rule} 警告。用 jixiao findings 看全部问题。没有记录。")
    still_open = [each for each in warnings if each["state"] == "open"]
    if not still_open:
        raise DecisionError(f"这里的 {rule} 警告已经说明或豁免。没有记录。")
    pairs = dict.fromkeys((each["subject"], each["observed"]) for each in still_open)
    return tuple(Explained(subject=_text(subject), observed=_text(observed)) for subject, observed in pairs)


def _taken_back(known: list[Row], version: int | None, what: str) -> tuple[int, ...]:
    """The numbers of the versions that go with a version (None: with the last one that stands); DecisionError when
    there is nothing to take back. ``known``: version, status of all, in order."""
    status = {int(str(row["version"])): str(row["status"]) for row in known}
    standing = [number for number, each in status.items() if each in (*IN_FORCE, QUARANTINED, UNREADABLE)]
    if not status:
        raise DecisionError(f"没有收到{what}的材料，可用 jixiao status --year 查看。没有记录。")
    if version is not None and version not in status:
        raise DecisionError(f"{what}没有第 {version} 版，收到的是第 {min(status)} 至 {max(status)} 版。没有记录。")
    if version is not None and version not in standing:
        raise DecisionError(f"{what}第 {version} 版{OUTCOMES[status[version]]}，不能再撤回。没有记录。")
    if not standing:
        raise DecisionError(f"{what}的材料都已撤回或被取代。没有记录。")
    last = version or standing[-1]
    if status[last] in IN_FORCE or version is None:
        return tuple(number for number in status if number <= last)
    return (last,)


def _alone(found: list[Row], file: str) -> dict[str, object]:
    """The one submission without department or year that a file is; DecisionError when it is none, or not the only
    one of that name."""
    if not found:
        raise DecisionError(f"没有收到过文件“{file}”。请写它在收件夹中的名称。没有记录。")
    if len(found) > 1:
        raise DecisionError(f"有 {len(found)} 份文件叫“{file}”，请写它在收件夹中的完整路径。没有记录。")
    (row,) = found
    if row["submission_key"] is None:
        raise DecisionError(f"“{file}”无法读取，不属于任何报送，不公布也不计入名册，无需撤回。没有记录。")
    if row["department_id"] is not None and row["fiscal_year"] is not None:
        unit = f"{row['short_name'] or row['department_id']} {row['fiscal_year']} 年度"
        raise DecisionError(f"“{file}”属于{unit}的报送，请用 --department 和 --year 撤回。没有记录。")
    if row["status"] == WITHDRAWN:
        raise DecisionError(f"“{file}”已撤回。没有记录。")
    return {"file_name": row["file_name"], "submission_key": row["submission_key"]}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _printed(name: str, known: list[str]) -> str:
    """The name as reports print it; widths and blanks aside it must be one of the known names."""
    wanted = matching_name(name)
    printed = next((each for each in known if each == name), None)
    printed = printed or next((each for each in known if matching_name(each) == wanted), None)
    if printed is None:
        raise DecisionError(f"这个单位没有名为“{name}”的项目。用 jixiao decide --list 看待定的名称。没有记录。")
    return printed
