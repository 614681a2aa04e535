"""Kinds of performance indicators and their parents."""

from warehouse.schema import ForeignKey, Table
from warehouse.tables.common import CONFIGURATION, text

TABLE = Table(
    schema="core",
    name="dim_indicator_kind",
    title="绩效指标类别",
    title_en="Indicator kinds",
    grain="每个指标类别一行",
    columns=(
        text("indicator_kind", "指标类别", "Indicator kind", CONFIGURATION),
        text("name", "指标类别名称", "Name", CONFIGURATION),
        text("parent", "上级指标类别", "Parent kind", CONFIGURATION, nullable=True),
    ),
    primary_key=("indicator_kind",),
    foreign_keys=(ForeignKey(("parent",), "core.dim_indicator_kind", ("indicator_kind",)),),
)
