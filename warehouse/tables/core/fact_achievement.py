"""Measured statements of the achievements section; figures of project rows do not belong here."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import (
    FACT_COLUMNS,
    FACT_KEYS,
    LARGEST_YUAN,
    REPORT,
    SYSTEM,
    WORDS_AT,
    WORDS_TO_DOCUMENT,
    first_of_words,
    key,
    text,
)

TABLE = Table(
    schema="core",
    name="fact_achievement",
    title="绩效成果数据",
    title_en="Achievements",
    grain="成果部分的每个数据一行",
    columns=(
        key("achievement_key", "成果键", "Achievement key"),
        *FACT_COLUMNS,
        text("section", "所在小节", "Section", REPORT, nullable=True),
        text("metric", "指标", "Metric", REPORT),
        Column(
            "value",
            Kind.QUANTITY,
            "数值（按原文）",
            "Value as printed",
            minimum=-LARGEST_YUAN,
            maximum=LARGEST_YUAN,
            source=REPORT,
            warning="单位见 unit，如 64 万人次记为 64；比较时用 normalized_value。",
        ),
        text("unit", "单位（原文）", "Unit as printed", REPORT, nullable=True),
        Column(
            "normalized_value",
            Kind.QUANTITY,
            "折算数值",
            "Value in the base unit",
            nullable=True,
            minimum=-LARGEST_YUAN,
            maximum=LARGEST_YUAN,
            source=SYSTEM,
            warning="把万、亿、%等折算后的数值。",
        ),
        text("qualifier", "约数用语（约、近、逾、余、多、以上）", "Qualifier", REPORT, nullable=True),
        text("sentence", "所在句子（原文）", "Sentence", REPORT),
        first_of_words(
            "has_own_sentence",
            "所在句子是否由此行列出",
            "Whether the row stands for its section and sentence, once each",
        ),
        *WORDS_AT,
    ),
    primary_key=("achievement_key",),
    foreign_keys=(*FACT_KEYS, WORDS_TO_DOCUMENT),
    is_large=True,
)
