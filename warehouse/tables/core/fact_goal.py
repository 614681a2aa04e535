"""Annual goals of a submission; goals of single projects stand in fact_project_spending."""

from warehouse.schema import Table
from warehouse.tables.common import FACT_COLUMNS, FACT_KEYS, REPORT, WORDS_AT, WORDS_TO_DOCUMENT, key, position, text

TABLE = Table(
    schema="core",
    name="fact_goal",
    title="年度总体目标",
    title_en="Annual goals",
    grain="每个报送版本的每条目标一行",
    columns=(
        key("goal_key", "目标键", "Goal key"),
        *FACT_COLUMNS,
        position(REPORT),
        text("aspect", "方面", "Aspect", REPORT, nullable=True),
        text("goal", "目标", "Goal", REPORT),
        *WORDS_AT,
    ),
    primary_key=("goal_key",),
    foreign_keys=(*FACT_KEYS, WORDS_TO_DOCUMENT),
    is_large=True,
)
