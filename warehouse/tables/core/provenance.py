"""Where each measured value came from; a value with several sources has several rows, equal rows never.

There is no surrogate key: value, place and raw text together are the key, with empty places equal to each other
(as GROUP BY has it), so that the audit needs one aggregation.
"""

from dataclasses import replace

from warehouse.schema import Table
from warehouse.tables.common import (
    DOCUMENT_KEY,
    PLACE_COLUMNS,
    READER,
    SUBMISSION_KEY,
    SYSTEM,
    TO_DOCUMENT,
    TO_SUBMISSION,
    key,
    text,
)

TABLE = Table(
    schema="core",
    name="provenance",
    title="数据出处",
    title_en="Provenance of measured values",
    grain="每个数值的每个出处一行",
    columns=(
        text("table_name", "事实表（不含模式名）", "Fact table, without its schema", SYSTEM),
        replace(
            key("row_key", "数值所在行的键", "Key of the row"),
            warning="为事实表自己的键；fact_department_budget 用 submission_key。",
        ),
        text("column_name", "数值所在列", "Column", SYSTEM),
        SUBMISSION_KEY,
        DOCUMENT_KEY,
        *PLACE_COLUMNS,
        text("raw_text", "原文", "Raw text", READER),
    ),
    primary_key=(
        "table_name",
        "row_key",
        "column_name",
        "document_key",
        *(column.name for column in PLACE_COLUMNS),
        "raw_text",
    ),
    foreign_keys=(TO_SUBMISSION, TO_DOCUMENT),
    is_large=True,
    warning="与事实表连接会成倍增加行数（一个数值可有几处出处）；连接前先取一处或先汇总。",
)
