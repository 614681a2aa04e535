"""Runs one expectation without and then with the shim; prints whether the first raised and what the second saw."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import great_expectations as gx
from great_expectations.execution_engine import sqlalchemy_execution_engine as engine_module

from expectations.suites import _raised, keep_connections
from warehouse.connection import open_writer, sqlalchemy_url


def validated(database: Path) -> Any:
    """The result of counting the three rows of a table."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql("source", connection_string=sqlalchemy_url(database))
    batch = source.add_table_asset("t", table_name="t").add_batch_definition_whole_table("whole").get_batch()
    result = batch.validate(gx.expectations.UnexpectedRowsExpectation(unexpected_rows_query="select * from {batch}"))
    source.get_execution_engine().close()
    return result


def main() -> None:
    """Both runs."""
    database = Path(sys.argv[1])
    with open_writer(database) as connection:
        connection.execute("create table t as select range as i from range(3)")
    without = validated(database)
    keep_connections(engine_module)
    with_shim = validated(database)
    print(f"raised={_raised(without.exception_info)}", f"observed={with_shim.result.get('observed_value')}")  # noqa: T201


if __name__ == "__main__":
    main()
