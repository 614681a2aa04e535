"""Contracts: pandera schemas derived from the table definitions, and which star rows break them.

Row-level only: sums and references belong to evidence and to the audit. A LazyFrame would pass unchecked, so frames
are eager; a check that answers with one bool for the whole frame would crash pandera, so checks answer row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from transforms.star.frames import StarFrames
from warehouse.deferral import absent
from warehouse.errors import SystemFault
from warehouse.keys import key_expression
from warehouse.registry import TABLES, table
from warehouse.schema import Check, Column, Table, conform

if TYPE_CHECKING:
    import pandera.polars as pa

CONFORMED = ("core.dim_department", "core.dim_fiscal_year", "core.dim_function", "core.dim_indicator_kind")
"""Tables that no submission fills: a broken row there is a fault of the configuration."""

_PLACE = ("document_key", "page", "line", "table_number", "row_number", "column_number")
_BROKEN = pl.Schema({"index": pl.UInt32(), "column_name": pl.String(), "check_name": pl.String(), "value": pl.String()})
_NULL, _MINIMUM, _MAXIMUM, _ALLOWED, _UNIQUE = "not_nullable", "minimum", "maximum", "allowed", "unique"
_NO_INDEX = -1
_UNASKED = ("pandas", "hypothesis")
"""What pandera would load if it is there: for frames that nobody has here, and to make up data."""


def contract_of(definition: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table: types, nullability, ranges, permitted values, keys, row checks."""
    return _contract(definition.qualified_name)


def check_contracts(star: StarFrames) -> tuple[StarFrames, pl.DataFrame]:
    """The frames without the rows that break their contract, and those rows as quality.rejected_row.

    Submissions without department, year or known kind are set aside first, unreported: their identity is judged by
    rules, and nothing of them can be published. A dimension row counts against every submission whose facts use it.
    Raises SystemFault when a frame has not its table's columns and types, or a conformed dimension is broken.
    """
    identified = _identified(star["submissions"])
    sound: StarFrames = {}
    rejected = [table("quality.rejected_row").empty()]
    for name in sorted(star, key=_dependency_order):
        definition = _definition(name)
        if definition is None:
            sound[name] = star[name]
            continue
        held = star[name]
        if "submission_key" in held.columns:
            held = held.join(identified, on="submission_key", how="semi", maintain_order="left")
        broken = broken_rows(held, definition)
        sound[name] = held if broken.is_empty() else _without(held, broken)
        if not broken.is_empty():
            rejected.append(_rejected(held, definition, broken, star).join(identified, on="submission_key", how="semi"))
    return sound, _keyed(pl.concat(rejected))


def broken_rows(frame: pl.DataFrame, definition: Table) -> pl.DataFrame:
    """Every broken check of every row: index (of the row), column_name, check_name, value.

    Raises SystemFault for wrong columns or types.
    """
    if frame.is_empty() and frame.schema == definition.polars_schema:
        return pl.DataFrame(schema=_BROKEN)
    with absent(_UNASKED):
        from pandera.errors import SchemaErrors

        try:
            contract_of(definition).validate(frame, lazy=True)
        except SchemaErrors as errors:
            cases: pl.DataFrame = errors.failure_cases
        else:
            return pl.DataFrame(schema=_BROKEN)
    misfits = cases.filter(pl.col("index").is_null())
    if not misfits.is_empty():
        raise SystemFault(
            f"数据表 {definition.qualified_name} 的列或类型与定义不符。", str(misfits.select("column", "check").rows())
        )
    return cases.select(
        pl.col("index").cast(pl.UInt32),
        column_name="column",
        check_name=pl.when(pl.col("check").str.contains("uniqueness")).then(pl.lit(_UNIQUE)).otherwise("check"),
        value=pl.when(pl.col("column").is_not_null()).then(pl.col("failure_case").cast(pl.String)),
    ).unique(maintain_order=True)


@cache
def _contract(name: str) -> pa.DataFrameSchema:
    import pandera.polars as pa

    definition = table(name)
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in definition.columns},
        checks=[_row_check(check) for check in definition.checks],
        unique=list(definition.primary_key),
        strict=True,
        ordered=True,
    )


def _column(column: Column) -> pa.Column:
    import pandera.polars as pa

    checks = []
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum, error=_MINIMUM))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum, error=_MAXIMUM))
    if column.allowed is not None:
        checks.append(pa.Check.isin(column.allowed, error=_ALLOWED))
    return pa.Column(column.kind.dtype, nullable=column.nullable, checks=checks)


def _row_check(check: Check) -> pa.Check:
    """The table's SQL condition, row by row; like SQL's own, it holds where it is unknown."""
    import pandera.polars as pa

    condition = pl.sql_expr(check.condition).fill_null(True)
    return pa.Check(lambda data: data.lazyframe.select(condition), error=check.name)


