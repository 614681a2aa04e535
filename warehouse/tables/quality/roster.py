"""Who is expected to submit for which year, and how it stands; lateness is a condition, not a status."""

from warehouse.schema import Check, Column, ForeignKey, Kind, Table
from warehouse.tables.common import (
    CONFIGURATION,
    DEPARTMENT_ID,
    FISCAL_YEAR,
    LEDGER,
    TO_DEPARTMENT_ID,
    TO_FISCAL_YEAR,
    key,
)

TABLE = Table(
    schema="quality",
    name="roster",
    title="应报名册",
    title_en="Roster of expected submissions",
    grain="每个应报单位每个年度一行",
    columns=(
        DEPARTMENT_ID,
        FISCAL_YEAR,
        Column("due_on", Kind.DATE, "应报日期", "Due on", nullable=True, source=CONFIGURATION),
        Column(
            "condition",
            Kind.TEXT,
            "报送情况（已报、迟报、未报、卡住）",
            "Condition",
            allowed=("submitted", "late", "missing", "stuck"),
            source=LEDGER,
        ),
        key("current_submission_key", "现行版本键", "Version in force", nullable=True),
    ),
    primary_key=("department_id", "fiscal_year"),
    foreign_keys=(
        TO_DEPARTMENT_ID,
        TO_FISCAL_YEAR,
        ForeignKey(("current_submission_key",), "quality.submission_version", ("submission_key",)),
    ),
    checks=(
        Check(
            "missing_has_none",
            "condition <> 'missing' OR current_submission_key IS NULL",
            "未报的单位不得有现行版本",
        ),
    ),
)
