"""Project identities through tables and years; amounts stand in fact_project_spending."""

from warehouse.schema import Check, Column, ForeignKey, Kind, Table
from warehouse.tables.common import (
    DEPARTMENT_ID,
    FIRST_YEAR,
    LAST_YEAR,
    PROJECT_KEY,
    REPORT_TABLE,
    SYSTEM,
    TO_DEPARTMENT_ID,
    text,
)

TABLE = Table(
    schema="core",
    name="dim_project",
    title="项目",
    title_en="Projects",
    grain="每个单位的每个项目一行（跨表、跨年度同一项目）",
    columns=(
        PROJECT_KEY,
        DEPARTMENT_ID,
        text("canonical_name", "项目规范名称", "Canonical name", REPORT_TABLE),
        text("function_code", "功能分类代码（类）", "Function class code", SYSTEM, nullable=True),
        text("function_basis", "功能分类依据", "Basis of the function class", SYSTEM, nullable=True),
        Column(
            "first_year",
            Kind.INTEGER,
            "首次出现年度",
            "First year",
            minimum=FIRST_YEAR,
            maximum=LAST_YEAR,
            unit="年",
            source=SYSTEM,
        ),
        Column(
            "last_year",
            Kind.INTEGER,
            "最近出现年度",
            "Last year",
            minimum=FIRST_YEAR,
            maximum=LAST_YEAR,
            unit="年",
            source=SYSTEM,
        ),
    ),
    primary_key=("project_key",),
    foreign_keys=(TO_DEPARTMENT_ID, ForeignKey(("function_code",), "core.dim_function", ("function_code",))),
    checks=(Check("year_order", "last_year >= first_year", "最近出现年度不得早于首次出现年度"),),
    warning="功能分类是系统推断的，依据见 function_basis；文件本身没有写。",
)
