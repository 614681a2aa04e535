"""Files examined as one submission: what report and forms say of each other, bundles, repetitions, conflicts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from homes import BAI, HE, MORE, QING, REGISTRY, SHI, SONG, report

from orchestration.operations.examination import Examined, examine, examine_together
from orchestration.settings import Settings
from tests.transforms.form_cases import INDICATORS, TOTAL, project_form
from tests.transforms.sheet_makers import workbook
from transforms.departments.registry import Registry

pytestmark = pytest.mark.pipeline

PEOPLE = Registry.parse(REGISTRY + MORE, "registry.csv")


def form(project: str = "道路保洁经费", budget: float = 300, spent: float = 290, unit: str = SONG) -> bytes:
    head = [["项目支出绩效自评表"], ["（2021年度）"]]
    score = round(10 * spent / budget, 2)
    funds = [
        ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [
            None,
            "年度资金总额",
            None,
            budget,
            budget,
            spent,
            10,
            (spent / budget, "0.00%"),
            (score, "0.00"),
        ],
        [None, "其中：当年财政拨款", None, budget, budget, spent, "-", (spent / budget, "0.00%"), "-"],
    ]
    rows = [
        row
        for row in project_form(
            project,
            head=head,
            funds=funds,
            indicators=INDICATORS,
            total=[[*TOTAL[0][:-1], (88.33 + score, "0.00")]],
        )
    ]
    rows[3] = ["主管部门", unit, None, None, "实施单位", unit]
    return workbook(rows)


def page(name: str = SONG) -> bytes:
    """The report as a web page."""
    lines = report(name).decode().split("\n")
    rows = ["".join(f"<td>{cell}</td>" for cell in line.strip("|").split("|")) for line in lines if line[:1] == "|"]
    table = "".join(f"<tr>{row}</tr>" for row in rows if "---" not in row)
    text = [f"<p>{line.lstrip('# ')}</p>" for line in lines if line and line[0] != "|"]
    at = next(place for place, line in enumerate(text) if "单位：万元" in line) + 1
    return f"<html><body>{''.join(text[:at])}<table>{table}</table>{''.join(text[at:])}</body></html>".encode()


def bundle() -> bytes:
    """A report and a form whose amounts differ, and a file that would lie outside."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("石桥/报告.md", report(SHI))
        archive.writestr("石桥/表.xlsx", form(unit=SHI, spent=280))
        archive.writestr("../x.md", b"x")
    return target.getvalue()


FILES = {
    "松溪": report(SONG),
    "松溪表": form(unit=SONG),
    "白塬": report(BAI),
    "白塬表": form(unit=BAI, spent=280),
    "禾浦一": report(HE),
    "禾浦二": report(HE, spent="940.00", rate="94.0", cleaning="280.00"),
    "青竹": report(QING),
    "青竹网页": page(QING),
    "图": b"\x89PNG\r\n\x1a\n" + bytes(99),
    "石桥": bundle(),
}
"""A submission each of five departments, and a file of none, which bears on nothing."""
MEMBERS = ["报告.md", "表.xlsx", "x.md"]
"""Those of 石桥."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("together")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return folder


def by_name(results: Iterable[Examined]) -> dict[str, Examined]:
    return {Path(each.file).name: each for each in results}


@pytest.fixture(scope="module")
def joint(folder: Path) -> dict[str, Examined]:
    """All of them, examined as if they came in at once."""
    return by_name(examine_together([folder / name for name in FILES], PEOPLE, Settings()))


@pytest.fixture(scope="module")
def alone(folder: Path) -> dict[str, Examined]:
    """Each on its own."""
    return by_name(examine([folder / name for name in ("白塬", "白塬表", "石桥")], PEOPLE, Settings()))


def rules(result: Examined) -> list[object]:
    return [finding["rule"] for finding in result.findings]


def test_each_file_has_its_result_in_the_order_given(joint) -> None:
    assert list(joint) == [name for name in FILES if name != "石桥"] + MEMBERS


def test_a_report_and_its_form_are_one_submission(joint) -> None:
    results = [joint["松溪"], joint["松溪表"]]
    assert [(each.outcome, each.kind, each.department_id, each.fiscal_year) for each in results] == [
        ("accepted", "overall_report", "s-song", 2021),
        ("accepted", "project_form", "s-song", 2021),
    ]
    assert [len(each.facts["fact_form"]) for each in results] == [0, 1]
    assert [len(each.facts["fact_project_spending"]) for each in results] == [3, 1]


def test_an_amount_that_differs_between_report_and_form_is_found_in_the_form_and_names_the_report(joint, alone) -> None:
    said, formed = joint["白塬"], joint["白塬表"]
    assert (said.outcome, formed.outcome) == ("quarantined", "quarantined")
    assert (rules(said), rules(formed)) == ([], ["C32"])
    assert "“道路保洁经费”的支出金额此处为 280万元，“白塬”第 29 行为 290万元。" in str(formed.findings[0]["message"])
    assert [alone[name].outcome for name in ("白塬", "白塬表")] == ["accepted", "accepted_with_warnings"]
    assert rules(alone["白塬表"]) == ["C06"]  # a form without its report


def test_different_reports_name_each_other_and_the_same_in_two_media_counts_once(joint) -> None:
    different = [joint["禾浦一"], joint["禾浦二"]]
    assert [each.outcome for each in different] == ["quarantined", "quarantined"]
    assert all("“禾浦一”与“禾浦二”" in str(each.reason) and rules(each) == ["S02"] for each in different)
    same = [joint["青竹"], joint["青竹网页"]]
    assert [each.outcome for each in same] == ["accepted", "accepted"]
    assert [each.reason for each in same].count(None) == 1
    assert "只计一份" in "".join(each.reason or "" for each in same)


def test_an_unreadable_attachment_and_another_department_bear_on_nothing(joint) -> None:
    assert [joint[name].outcome for name in ("松溪", "图", "白塬")] == ["accepted", "unreadable", "quarantined"]


def test_a_bundle_is_its_members(joint, alone) -> None:
    assert [(name, alone[name].outcome) for name in list(alone)[2:]] == [
        ("报告.md", "accepted"),
        ("表.xlsx", "accepted_with_warnings"),  # C06: a form without its report
        ("x.md", "unreadable"),
    ]
    assert "路径不合规" in str(alone["x.md"].reason)
    assert [joint[name].outcome for name in MEMBERS] == ["quarantined", "quarantined", "unreadable"]
    assert [joint[name].file for name in MEMBERS] == [alone[name].file for name in MEMBERS]
