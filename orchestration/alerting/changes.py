"""What is new, settled or still open in each department since people were last told, from the current release.

``alerts/told.json`` remembers what was told. A finding is known by department, year, rule and sentence, whatever
version of the submission it stands in and wherever its line moved, so that it is new once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from orchestration.alerting.outbox import Message
from orchestration.alerting.wording import harmless
from warehouse.desk import Row, open_release, rows_of
from warehouse.errors import HomeFault
from warehouse.files import read_file, write_atomically
from warehouse.home import Home
from warehouse.publication.words import LEVELS, place_text
from warehouse.reasons import reason_of

_SHOWN = 30
"""Findings of a kind that one message names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An open finding as it is told."""

    department_id: str
    department: str
    sentence: str


Findings = Mapping[str, Finding]
"""Identity -> finding, in the order of the list of findings."""
_FINDINGS = TypeAdapter(dict[str, Finding])


def open_findings(home: Home) -> Findings:
    """What the current release has open, for whoever must act."""
    with open_release(home) as release:
        rows = rows_of(release, "findings_to_tell")
    return {_identity(row): _finding(row) for row in rows}


def changed_departments(now: Findings, told: Findings, release_id: str) -> list[Message]:
    """A message for each department in which something is new or settled."""
    departments = {each.department_id: each.department for each in (*told.values(), *now.values())}
    messages = []
    for department_id, name in sorted(departments.items()):
        here, before = _of(now, department_id), _of(told, department_id)
        new = [each for key, each in here.items() if key not in before]
        settled = [each for key, each in before.items() if key not in here]
        if new or settled:
            still = [each for key, each in here.items() if key in before]
            messages.append(_message(department_id, name, release_id, new, settled, still))
    return messages


def read_told(home: Home) -> Findings:
    """What people were told of last; nothing before the first time. HomeFault when that cannot be told."""
    path = _path(home)
    if not path.exists():
        return {}
    try:
        return _FINDINGS.validate_json(read_file(path))
    except OSError as error:
        raise HomeFault(f"记着已告知哪些问题的文件“{path}”不能读取：{reason_of(error)}。", str(error)) from error
    except ValidationError as error:
        raise HomeFault(
            f"记着已告知哪些问题的文件“{path}”已损坏。请移走这个文件；下次任务把未了结的问题重新告知一遍。", str(error)
        ) from error


def write_told(home: Home, findings: Findings) -> None:
    """Remembers what people have been told."""
    content = {key: asdict(each) for key, each in findings.items()}
    write_atomically(_path(home), json.dumps(content, ensure_ascii=False, indent=1).encode())


def _message(
    department_id: str,
    name: str,
    release_id: str,
    new: Sequence[Finding],
    settled: Sequence[Finding],
    still: Sequence[Finding],
) -> Message:
    counts = f"新出现 {len(new)} 处，已了结 {len(settled)} 处，仍待处理 {len(still)} 处"
    lists = [
        *_listed("新出现的问题：", new),
        *_listed("已了结的问题（更正、说明、豁免或不再适用）：", settled),
        *_listed("仍待处理的问题：", still),
    ]
    digest = hashlib.sha256(department_id.encode()).hexdigest()[:8]
    return Message(
        f"department-{digest}-{release_id}",
        "department",
        f"绩效自评材料的问题：{harmless(name)}{counts}",
        "\n".join([f"{harmless(name)}：{counts}。", *lists]),
        department_id,
    )


def _listed(title: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    more = [f"  ……另有 {len(findings) - _SHOWN} 处"] if len(findings) > _SHOWN else []
    return ["", title, *(f"  {each.sentence}" for each in findings[:_SHOWN]), *more]


def _of(findings: Findings, department_id: str) -> Findings:
    return {key: each for key, each in findings.items() if each.department_id == department_id}


def _identity(row: Row) -> str:
    parts = [row[name] for name in ("department_id", "fiscal_year", "rule_id", "message")]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def _finding(row: Row) -> Finding:
    place = place_text(row)
    where = f"（{place}）" if place else ""
    level = LEVELS[str(row["level"])]
    sentence = f"{row['fiscal_year']} 年度 {row['rule_id']} {level}{where}：{harmless(str(row['message']))}"
    return Finding(str(row["department_id"]), str(row["short_name"]), sentence)


def _path(home: Home) -> Path:
    return home.alerts / "told.json"
