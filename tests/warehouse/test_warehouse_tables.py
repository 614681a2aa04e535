"""Table definitions: the DDL they give, each constraint firing, and agreement with the public contract."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from warehouse_rows import database, insert, valid_row

from warehouse.registry import (
    SCHEMAS,
    TABLES,
    column_comment,
    create_statements,
    quote_name,
    table,
    table_comment,
    tables_of,
)
from warehouse.schema import Column, Kind, Table

pytestmark = pytest.mark.contract

LATE = datetime(2022, 4, 1, tzinfo=UTC)
EARLY = datetime(2022, 3, 1, tzinfo=UTC)
BROKEN_CHECKS = {
    ("core.dim_fiscal_year", "year_order"): {"ends_on": date(2020, 12, 31)},
    ("core.dim_fiscal_year", "deadline_order"): {"submission_deadline": date(2020, 3, 31)},
    ("core.dim_department", "period_order"): {
        "valid_from": date(2021, 1, 2),
        "valid_to": date(2021, 1, 1),
        "is_current": False,
    },
    ("core.dim_department", "current_is_open"): {"valid_to": date(2021, 1, 1), "is_current": True},
    ("core.dim_project", "year_order"): {"first_year": 2021, "last_year": 2020},
    ("core.fact_project_spending", "primary_has_amount"): {"is_primary": True},
    ("quality.rule", "year_order"): {"valid_from_year": 2021, "valid_to_year": 2020},
    ("quality.received_file", "reason_given"): {"outcome": "unreadable"},
    ("quality.roster", "missing_has_none"): {"condition": "missing", "current_submission_key": 1},
    ("quality.evaluation", "reason_given"): {"outcome": "not_applicable"},
    ("quality.finding", "seen_order"): {"first_seen_at": LATE, "last_seen_at": EARLY},
    ("quality.waiver", "period_order"): {"decided_on": date(2022, 2, 1), "valid_until": date(2022, 1, 1)},
}

every_table = pytest.mark.parametrize("definition", TABLES, ids=lambda each: each.qualified_name)


@pytest.fixture(scope="module")
def tables():
    connection = database(with_views=False)
    insert(connection, "core.dim_submission", {"submission_key": 1, "department_id": "parent"})
    yield connection
    connection.close()


@pytest.fixture
def warehouse(tables):
    """The tables in a transaction that the test's end takes back."""
    tables.execute("BEGIN")
    yield tables
    tables.execute("ROLLBACK")


@every_table
def test_ddl_gives_the_defined_columns(tables, definition):
    rows = tables.execute(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        [definition.schema, definition.name],
    ).fetchall()
    assert [row[:2] for row in rows] == [(column.name, column.kind.sql) for column in definition.columns]
    physical = () if definition.is_large else definition.primary_key
    assert [row[2] for row in rows] == [
        column.nullable and column.name not in physical for column in definition.columns
    ]
    assert [row[3] for row in rows] == [column_comment(column) for column in definition.columns]


@every_table
def test_table_has_its_chinese_comment(tables, definition):
    comment = tables.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = ? AND table_name = ?",
        [definition.schema, definition.name],
    ).fetchone()
    assert comment == (table_comment(definition),)
    assert definition.title in comment[0]
    assert definition.warning is None or definition.warning in comment[0]


@every_table
def test_texts_are_chinese_and_english_and_sources_said(definition):
    texts = [(definition.title, definition.title_en)]
    texts += [(column.title, column.title_en) for column in definition.columns]
    for chinese, english in texts:
        assert re.search("[\u4e00-\u9fff]", chinese), chinese
        assert english.strip(), chinese
    assert re.search("[\u4e00-\u9fff]", definition.grain)
    assert all(column.source for column in definition.columns)


@every_table
def test_valid_row_is_taken(warehouse, definition):
    _try(warehouse, definition, _fitting(definition))


def _fitting(definition: Table) -> dict[str, object]:
    """A valid row that differs from the parent row which the physical key needs."""
    parent = {"submission_key": 2} if definition.name == "dim_submission" else {}
    return valid_row(definition, **parent)


def _try(connection: duckdb.DuckDBPyConnection, definition: Table, row: dict[str, object]) -> None:
    marks = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO {quote_name(definition.qualified_name)} VALUES ({marks})", [*row.values()])


def _violations(column: Column) -> list[object]:
    wrong: list[object] = [] if column.nullable else [None]
    if column.minimum is not None:
        wrong.append(_scaled(column, Decimal(column.minimum) - 1))
    if column.maximum is not None:
        wrong.append(_scaled(column, Decimal(column.maximum) + 1))
    if column.allowed is not None:
        wrong.append("no such value")
    return wrong


def _scaled(column: Column, value: Decimal) -> object:
    return int(value) if column.kind in (Kind.INTEGER, Kind.BIGINT, Kind.KEY) else value


CASES = [
    (definition, column, wrong)
    for definition in TABLES
    for column in definition.columns
    for wrong in _violations(column)
]


@pytest.mark.parametrize(
    ("definition", "column", "wrong"),
    CASES,
    ids=[f"{each.qualified_name}.{column.name}={wrong}" for each, column, wrong in CASES],
)
def test_each_column_refuses_what_it_must(tables, definition, column, wrong):
    with pytest.raises(duckdb.ConstraintException):
        _try(tables, definition, _fitting(definition) | {column.name: wrong})


