"""Budget units of departments; which year listed them stands in fact_budget_unit."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import DEPARTMENT_ID, REPORT, TO_DEPARTMENT_ID, key, text

TABLE = Table(
    schema="core",
    name="dim_budget_unit",
    title="预算单位",
    title_en="Budget units",
    grain="每个单位的每个预算单位一行",
    columns=(
        key("budget_unit_key", "预算单位键", "Budget unit key"),
        DEPARTMENT_ID,
        text("name", "预算单位名称", "Name", REPORT),
        Column(
            "role",
            Kind.TEXT,
            "层级（本级或下属）",
            "Role: own (本级) or subordinate (下属)",
            allowed=("本级", "下属"),
            source=REPORT,
        ),
        text("unit_kind", "单位性质", "Kind of unit", REPORT, nullable=True),
    ),
    primary_key=("budget_unit_key",),
    foreign_keys=(TO_DEPARTMENT_ID,),
)
