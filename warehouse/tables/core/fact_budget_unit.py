"""Which budget units a submission lists (factless); names and roles stand in dim_budget_unit."""

from warehouse.schema import ForeignKey, Table
from warehouse.tables.common import FACT_COLUMNS, FACT_KEYS, REPORT, key, position

TABLE = Table(
    schema="core",
    name="fact_budget_unit",
    title="所列预算单位",
    title_en="Budget units listed (factless)",
    grain="每个报送版本所列的每个预算单位一行",
    columns=(
        key("unit_listing_key", "预算单位列示键", "Unit listing key"),
        *FACT_COLUMNS,
        key("budget_unit_key", "预算单位键", "Budget unit key"),
        position(REPORT),
    ),
    primary_key=("unit_listing_key",),
    foreign_keys=(*FACT_KEYS, ForeignKey(("budget_unit_key",), "core.dim_budget_unit", ("budget_unit_key",))),
    is_large=True,
)
