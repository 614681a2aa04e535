"""Files examined as one submission: what report and forms say of each other, bundles, repetitions, conflicts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from homes import BAI, REGISTRY, SONG, report

from orchestration.examination import Examined, examine, examine_together
from orchestration.settings import Settings
from tests.transforms.form_cases import INDICATORS, TOTAL, project_form
from tests.transforms.sheet_makers import workbook
from transforms.departments.registry import Registry

pytestmark = pytest.mark.pipeline

PEOPLE = Registry.parse(REGISTRY, "registry.csv")


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


def page() -> bytes:
    """The report as a web page."""
    lines = report().decode().split("\n")
    rows = ["".join(f"<td>{cell}</td>" for cell in line.strip("|").split("|")) for line in lines if line[:1] == "|"]
    table = "".join(f"<tr>{row}</tr>" for row in rows if "---" not in row)
    text = [f"<p>{line.lstrip('# ')}</p>" for line in lines if line and line[0] != "|"]
    at = next(place for place, line in enumerate(text) if "单位：万元" in line) + 1
    return f"<html><body>{''.join(text[:at])}<table>{table}</table>{''.join(text[at:])}</body></html>".encode()


def files(folder: Path, **contents: bytes) -> list[Path]:
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def together(folder: Path, **contents: bytes) -> list[Examined]:
    return examine_together(files(folder, **contents), PEOPLE, Settings())


def rules(result: Examined) -> list[object]:
    return [finding["rule"] for finding in result.findings]


def test_a_report_and_its_form_are_one_submission(tmp_path) -> None:
    results = together(tmp_path, 报告=report(), 表=form())
    assert [(each.outcome, each.kind, each.department_id, each.fiscal_year) for each in results] == [
        ("accepted", "overall_report", "s-song", 2021),
        ("accepted", "project_form", "s-song", 2021),
    ]
    assert [len(each.facts["fact_form"]) for each in results] == [0, 1]
    assert [len(each.facts["fact_project_spending"]) for each in results] == [3, 1]


def test_an_amount_that_differs_between_report_and_form_is_found_in_the_form_and_names_the_report(tmp_path) -> None:
    said, formed = together(tmp_path, 报告=report(), 表=form(spent=280))
    assert (said.outcome, formed.outcome) == ("quarantined", "quarantined")
    assert (rules(said), rules(formed)) == ([], ["C32"])
    assert "“道路保洁经费”的支出金额此处为 280万元，“报告”第 29 行为 290万元。" in str(formed.findings[0]["message"])
    alone = list(examine([tmp_path / "报告", tmp_path / "表"], PEOPLE, Settings()))
    assert [each.outcome for each in alone] == ["accepted", "accepted_with_warnings"]
    assert rules(alone[1]) == ["C06"]  # a form without its report


def test_different_reports_name_each_other_and_the_same_in_two_media_counts_once(tmp_path) -> None:
    different = together(tmp_path, a=report(), b=report(spent="940.00", rate="94.0", cleaning="280.00"))
    assert [each.outcome for each in different] == ["quarantined", "quarantined"]
    assert all("“a”与“b”" in str(each.reason) and rules(each) == ["S02"] for each in different)
    same = together(tmp_path, a=report(), b=page())
    assert [each.outcome for each in same] == ["accepted", "accepted"]
    assert [each.reason for each in same].count(None) == 1
    assert "只计一份" in "".join(each.reason or "" for each in same)


def test_an_unreadable_attachment_and_another_department_bear_on_nothing(tmp_path) -> None:
    results = together(tmp_path, 报告=report(), 图=b"\x89PNG\r\n\x1a\n" + bytes(99), 别家=report(BAI, rate="90.0"))
    assert [each.outcome for each in results] == ["accepted", "unreadable", "quarantined"]


def test_a_bundle_is_its_members(tmp_path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as bundle:
        bundle.writestr("松溪/报告.md", report())
        bundle.writestr("松溪/表.xlsx", form(spent=280))
        bundle.writestr("../x.md", b"x")
    (path,) = files(tmp_path, 松溪=target.getvalue())
    alone = list(examine([path], PEOPLE, Settings()))
    assert [(Path(each.file).name, each.outcome) for each in alone] == [
        ("报告.md", "accepted"),
        ("表.xlsx", "accepted_with_warnings"),  # C06: a form without its report
        ("x.md", "unreadable"),
    ]
    assert "路径不合规" in str(alone[2].reason)
    joint = examine_together([path], PEOPLE, Settings())
    assert [each.outcome for each in joint] == ["quarantined", "quarantined", "unreadable"]
    assert [each.file for each in joint] == [each.file for each in alone]
