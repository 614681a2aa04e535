"""The Chinese words for states, levels and places, wherever people read them."""

from __future__ import annotations

from collections.abc import Mapping

OUTCOMES = {
    "accepted": "通过",
    "accepted_with_warnings": "通过，有警告",
    "quarantined": "退回",
    "unreadable": "无法读取",
    "superseded": "已被新版本取代",
    "withdrawn": "已撤回",
    "received": "已收取",
    "read": "已读取",
    "judged": "已评判",
}
CONDITIONS = {"submitted": "按时", "late": "逾期", "missing": "未报", "stuck": "卡住"}
STAGES = {"shadow": "试行", "warning": "只警告", "full": "正式"}
STATES = {"open": "待处理", "explained": "已说明", "waived": "已豁免", "corrected": "已更正"}
LEVELS = {"blocking": "阻断", "warning": "警告", "information": "提示"}
LISTINGS = {"plan": "计划表", "task": "任务完成表", "key": "重点项目表", "form": "自评表"}
FORMS = {"overall_form": "整体自评表", "project_form": "项目自评表"}
ROLES = {"initial": "年初", "adjusted": "调整后", "unspecified": "未写明"}
HEADCOUNTS = {
    "total": "总人数",
    "established": "在编人员",
    "administrative": "行政编制人员",
    "institution": "事业编制人员",
    "non_established": "编外人员",
    "approved_posts": "核定编制数",
    "retired": "离退休人员",
}
WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "status": OUTCOMES,
    "outcome": OUTCOMES
    | {"taken": "已收", "duplicate": "重复", "pass": "通过", "fail": "不通过", "not_applicable": "不适用"},
    "condition": CONDITIONS,
    "stage": STAGES,
    "state": STATES,
    "level": LEVELS,
    "listing": LISTINGS,
    "amount_role": ROLES,
    "kind": FORMS,
    "headcount_kind": HEADCOUNTS,
}
"""Column of the warehouse -> the words for its values."""

_PLACES = (
    ("page", None, "第 ", " 页"),
    ("line", None, "第 ", " 行"),
    ("table", "table_number", "表 ", ""),
    ("row", "row_number", "数据行 ", ""),
    ("column", "column_number", "列 ", ""),
)
"""Column of a place, its other name, and what stands before and after its value."""


def place_text(place: Mapping[str, object]) -> str:
    """“第 12 行，表 4，数据行 3，列 2” from whichever place columns a row has; empty when it has none."""
    parts = []
    for name, other, before, after in _PLACES:
        value = place.get(name)
        if value is None and other is not None:
            value = place.get(other)
        if value is not None:
            parts.append(f"{before}{value}{after}")
    return "，".join(parts)
