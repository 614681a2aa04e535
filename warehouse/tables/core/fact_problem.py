"""Problems that a report names; what is done about them stands in fact_measure."""

from warehouse.schema import Table
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
    name="fact_problem",
    title="存在问题",
    title_en="Problems",
    grain="每个报送版本的每个问题一行",
    columns=(
        key("problem_key", "问题键", "Problem key"),
        *FACT_COLUMNS,
        position(REPORT),
        text("title", "问题", "Title", REPORT),
        text("detail", "问题说明", "Detail", REPORT, nullable=True),
        text("category", "问题类别（系统归类）", "Category", SYSTEM, nullable=True),
        *WORDS_AT,
    ),
    primary_key=("problem_key",),
    foreign_keys=(*FACT_KEYS, WORDS_TO_DOCUMENT),
    is_large=True,
)
