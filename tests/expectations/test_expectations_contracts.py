"""Contracts derived from the tables: each kind fires and its near miss does not; broken rows get reason and place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from expectation_cases import frames_of, sound

from expectations.contracts import broken_rows, check_contracts, contract_of
from transforms.star.frames import StarFrames
from warehouse.errors import SystemFault
from warehouse.registry import TABLES, table
from warehouse.schema import Kind, Table

pytestmark = pytest.mark.contract

SPENDING = table("core.fact_project_spending")
VALUES: dict[Kind, Any] = {
    Kind.KEY: 1,
    Kind.INTEGER: 2021,
    Kind.BIGINT: 1,
    Kind.BOOLEAN: False,
    Kind.TEXT: "文",
    Kind.TEXT_LIST: ["文"],
    Kind.INTEGER_LIST: [1],
    Kind.DATE: date(2021, 1, 1),
    Kind.MONEY: Decimal(1),
    Kind.RATE: Decimal(1),
    Kind.QUANTITY: Decimal(1),
    Kind.TOTAL: Decimal(1),
}


def one_row(definition: Table, **values: Any) -> pl.DataFrame:
    """A row that holds its contract, but for the given values."""
    row = {column.name: (column.allowed or (VALUES.get(column.kind),))[0] for column in definition.columns}
    return pl.DataFrame([{**row, **values}], schema=definition.polars_schema)


def star() -> StarFrames:
    return frames_of(sound(), sound())[1]


def changed(frames: StarFrames, name: str, **values: Any) -> StarFrames:
    """The frames with the first row of one of them changed."""
    frame = frames[name]
    is_first = pl.int_range(pl.len()) == 0
    columns = [
        pl.when(is_first).then(pl.lit(value)).otherwise(pl.col(column)).cast(frame.schema[column]).alias(column)
        for column, value in values.items()
    ]
    return {**frames, name: frame.with_columns(columns)}


@pytest.mark.parametrize("definition", TABLES, ids=lambda definition: definition.qualified_name)
def test_every_table_has_a_contract(definition: Table) -> None:
    assert list(contract_of(definition).columns) == definition.column_names
    assert broken_rows(definition.empty(), definition).is_empty()


@pytest.mark.parametrize(
    ("values", "column", "check"),
    [
        ({"reported_name": None}, "reported_name", "not_nullable"),
        ({"row_number": 0}, "row_number", "minimum"),
        ({"budget_yuan": Decimal("10000000000000.01")}, "budget_yuan", "maximum"),
        ({"listing": "other"}, "listing", "allowed"),
        ({"is_primary": True, "budget_yuan": None, "spent_yuan": None}, None, "primary_has_amount"),
    ],
)
def test_each_kind_of_check_fires(values: dict[str, Any], column: str | None, check: str) -> None:
    broken = broken_rows(one_row(SPENDING, **values), SPENDING)
    assert broken.select("index", "column_name", "check_name").rows() == [(0, column, check)]


@pytest.mark.parametrize(
    "values",
    [
        {"budget_text": None},
        {"row_number": 1},
        {"budget_yuan": Decimal("10000000000000.00")},
        {"listing": "form"},
        {"is_primary": True, "budget_yuan": None},
        {"is_primary": False, "budget_yuan": None, "spent_yuan": None},
    ],
)
def test_the_near_misses_do_not(values: dict[str, Any]) -> None:
    assert broken_rows(one_row(SPENDING, **values), SPENDING).is_empty()


def test_equal_keys_break_on_every_row_that_has_them() -> None:
    twice = pl.concat([one_row(SPENDING), one_row(SPENDING), one_row(SPENDING, project_spending_key=2)])
    assert broken_rows(twice, SPENDING).select("index", "check_name").rows() == [(0, "unique"), (1, "unique")]
    provenance = table("core.provenance")
    places = pl.concat([one_row(provenance, page=None), one_row(provenance, page=None, line=7)])
    assert broken_rows(places, provenance).is_empty()


def test_all_failures_are_found_at_once() -> None:
    rows = pl.concat(
        [
            one_row(
                SPENDING,
                listing="x",
                row_number=0,
                reported_name=None,
                is_primary=True,
                budget_yuan=None,
                spent_yuan=None,
            ),
            one_row(SPENDING, project_spending_key=2, listing="y"),
        ]
    )
    assert broken_rows(rows, SPENDING).height == 5


def test_wrong_columns_and_types_are_faults_of_the_system() -> None:
    with pytest.raises(SystemFault, match=r"core\.fact_project_spending"):
        broken_rows(one_row(SPENDING).drop("goal"), SPENDING)
    with pytest.raises(SystemFault, match="Int32"):
        broken_rows(one_row(SPENDING).with_columns(pl.col("row_number").cast(pl.Int64)), SPENDING)
    with pytest.raises(SystemFault):
        broken_rows(SPENDING.empty().drop("goal"), SPENDING)


def test_a_sound_batch_passes_whole() -> None:
    frames = star()
    sound_frames, rejected = check_contracts(frames)
    assert rejected.is_empty()
    assert {name: frame.height for name, frame in sound_frames.items()} == {
        name: frame.height for name, frame in frames.items()
    }


def test_a_broken_row_is_set_aside_with_reason_and_place() -> None:
    frames = star()
    broken = changed(
        frames, "core.fact_project_spending", amount_role="other", budget_yuan=Decimal("99999999999999.00")
    )
    sound_frames, rejected = check_contracts(broken)
    first = frames["core.fact_project_spending"].row(0, named=True)
    assert sound_frames["core.fact_project_spending"].height == frames["core.fact_project_spending"].height - 1
    assert rejected.schema == table("quality.rejected_row").polars_schema
    said = rejected.sort("column_name").select(
        "table_name",
        "column_name",
        "check_name",
        "value",
        "submission_key",
        "document_key",
        "line",
        "table_number",
        "row_number",
        "reason",
    )
    assert said.rows() == [
        (
            "fact_project_spending",
            "amount_role",
            "allowed",
            "other",
            first["submission_key"],
            1,
            71,
            1,
            1,
            "项目预算与支出的“预算口径（年初、调整后、未写明）”应为 initial、adjusted、unspecified 之一",
        ),
        (
            "fact_project_spending",
            "budget_yuan",
            "maximum",
            "99999999999999.00",
            first["submission_key"],
            1,
            71,
            1,
            1,
            "项目预算与支出的“预算金额”不能大于 10000000000000",
        ),
    ]


def test_a_broken_dimension_row_counts_against_its_users() -> None:
    frames = star()
    _, rejected = check_contracts(changed(frames, "core.dim_budget_unit", role="其他"))
    assert rejected["submission_key"].sort().to_list() == frames["submissions"]["submission_key"].sort().to_list()
    assert rejected["reason"].unique().item().startswith("预算单位的“")


def test_a_broken_registry_is_a_fault_of_the_system() -> None:
    with pytest.raises(SystemFault, match="名录或配置有误"):
        check_contracts(changed(star(), "core.dim_department", kind="县"))


def test_submissions_without_identity_are_set_aside_unreported() -> None:
    nameless = sound()
    nameless.documents[0] = nameless.documents[0]._replace(department_id=None)
    _, frames = frames_of(nameless, sound())
    sound_frames, rejected = check_contracts(frames)
    assert rejected.is_empty()
    assert sound_frames["core.fact_headcount"]["submission_key"].n_unique() == 1
