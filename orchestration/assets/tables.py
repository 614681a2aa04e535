"""An asset for every table and view of the warehouse, with columns and lineage from their only definitions.

How and when they are built belongs to the stage that builds them.
"""

from __future__ import annotations

import dagster as dg

from warehouse.registry import TABLES, column_comment, table_comment
from warehouse.schema import Column, Table
from warehouse.views import View, views

OWNERS = ["team:jixiao-analysts"]


def table_assets(built_by: dg.AssetKey) -> list[dg.AssetSpec]:
    """The tables, below the asset that builds them, then the views, below the tables they read."""
    return [*(_table_asset(table, built_by) for table in TABLES), *(_view_asset(view) for view in views())]


def asset_key(qualified_name: str) -> dg.AssetKey:
    """``schema.name`` as an asset key: schema, then name."""
    return dg.AssetKey(qualified_name.split("."))


def _table_asset(table: Table, built_by: dg.AssetKey) -> dg.AssetSpec:
    schema = dg.TableSchema(
        columns=[_column(column, table) for column in table.columns],
        constraints=dg.TableConstraints(
            other=[f"主键（{'，'.join(table.primary_key)}）", *(check.message for check in table.checks)]
        ),
    )
    return dg.AssetSpec(
        asset_key(table.qualified_name),
        deps=[built_by],
        description=table_comment(table),
        group_name=table.schema,
        owners=OWNERS,
        kinds={"duckdb", "table"},
        metadata={
            "dagster/column_schema": schema,
            "dagster/table_name": table.qualified_name,
            "dagster/storage_kind": "duckdb",
        },
    )


def _view_asset(view: View) -> dg.AssetSpec:
    return dg.AssetSpec(
        asset_key(view.qualified_name),
        deps=[asset_key(source) for source in view.sources],
        description=f"{view.title}：{view.grain}。{view.note or ''}{view.warning or ''}\n\n```sql\n{view.example}\n```",
        group_name=view.schema,
        owners=OWNERS,
        kinds={"duckdb", "view"},
        metadata={"dagster/table_name": view.qualified_name, "dagster/storage_kind": "duckdb"},
    )


def _column(column: Column, table: Table) -> dg.TableColumn:
    is_key = table.primary_key == (column.name,)
    return dg.TableColumn(
        column.name,
        type=column.kind.sql,
        description=column_comment(column),
        constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=is_key),
    )
