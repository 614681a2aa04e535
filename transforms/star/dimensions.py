"""Conformed dimensions that no submission owns: departments (type 2), years, indicator kinds, function classes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import polars as pl

from transforms.departments.registry import Registry
from transforms.star.forms import indicator_dimension
from transforms.star.frames import StarFrames, as_table
from transforms.star.functions import function_classes
from warehouse.keys import key_expression


def conformed_dimensions(registry: Registry, years: Iterable[int], deadline: tuple[int, int]) -> StarFrames:
    """dim_department (a row a period of validity), dim_fiscal_year, dim_indicator_kind, dim_function.

    ``deadline`` is month and day in the year after the fiscal year by which reports are due.
    """
    return {
        "core.dim_department": as_table(departments(registry), "core.dim_department"),
        "core.dim_fiscal_year": as_table(fiscal_years(sorted(set(years)), deadline), "core.dim_fiscal_year"),
        "core.dim_indicator_kind": indicator_dimension(),
        "core.dim_function": as_table(pl.DataFrame(function_classes()), "core.dim_function"),
    }


@lru_cache(maxsize=1)
def departments(registry: Registry) -> pl.DataFrame:
    """The registry as a type-2 dimension: one row a department and period of validity."""
    return pl.DataFrame([version._asdict() for version in registry.versions], infer_schema_length=None).with_columns(
        pl.col("valid_from", "valid_to").cast(pl.Date),
        department_key=key_expression("department", "department_id", pl.col("valid_from").cast(pl.String)),
        is_current=pl.col("valid_to").is_null(),
    )


def department_keys(registry: Registry, years: Iterable[int]) -> pl.DataFrame:
    """department_id, fiscal_year, department_key: the version valid on 31 December of each year, else the nearest."""
    ends = pl.DataFrame({"fiscal_year": sorted(set(years))}, schema={"fiscal_year": pl.Int32()}).with_columns(
        ends_on=pl.date(pl.col("fiscal_year"), 12, 31)
    )
    versions = departments(registry).select("department_id", "department_key", "valid_from", "valid_to")
    is_valid = (pl.col("valid_from").is_null() | (pl.col("valid_from") <= pl.col("ends_on"))) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") >= pl.col("ends_on"))
    )
    return (
        versions.join(ends, how="cross")
        .with_columns(is_valid=is_valid)
        .sort("is_valid", "valid_from", nulls_last=False)
        .group_by("department_id", "fiscal_year", maintain_order=True)
        .agg(pl.col("department_key").last())
    )


def fiscal_years(years: list[int], deadline: tuple[int, int]) -> pl.DataFrame:
    """dim_fiscal_year rows of the given years: first and last day, and the day by which reports are due."""
    return pl.DataFrame(
        [
            {
                "fiscal_year": year,
                "starts_on": date(year, 1, 1),
                "ends_on": date(year, 12, 31),
                "submission_deadline": date(year + 1, *deadline),
            }
            for year in years
        ],
        schema={
            "fiscal_year": pl.Int32(),
            "starts_on": pl.Date(),
            "ends_on": pl.Date(),
            "submission_deadline": pl.Date(),
        },
    )
