"""Indicator rows of forms: target beside actual, weight beside score."""

from warehouse.schema import Column, ForeignKey, Kind, Table
from warehouse.tables.common import (
    FACT_COLUMNS,
    FACT_KEYS,
    FORM,
    PROJECT_KEY,
    SYSTEM,
    TO_PROJECT,
    key,
    nullable,
    text,
)
from warehouse.tables.core.fact_form import TO_FORM


def _number(name: str, title: str, title_en: str, *, unit: str | None = None) -> Column:
    return Column(name, Kind.QUANTITY, title, title_en, nullable=True, unit=unit, source=FORM)


def _own(name: str, title: str, title_en: str) -> Column:
    warning = "几个指标合用的单元格只随其中一个指标计一次。"
    return Column(name, Kind.BOOLEAN, title, title_en, source=SYSTEM, warning=warning)


TABLE = Table(
    schema="core",
    name="fact_indicator",
    title="绩效指标",
    title_en="Indicators",
    grain="自评表的每个指标一行",
    columns=(
        key("indicator_key", "指标键", "Indicator key"),
        key("form_key", "自评表键", "Form key"),
        *FACT_COLUMNS,
        nullable(PROJECT_KEY),
        text("level_1", "一级指标", "Level 1", FORM, nullable=True),
        text("level_2", "二级指标", "Level 2", FORM, nullable=True),
        text("level_3", "三级指标", "Level 3", FORM, nullable=True),
        text("indicator_kind", "指标类别", "Indicator kind", SYSTEM, nullable=True),
        Column(
            "direction",
            Kind.TEXT,
            "方向（≥、≤、=、定性）",
            "Direction",
            nullable=True,
            allowed=("≥", "≤", "=", "qualitative"),
            source=FORM,
        ),
        text("target_text", "年度指标值（原文）", "Target as printed", FORM, nullable=True),
        _number("target_value", "年度指标值", "Target"),
        text("actual_text", "实际完成值（原文）", "Actual as printed", FORM, nullable=True),
        _number("actual_value", "实际完成值", "Actual"),
        text("unit", "指标值单位（原文）", "Unit as printed", FORM, nullable=True),
        _number("weight", "分值（权重）", "Weight", unit="分"),
        _number("score", "得分", "Score", unit="分"),
        _own("has_own_weight", "分值是否计入合计", "Whether the weight counts in sums"),
        _own("has_own_score", "得分是否计入合计", "Whether the score counts in sums"),
        text("reason", "偏差原因及改进措施", "Reason given", FORM, nullable=True),
    ),
    primary_key=("indicator_key",),
    foreign_keys=(
        *FACT_KEYS,
        TO_FORM,
        TO_PROJECT,
        ForeignKey(("indicator_kind",), "core.dim_indicator_kind", ("indicator_kind",)),
    ),
    is_large=True,
)
