"""Internal offices of departments; which year listed them stands in fact_internal_office."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import DEPARTMENT_ID, REPORT, TO_DEPARTMENT_ID, key, text

TABLE = Table(
    schema="core",
    name="dim_internal_office",
    title="内设机构",
    title_en="Internal offices",
    grain="每个单位的每个内设机构一行",
    columns=(
        key("internal_office_key", "内设机构键", "Internal office key"),
        DEPARTMENT_ID,
        text("name", "内设机构名称", "Name", REPORT),
        Column("also_named", Kind.TEXT_LIST, "加挂牌子", "Second names", nullable=True, source=REPORT),
    ),
    primary_key=("internal_office_key",),
    foreign_keys=(TO_DEPARTMENT_ID,),
)