def _identified(submissions: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("department_key").is_not_null() & pl.col("fiscal_year").is_not_null() & (pl.col("kind") != "unknown")
    return submissions.filter(known).select("submission_key").unique(maintain_order=True)


def _definition(name: str) -> Table | None:
    return next((definition for definition in TABLES if definition.qualified_name == name), None)


def _dependency_order(name: str) -> int:
    return next((place for place, definition in enumerate(TABLES) if definition.qualified_name == name), -1)


def _without(frame: pl.DataFrame, broken: pl.DataFrame) -> pl.DataFrame:
    return frame.with_row_index("index").join(broken, on="index", how="anti", maintain_order="left").drop("index")


def _rejected(held: pl.DataFrame, definition: Table, broken: pl.DataFrame, star: StarFrames) -> pl.DataFrame:
    """The broken checks as quality.rejected_row, with submission, place and reason."""
    if definition.qualified_name in CONFORMED:
        raise SystemFault(f"名录或配置有误：{definition.title}的数据不合约定。", str(broken.rows()))
    keys = [
        name for name in dict.fromkeys((*definition.primary_key, "submission_key", *_PLACE)) if name in held.columns
    ]
    rows = broken.join(
        held.with_row_index("index").select("index", *keys), on="index", how="left", maintain_order="left"
    )
    owned = rows if "submission_key" in rows.columns else _owned_by_users(rows, definition, star)
    placed = _placed(owned, definition, star)
    reasons = dict(_reasons(definition))
    case = pl.concat_str(pl.col("column_name").fill_null(""), pl.lit("|"), "check_name")
    return conform(
        placed.with_columns(
            table_name=pl.lit(definition.name), reason=case.replace_strict(reasons, return_dtype=pl.String)
        ),
        _WITHOUT_KEY,
    )


def _owned_by_users(rows: pl.DataFrame, definition: Table, star: StarFrames) -> pl.DataFrame:
    """A row for each submission whose facts use the dimension row."""
    key = definition.primary_key[0]
    users = [
        frame.select(key, "submission_key") for frame in star.values() if {key, "submission_key"} <= set(frame.columns)
    ]
    return rows.join(pl.concat(users).unique(maintain_order=True), on=key, how="inner", maintain_order="left")


def _placed(rows: pl.DataFrame, definition: Table, star: StarFrames) -> pl.DataFrame:
    """Places from the provenance of the value, else of its row; at least the submission's document."""
    own = [name for name in _PLACE if name in rows.columns]
    rows = rows.with_columns(row_key=definition.primary_key[0]).rename({name: f"{name}_own" for name in own})
    places = star["core.provenance"].filter(pl.col("table_name") == definition.name)
    by_value = places.unique(("row_key", "column_name"), keep="first", maintain_order=True)
    by_row = places.unique("row_key", keep="first", maintain_order=True)
    documents = star["submissions"].unique("submission_key", keep="first", maintain_order=True)
    joined = (
        rows.with_columns(pl.col("row_key").cast(pl.Int64, strict=False))
        .join(
            _suffixed(by_value, "row_key", "column_name", suffix="value"),
            on=("row_key", "column_name"),
            how="left",
            maintain_order="left",
        )
        .join(_suffixed(by_row, "row_key", suffix="row"), on="row_key", how="left", maintain_order="left")
        .join(
            documents.select("submission_key", document_key_last="document_key"),
            on="submission_key",
            how="left",
            maintain_order="left",
        )
    )
    return joined.with_columns(
        pl.coalesce(
            each for suffix in ("own", "value", "row", "last") if (each := f"{name}_{suffix}") in joined.columns
        ).alias(name)
        for name in _PLACE
    )


def _suffixed(places: pl.DataFrame, *keys: str, suffix: str) -> pl.DataFrame:
    return places.select(*keys, *(pl.col(name).alias(f"{name}_{suffix}") for name in _PLACE))


def _reasons(definition: Table) -> Iterator[tuple[str, str]]:
    """ "column|check" to its Chinese reason."""
    for column in definition.columns:
        yield f"{column.name}|{_NULL}", f"{definition.title}的“{column.title}”不能为空"
        yield f"{column.name}|{_MINIMUM}", f"{definition.title}的“{column.title}”不能小于 {column.minimum}"
        yield f"{column.name}|{_MAXIMUM}", f"{definition.title}的“{column.title}”不能大于 {column.maximum}"
        yield (
            f"{column.name}|{_ALLOWED}",
            f"{definition.title}的“{column.title}”应为 {'、'.join(column.allowed or ())} 之一",
        )
    yield f"|{_UNIQUE}", f"{definition.title}中同一项重复出现"
    for check in definition.checks:
        yield f"|{check.name}", f"{definition.title}：{check.message}"


_WITHOUT_KEY = table("quality.rejected_row")


def _keyed(rejected: pl.DataFrame) -> pl.DataFrame:
    """Keys from what was rejected and where; sorted."""
    natural = ("submission_key", "table_name", "column_name", "check_name", "value", *_PLACE)
    ordered = rejected.sort(natural).with_columns(repetition=pl.int_range(pl.len()).over(natural))
    keyed = ordered.with_columns(rejected_row_key=key_expression("rejected_row", *natural, "repetition"))
    return conform(keyed, table("quality.rejected_row"))
