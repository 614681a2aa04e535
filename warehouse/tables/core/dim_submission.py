"""Accepted submission versions, one current a department and year; all versions stand in quality."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import (
    CATALOGUE_VERSION,
    DEPARTMENT_ID,
    DEPARTMENT_KEY,
    FISCAL_YEAR,
    JUDGEMENT,
    LEDGER,
    LEVEL_COUNTS,
    RECEIVED_AT,
    SUBMISSION_KEY,
    SYSTEM,
    TO_DEPARTMENT,
    TO_FISCAL_YEAR,
    text,
)

TABLE = Table(
    schema="core",
    name="dim_submission",
    title="已采纳的报送版本",
    title_en="Accepted submissions",
    grain="每个单位每个年度现行的已采纳版本一行",
    columns=(
        SUBMISSION_KEY,
        DEPARTMENT_KEY,
        DEPARTMENT_ID,
        FISCAL_YEAR,
        Column("version", Kind.INTEGER, "版本号", "Version from 1", minimum=1, source=LEDGER),
        Column(
            "status",
            Kind.TEXT,
            "状态",
            "Status",
            allowed=("accepted", "accepted_with_warnings"),
            source=JUDGEMENT,
        ),
        RECEIVED_AT,
        CATALOGUE_VERSION,
        text("reader_version", "读取程序版本", "Reader version", SYSTEM),
        *LEVEL_COUNTS,
    ),
    primary_key=("submission_key",),
    unique=(("department_id", "fiscal_year"),),
    foreign_keys=(TO_DEPARTMENT, TO_FISCAL_YEAR),
    volatile=("received_at",),
)
