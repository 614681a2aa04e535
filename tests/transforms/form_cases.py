"""Forms written in a test: layouts of several templates as rows, read through a workbook to their facts."""

from __future__ import annotations

from collections.abc import Sequence

from tests.transforms.docx_maker import p, tbl, tc, tr
from tests.transforms.sheet_makers import Rows, workbook
from transforms.departments.registry import Registry
from transforms.documents.reader import read_document
from transforms.facts.extract import extract
from transforms.facts.model import Facts

REGISTRY = Registry.parse(
    "department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to\n"
    "d-1,青云街道办事处,青云街道,,街道,2,9,某区,,\n",
    "registry.csv",
)

FUNDS = [
    ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, "年度资金总额", None, 100, 120, 108, 10, (0.9, "0.00%"), 9],
    [None, "其中：当年财政拨款", None, 80, 100, 90, "-", (0.9, "0.00%"), "-"],
    [None, "上年结转资金", None, 20, 20, 18, "-", (0.9, "0.00%"), "-"],
    [None, "其他资金", None, 0, 0, 0, "-", "", "-"],
]
GOALS = [
    ["年度总体目标", "预期目标", None, None, None, "实际完成情况"],
    [None, "完成辖区道路养护12公里。", None, None, None, "已完成辖区道路养护12公里。"],
]
INDICATORS = [
    [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    [None, "产出指标（50分）", "数量指标", "养护道路长度", "≥12公里", "12公里", 20, 20],
    [None, None, None, "巡查次数", "不少于24次", "20次", 10, (8.33, "0.00"), "雨天减少，次年补足。"],
    [None, None, "时效指标", "按期完成率", (1, "0%"), (1, "0%"), 20, 20],
    [None, "效益指标（30分）", "社会效益指标", "出行便利程度", "有效提升", "有效提升", 30, 30],
    [None, "满意度指标（10分）", "服务对象满意度指标", "居民满意度", "90%以上", "95.5%", 10, 10],
]
TOTAL = [["总分", None, None, None, None, None, 100, 97.33]]
MERGED = ["A1:I1", "A2:I2", "B3:I3", "B4:D4", "F4:I4", "A5:A9", "A10:A11", "B10:E10", "F10:I10", "B11:E11", "F11:I11"]
MERGED += ["A12:A17", "B13:B15", "C13:C14", "A18:F18"]


def project_form(name: str = "道路养护经费", **parts: Rows) -> list[Sequence[object]]:
    """The national template (财预〔2020〕10号)."""
    return [
        *parts.get("head", [["项目支出绩效自评表"], ["（2022年度）"]]),
        ["项目名称", name],
        ["主管部门", "某区城市管理局", None, None, "实施单位", "青云街道办事处"],
        *parts.get("funds", FUNDS),
        *parts.get("goals", GOALS),
        *parts.get("indicators", INDICATORS),
        *parts.get("total", TOTAL),
    ]


def facts_of(content: bytes) -> Facts:
    return extract(read_document(content, "自评表.xlsx"), REGISTRY)


def read_form(rows: Rows, merged: Sequence[str] = ()) -> Facts:
    """The facts of a workbook of one sheet."""
    return facts_of(workbook(rows, merged={0: merged}))


def word_table(rows: Rows, merged: Sequence[str] = ()) -> str:
    """The rows as a table of a Word document; ``merged``: ranges (A1:C1) of it."""
    width = max(map(len, rows))
    owners = {}
    for reference in merged:
        (top, left), (bottom, right) = ((int(end[1:]) - 1, ord(end[0]) - ord("A")) for end in reference.split(":"))
        owners |= {(row, left): (top, right - left + 1, bottom > top) for row in range(top, bottom + 1)}
    written = []
    for number, row in enumerate(rows):
        cells, column = [], 0
        while column < width:
            top, across, is_tall = owners.get((number, column), (number, 1, False))
            value = row[column] if column < len(row) and top == number else None
            is_rate = isinstance(value, tuple) and "%" in value[1]
            content = f"{value[0]:.2%}" if is_rate else value[0] if isinstance(value, tuple) else value
            merge = ('<w:vMerge w:val="restart"/>' if top == number else "<w:vMerge/>") if is_tall else ""
            span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
            cells.append(tc(p("" if content is None else str(content)), span + merge))
            column += across
        written.append(tr(*cells))
    return tbl(*written)
