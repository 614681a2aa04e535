"""Fiscal years and their deadlines; nothing about departments."""

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import CONFIGURATION, FISCAL_YEAR

TABLE = Table(
    schema="core",
    name="dim_fiscal_year",
    title="预算年度",
    title_en="Fiscal years",
    grain="每个预算年度一行",
    columns=(
        FISCAL_YEAR,
        Column("starts_on", Kind.DATE, "年度开始日", "First day", source=CONFIGURATION),
        Column("ends_on", Kind.DATE, "年度结束日", "Last day", source=CONFIGURATION),
        Column(
            "submission_deadline",
            Kind.DATE,
            "报送截止日",
            "Last day to submit the report",
            nullable=True,
            source=CONFIGURATION,
        ),
    ),
    primary_key=("fiscal_year",),
    checks=(
        Check("year_order", "ends_on > starts_on", "年度结束日须晚于开始日"),
        Check("deadline_order", "submission_deadline > starts_on", "报送截止日须晚于年度开始日"),
    ),
)
