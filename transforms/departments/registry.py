"""The registry of departments: names, short names, aliases and periods of validity, from a reviewed CSV file.

Finding a known department in a title or a cover line belongs here; deciding which line names the submitter does not.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from transforms.language.text import normalise
from warehouse.files import read_file

DEFAULT_FILE = Path(__file__).with_name("panyu.csv")

_COLUMNS = (
    "department_id", "name", "short_name", "aliases", "kind", "division_code", "district_code", "district_name",
    "valid_from", "valid_to",
)  # fmt: skip
_REQUIRED = ("department_id", "name", "short_name", "kind", "district_name")
_KINDS = {
    "街道": "街道",
    "镇": "镇",
    **dict.fromkeys(
        ("其他", "乡", "民族乡", "苏木", "民族苏木", "地区办事处", "区公所", "农场", "林场", "牧场", "渔场", "团场",
         "开发区", "园区", "管委会"), "其他",
    ),
}  # fmt: skip
"""What a registry may call a kind -> what the warehouse calls it: neither 街道 nor 镇 is 其他."""
# What may follow a name that stands for the department itself, not for one of its units (…街综合服务中心).
_TAIL = (
    r"(?:街道|街|镇)?(?:党工委|党委)?[、和及与]?(?:办事处|街道办|办公室|人民政府|政府|办|机关)?"
    r"(?:[(](?:本级|盖章|公章|本部)[)])?"
)
_BOUNDARY = (
    r"(?=$|[^\u4e00-\u9fff]|二[〇零○]|关于|对|的|在|是|为|于|将|按|所有|全[年体街镇]|本[年级]|当年|上报"
    r"|年|部门|单位|整体|财政|预算|绩效|项目|支出|自评|开展|报送|填报|申报)"
)
_AFTER = re.compile(_TAIL + _BOUNDARY)
_DISTRICT = re.compile(r"[\u4e00-\u9fff]*(?:区|县|市)(?:人民政府)?$")


class RegistryError(Exception):
    """The registry breaks its schema. The message is Chinese and names file and line."""


class DepartmentVersion(NamedTuple):
    """A department in one period of validity; None is an open end."""

    department_id: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    division_code: str
    district_code: str
    district_name: str
    valid_from: date | None
    valid_to: date | None

    def is_valid_within(self, first: date, last: date) -> bool:
        """Whether the version is valid on some day from ``first`` to ``last``."""
        starts_in_time = self.valid_from is None or self.valid_from <= last
        return starts_in_time and (self.valid_to is None or self.valid_to >= first)


class DepartmentMatch(NamedTuple):
    """A known department in a normalised text; ``text[start:end]`` is ``matched_name``, the name, short name or alias
    found, and ``stop`` reaches over its tail (办事处, 人民政府)."""

    department_id: str
    matched_name: str
    version: DepartmentVersion
    start: int
    end: int
    stop: int


class Registry:
    """All versions of all departments, older ones first."""

    def __init__(self, versions: tuple[DepartmentVersion, ...]) -> None:
        self.versions = versions
        self._by_name: dict[str, DepartmentVersion] = {}
        for version in versions:
            for name in _names(version):
                self._by_name[name] = version  # of versions with the same name the newest stands last
        lengths: dict[str, set[int]] = {}
        for name in self._by_name:
            lengths.setdefault(name[:1], set()).add(len(name))
        self._lengths = {first: sorted(each, reverse=True) for first, each in lengths.items()}
        self._short_names = {version.department_id: version.short_name for version in versions}
        self._beginning = re.compile(f"[{re.escape(''.join(sorted(lengths)))}]" if lengths else "(?!)")

    @classmethod
    def load(cls, path: Path = DEFAULT_FILE) -> Registry:
        """The registry in a CSV file (UTF-8 or GB18030). Raises RegistryError."""
        content = read_file(path)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            try:
                text = content.decode("gb18030")
            except UnicodeDecodeError as error:
                raise RegistryError(f"单位名录 {path.name} 的编码无法识别，请另存为 UTF-8 格式") from error
        return _last_parsed(text, path.name)

    @classmethod
    def parse(cls, text: str, file_name: str) -> Registry:
        """The registry in the text of a CSV file; ``file_name`` is for messages. Raises RegistryError."""
        try:
            return cls._parsed(csv.DictReader(io.StringIO(text)), file_name)
        except csv.Error as error:
            raise RegistryError(f"单位名录 {file_name} 不是 CSV 文件，请另存为 CSV（逗号分隔）格式") from error

    @classmethod
    def _parsed(cls, reader: csv.DictReader[str], file_name: str) -> Registry:
        missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise RegistryError(f"单位名录 {file_name} 第 1 行缺少列：{'、'.join(missing)}")
        rows = [(reader.line_num, _version(row, f"{file_name} 第 {reader.line_num} 行")) for row in reader]
        _check_names(rows, file_name)
        _check_periods(rows, file_name)
        if not rows:
            raise RegistryError(f"单位名录 {file_name} 没有任何单位")
        return cls(tuple(version for _, version in sorted(rows, key=lambda row: _order(row[1]))))

    def find(self, text: str) -> DepartmentMatch | None:
        """The department that a normalised text names: by the longest name, short name or alias, the first of equal
        length. Names inside the name of something else (a unit of the department, the same name in another district)
        do not count. None when the registry knows none."""
        matches = [found for mention in self._mentions(text) if (found := self._match(text, *mention))]
        return max(matches, key=lambda found: (len(found.matched_name), -found.start), default=None)

    def version_named(self, name: str) -> DepartmentVersion | None:
        """The version with exactly this name, short name or alias (normalised)."""
        return self._by_name.get(name)

    def short_name(self, department_id: str | None) -> str | None:
        """What a department is called today; the identifier itself where the registry has none of it, None for None."""
        return None if department_id is None else self._short_names.get(department_id, department_id)

    def _mentions(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start and end of each name, and where its tail stops, from left to right; at each place the longest that may
        stand there. What it costs does not depend on how many names there are: a nation has a hundred thousand."""
        at = 0
        while (beginning := self._beginning.search(text, at)) is not None:
            at = beginning.start()
            for length in self._lengths[text[at]]:
                end = min(at + length, len(text))
                if text[at:end] in self._by_name and (tail := _AFTER.match(text, end)):
                    yield at, end, tail.end()
                    at = tail.end()
                    break
            else:
                at += 1

    def _match(self, text: str, start: int, end: int, stop: int) -> DepartmentMatch | None:
        name = text[start:end]
        version = self._by_name[name]
        district = _DISTRICT.search(text[max(0, start - 20) : start])
        is_elsewhere = (
            district is not None
            and ("区" in district[0] or "县" in district[0])
            and normalise(version.district_name) not in district[0]
        )
        if is_elsewhere and name != normalise(version.name):
            return None
        return DepartmentMatch(version.department_id, name, version, start, end, stop)


