"""Rows that broke their table's contract; each quarantines its submission, as the rest would sum falsely."""

from warehouse.schema import Table
from warehouse.tables.common import (
    DOCUMENT_KEY,
    JUDGEMENT,
    PLACE_COLUMNS,
    SUBMISSION_KEY,
    SYSTEM,
    TO_VERSION,
    key,
    nullable,
    text,
)

TABLE = Table(
    schema="quality",
    name="rejected_row",
    title="不合格的数据行",
    title_en="Rejected rows",
    grain="每个不合格的数据行的每项检查一行",
    columns=(
        key("rejected_row_key", "不合格行键", "Rejected row key"),
        text("table_name", "数据表（不含模式名）", "Table, without its schema", SYSTEM),
        text("column_name", "列", "Column", SYSTEM, nullable=True),
        text("check_name", "检查", "Check", SYSTEM),
        text("value", "值", "Value", JUDGEMENT, nullable=True),
        SUBMISSION_KEY,
        nullable(DOCUMENT_KEY),
        *PLACE_COLUMNS,
        text("reason", "原因", "Reason", JUDGEMENT),
    ),
    primary_key=("rejected_row_key",),
    foreign_keys=(TO_VERSION,),
)
