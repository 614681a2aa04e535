"""Measures that a report announces; the problems they answer are proposed, not stated."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import (
    FACT_COLUMNS,
    FACT_KEYS,
    REPORT,
    SYSTEM,
    WORDS_AT,
    WORDS_TO_DOCUMENT,
    key,
    position,
    text,
)

TABLE = Table(
    schema="core",
    name="fact_measure",
    title="改进措施",
    title_en="Measures",
    grain="每个报送版本的每条措施一行",
    columns=(
        key("measure_key", "措施键", "Measure key"),
        *FACT_COLUMNS,
        position(REPORT),
        text("title", "措施", "Title", REPORT),
        text("detail", "措施说明", "Detail", REPORT, nullable=True),
        text("category", "措施类别（系统归类）", "Category", SYSTEM, nullable=True),
        Column(
            "answers_problem",
            Kind.INTEGER_LIST,
            "疑似对应的问题序号",
            "Positions of problems it seems to answer",
            nullable=True,
            source=SYSTEM,
            warning="系统推断，仅供参考。",
        ),
        *WORDS_AT,
    ),
    primary_key=("measure_key",),
    foreign_keys=(*FACT_KEYS, WORDS_TO_DOCUMENT),
    is_large=True,
)