@lru_cache(maxsize=1)
def _last_parsed(text: str, file_name: str) -> Registry:
    """A command looks at its registry before it starts, and again when it works."""
    return Registry.parse(text, file_name)


@cache
def default_registry() -> Registry:
    """The registry that the project ships."""
    return Registry.load()


def _names(version: DepartmentVersion) -> list[str]:
    return [normalise(name) for name in (version.name, version.short_name, *version.aliases)]


def _order(version: DepartmentVersion) -> date:
    return version.valid_from or date.min


def _version(row: dict[str, str | None], where: str) -> DepartmentVersion:
    values = {column: (row[column] or "").strip() for column in _COLUMNS}
    empty = [column for column in _REQUIRED if not values[column]]
    if empty:
        raise RegistryError(f"单位名录 {where}：{'、'.join(empty)} 不能为空")
    if values["kind"] not in _KINDS:
        raise RegistryError(f"单位名录 {where}：kind 只能写 {'、'.join(_KINDS)}，现为“{values['kind']}”")
    return DepartmentVersion(
        department_id=values["department_id"],
        name=values["name"],
        short_name=values["short_name"],
        aliases=tuple(alias.strip() for alias in values["aliases"].split("|") if alias.strip()),
        kind=_KINDS[values["kind"]],
        division_code=values["division_code"],
        district_code=values["district_code"],
        district_name=values["district_name"],
        valid_from=_date(values["valid_from"], "valid_from", where),
        valid_to=_date(values["valid_to"], "valid_to", where),
    )


def _date(text: str, column: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RegistryError(f"单位名录 {where}：{column} 应写成 2021-10-31 的样子，现为“{text}”") from error


def _check_names(rows: list[tuple[int, DepartmentVersion]], file_name: str) -> None:
    owners: dict[str, tuple[int, str]] = {}
    for line, version in rows:
        for name in _names(version):
            first_line, owner = owners.setdefault(name, (line, version.department_id))
            if owner != version.department_id:
                raise RegistryError(f"单位名录 {file_name} 第 {line} 行：“{name}”已是第 {first_line} 行 {owner} 的名称")


def _check_periods(rows: list[tuple[int, DepartmentVersion]], file_name: str) -> None:
    last: dict[str, DepartmentVersion] = {}
    for line, version in sorted(rows, key=lambda row: _order(row[1])):
        if version.valid_to is not None and _order(version) > version.valid_to:
            raise RegistryError(f"单位名录 {file_name} 第 {line} 行：valid_to 早于 valid_from")
        before = last.get(version.department_id)
        if before is not None and (before.valid_to is None or _order(version) <= before.valid_to):
            raise RegistryError(f"单位名录 {file_name} 第 {line} 行：有效期与 {version.department_id} 的另一行重叠")
        last[version.department_id] = version