@pytest.mark.parametrize(
    ("definition", "column"),
    [(each, column) for each in TABLES for column in each.columns if column.minimum is not None],
    ids=lambda each: getattr(each, "name", ""),
)
def test_the_smallest_permitted_value_is_taken(warehouse, definition, column):
    row = _fitting(definition) | {column.name: _scaled(column, Decimal(column.minimum))}
    if definition.name == "dim_document":
        row["submission_key"] = 1
    if definition.name == "dim_project":
        row |= {"last_year": 2100} if column.name == "first_year" else {"first_year": 2000}
    _try(warehouse, definition, row)


def test_each_check_is_broken_by_one_test():
    declared = {(each.qualified_name, check.name) for each in TABLES for check in each.checks}
    assert declared == BROKEN_CHECKS.keys()


@pytest.mark.parametrize(("name", "check"), BROKEN_CHECKS, ids=[f"{n}.{c}" for n, c in BROKEN_CHECKS])
def test_each_check_fires(tables, name, check):
    with pytest.raises(duckdb.ConstraintException):
        _try(tables, table(name), _fitting(table(name)) | BROKEN_CHECKS[name, check])


@pytest.mark.parametrize(
    "definition", [each for each in TABLES if not each.is_large], ids=lambda each: each.qualified_name
)
def test_small_tables_carry_their_primary_key(warehouse, definition):
    _try(warehouse, definition, _fitting(definition))
    with pytest.raises(duckdb.ConstraintException, match=r"(?i)primary key|unique"):
        _try(warehouse, definition, _fitting(definition))


def test_one_current_version_a_department_and_year(tables):
    first = valid_row(table("core.dim_submission"), submission_key=5, department_id="parent")
    with pytest.raises(duckdb.ConstraintException, match=r"(?i)unique"):
        _try(tables, table("core.dim_submission"), first)


def test_document_without_submission_is_refused(tables):
    with pytest.raises(duckdb.ConstraintException, match="foreign key"):
        _try(tables, table("core.dim_document"), valid_row(table("core.dim_document"), submission_key=99))


def test_a_night_replaces_a_submission_by_separate_statements():
    connection = database(with_views=False)
    for _ in range(3):
        connection.execute("DELETE FROM core.dim_document WHERE submission_key = 1")
        connection.execute("DELETE FROM core.dim_submission WHERE submission_key = 1")
        insert(connection, "core.dim_submission", {"submission_key": 1})
        insert(connection, "core.dim_document", {"document_key": 1, "submission_key": 1})
    assert connection.execute("SELECT count(*) FROM core.dim_document").fetchone() == (1,)


@every_table
def test_keys_name_columns_of_their_tables(definition):
    names = definition.column_names
    assert len(names) == len(set(names))
    mentioned = {*definition.primary_key, *definition.volatile, *(c for key in definition.unique for c in key)}
    assert mentioned <= set(names)
    before = [each.qualified_name for each in TABLES[: TABLES.index(definition) + 1]]
    for key in definition.foreign_keys:
        assert set(key.columns) <= set(names)
        assert set(key.referred) <= set(table(key.table).column_names)
        assert key.table in before, f"{definition.qualified_name} stands before {key.table}"


def test_every_table_is_found_by_name_and_schema():
    assert all(table(each.qualified_name) is each for each in TABLES)
    assert [each for schema in SCHEMAS for each in tables_of(schema)] == list(TABLES)
    assert tables_of("mart") == ()
    with pytest.raises(KeyError):
        table("core.nothing")


def test_every_definition_file_is_registered():
    root = Path(create_statements.__code__.co_filename).parent / "tables"
    files = {f"{path.parent.name}.{path.stem}" for path in root.glob("*/*.py") if path.stem != "__init__"}
    assert files == {each.qualified_name for each in TABLES}


def test_comment_with_a_quote_is_escaped():
    column = Column("c", Kind.TEXT, "它's", "It's")
    each = Table("main", "t", "表's", "Table", "一行", (column,), ("c",))
    connection = duckdb.connect()
    for statement in create_statements(each):
        connection.execute(statement)
    assert connection.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 't'").fetchone() == ("它's",)


def test_money_and_rates_are_exact_decimals():
    for each in TABLES:
        for column in each.columns:
            if column.name.endswith("_yuan"):
                assert column.kind in (Kind.MONEY, Kind.TOTAL)
                assert column.unit == "元"
            if column.name.endswith("_rate"):
                assert column.kind is Kind.RATE


def _contract(shared: Path) -> dict[tuple[str, ...], set[str]]:
    """Tables (a row may name two) to the columns that the public contract gives them."""
    text = (shared / "design" / "warehouse.md").read_text(encoding="utf-8")
    listed: dict[tuple[str, ...], set[str]] = {}
    for schema, body in re.findall(r"^## Schema `(\w+)`(.*?)(?=^## |\Z)", text, re.M | re.S):
        for row in re.findall(r"^\| (`.*)\|$", body, re.M):
            cells = row.split(" | ")
            names = tuple(f"{schema}.{name}" for name in re.findall(r"`(\w+)`", cells[0]))
            listed[names] = set(re.findall(r"`([a-z_0-9]+)`", re.split(r"\. ", cells[-1])[0]))
        if schema == "meta":
            for name, columns in re.findall(r"`(\w+)` \((.*?)\)", body):
                listed[(f"meta.{name}",)] = set(re.findall(r"`(\w+)`", columns))
    return listed


def test_every_table_of_the_contract_has_its_columns(shared):
    contract = _contract(shared)
    assert len(contract) > 30
    promised = {name for names in contract for name in names}
    assert {each.qualified_name for each in TABLES} == {*promised, "quality.sentence"}
    for names, columns in contract.items():
        have = {column for name in names for column in table(name).column_names}
        assert columns <= have, (names, columns - have)
