"""Which internal offices a submission lists (factless); names stand in dim_internal_office."""

from warehouse.schema import ForeignKey, Table
from warehouse.tables.common import FACT_COLUMNS, FACT_KEYS, REPORT, key, position

TABLE = Table(
    schema="core",
    name="fact_internal_office",
    title="所列内设机构",
    title_en="Internal offices listed (factless)",
    grain="每个报送版本所列的每个内设机构一行",
    columns=(
        key("office_listing_key", "内设机构列示键", "Office listing key"),
        *FACT_COLUMNS,
        key("internal_office_key", "内设机构键", "Internal office key"),
        position(REPORT),
    ),
    primary_key=("office_listing_key",),
    foreign_keys=(
        *FACT_KEYS,
        ForeignKey(("internal_office_key",), "core.dim_internal_office", ("internal_office_key",)),
    ),
    is_large=True,
)
