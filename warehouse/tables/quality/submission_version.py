"""Every version of a department and year and what became of it, also those that core never shows."""

from warehouse.schema import Column, ForeignKey, Kind, Table
from warehouse.tables.common import (
    DECISION,
    DEPARTMENT_ID,
    FISCAL_YEAR,
    JUDGEMENT,
    LEDGER,
    LEVEL_COUNTS,
    RECEIVED_AT,
    SUBMISSION_KEY,
    TO_DEPARTMENT_ID,
    TO_FISCAL_YEAR,
    key,
    nullable,
    text,
)

STATUSES = (
    "received",
    "read",
    "judged",
    "accepted",
    "accepted_with_warnings",
    "quarantined",
    "unreadable",
    "superseded",
    "withdrawn",
)

TABLE = Table(
    schema="quality",
    name="submission_version",
    title="报送版本",
    title_en="Submission versions",
    grain="每个单位每个年度的每个版本一行",
    columns=(
        SUBMISSION_KEY,
        nullable(DEPARTMENT_ID),
        nullable(FISCAL_YEAR),
        Column("version", Kind.INTEGER, "版本号", "Version from 1", minimum=1, source=LEDGER),
        Column("status", Kind.TEXT, "状态", "Status", allowed=STATUSES, source=JUDGEMENT),
        RECEIVED_AT,
        Column("judged_at", Kind.TIMESTAMP, "评判时间", "Judged at (UTC)", nullable=True, source=JUDGEMENT),
        text("reason", "状态原因", "Reason of the status", JUDGEMENT, nullable=True),
        key("supersedes_key", "被替代的版本键", "Version that this one supersedes", nullable=True),
        *(nullable(column) for column in LEVEL_COUNTS),
        text("decisions", "评判时计入的人工决定", "Decisions of people that counted", DECISION, nullable=True),
    ),
    primary_key=("submission_key",),
    unique=(("department_id", "fiscal_year", "version"),),
    foreign_keys=(
        TO_DEPARTMENT_ID,
        TO_FISCAL_YEAR,
        ForeignKey(("supersedes_key",), "quality.submission_version", ("submission_key",)),
    ),
    volatile=("received_at", "judged_at"),
    warning="含被隔离、被替代和撤回的版本；已公布的数据只看 core。",
)
