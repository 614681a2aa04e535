"""The decisions of people as records, and the kinds of them. No file is read here, and no rule or project looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from warehouse.release.releases import BEIJING

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[int, Field(ge=1)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d$")]
Year = Annotated[int, Field(ge=2000, le=2100)]


class Record(BaseModel):
    """A row: its ``number`` is that of its line; by whom and why it was recorded, and when (to the second)."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    number: Number
    recorded_at: AwareDatetime
    recorded_by: Text
    reason: Text

    def is_in_force(self, at: datetime) -> bool:
        """Whether the record was made by then and has not run out."""
        return self.recorded_at <= at


class Revocation(Record):
    """Takes an earlier row back, from its own instant on."""

    revokes: Number


class Waiver(Record):
    """The rule does not stop this department's submission of the year, up to and including ``valid_until`` (a day in
    Beijing)."""

    rule_id: RuleId
    department_id: Text
    fiscal_year: Year
    valid_until: date

    def is_in_force(self, at: datetime) -> bool:
        """Whether it was recorded by then and its last day is not over."""
        return super().is_in_force(at) and at.astimezone(BEIJING).date() <= self.valid_until


class Explained(BaseModel):
    """What was explained: what the rule said of what. The same said again is explained, anything else is not."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    subject: str | None
    observed: str | None


class Explanation(Record):
    """The submitter has explained warnings of a rule."""

    rule_id: RuleId
    department_id: Text
    fiscal_year: Year
    findings: Annotated[tuple[Explained, ...], Field(strict=False, min_length=1)]


class Identity(Record):
    """Two names under which a department's projects appear are one project, or are two."""

    department_id: Text
    project: Text
    other_project: Text
    is_same: bool

    @model_validator(mode="after")
    def _are_two_names(self) -> Identity:
        if self.project == self.other_project:
            raise ValueError("两个项目名称相同")
        return self

    @property
    def names(self) -> frozenset[str]:
        """The two names, in no order."""
        return frozenset((self.project, self.other_project))


class Stage(Record):
    """The rule is at this stage, whatever the catalogue says: shadow, warning, or its full level."""

    rule_id: RuleId
    stage: Literal["shadow", "warning", "full"]


class Withdrawal(Record):
    """A department's submission of a year is taken back: these versions of it count no more, nor do their files. Or, of
    no known department or year, the submission that a file is by itself."""

    department_id: Text | None = None
    fiscal_year: Year | None = None
    versions: Annotated[tuple[Number, ...], Field(strict=False)] = ()
    file_name: Text | None = None
    submission_key: Number | None = None

    @model_validator(mode="after")
    def _is_of_a_unit_or_a_file(self) -> Withdrawal:
        of_unit = (self.department_id is not None, self.fiscal_year is not None, bool(self.versions))
        of_file = (self.file_name is not None, self.submission_key is not None)
        if not (all(of_unit) and not any(of_file)) and not (all(of_file) and not any(of_unit)):
            raise ValueError("应写明单位、年度和版本，或者文件和报送版本键")
        return self

    def covers(self, other: Withdrawal) -> bool:
        """Whether everything that the other takes back is taken back by this one."""
        unit, other_unit = ((each.department_id, each.fiscal_year, each.submission_key) for each in (self, other))
        return unit == other_unit and set(other.versions) <= set(self.versions)


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """A kind of decision: the letter before its numbers, its Chinese name, its file in the home's ``decisions/``, and
    what a row of it is."""

    letter: str
    title: str
    file_name: str
    record: type[R]


WAIVER = Kind("W", "豁免", "waivers.jsonl", Waiver)
EXPLANATION = Kind("E", "说明", "explanations.jsonl", Explanation)
IDENTITY = Kind("P", "项目认定", "projects.jsonl", Identity)
STAGE = Kind("S", "规则阶段", "stages.jsonl", Stage)
WITHDRAWAL = Kind("T", "撤回", "withdrawals.jsonl", Withdrawal)
KINDS: tuple[Kind[Any], ...] = (WAIVER, EXPLANATION, IDENTITY, STAGE, WITHDRAWAL)
