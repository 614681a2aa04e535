"""The audit of a release that is being built, or of a whole one: everything the definitions and the gate promise.

Asks the questions of ``warehouse.load.questions``; the answer is a list of Chinese sentences. Changes nothing and
decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from warehouse.errors import IllegalTransition
from warehouse.ledger.states import path
from warehouse.load.delta import Change, added, counts_of, removed
from warehouse.load.questions import (
    Question,
    of_foreign_keys,
    of_removed,
    of_replaced,
    of_rows,
    of_strangers,
    of_sums,
    of_tables,
    title_of,
)
from warehouse.load.refresh import matching
from warehouse.load.staging import Staging
from warehouse.registry import TABLES, quote_name
from warehouse.registry import table as table_named
from warehouse.schema import Table

_EXAMPLES = 3
"""How many offenders a sentence names."""
_AT_ONCE = 8
"""How many questions one statement asks: each statement has its own cost, and so has a very long one."""


def audit_changes(connection: duckdb.DuckDBPyConnection, staging: Staging, changes: Sequence[Change]) -> list[str]:
    """Violations by what a night changed, the changes having been carried out; all else was audited before."""
    changed = [change for change in changes if not change.is_empty]
    counts = counts_of(connection, [quote_name(change.table.qualified_name) for change in changed])
    come = [(change.table, added(change.table)) for change in changed if change.added_count]
    questions = [
        *(
            question
            for change, count in zip(changed, counts, strict=True)
            for question in of_rows(change.table, added(change.table), are_all=change.added_count == count)
        ),
        *of_foreign_keys(come),
        *of_strangers(come),
        *(question for change in changed if change.removed_count for question in of_removed(change.table)),
        *(question for change in changed for question in of_replaced(change.table)),
        *of_tables(),
        *of_sums(staging),
    ]
    return [*_answers(connection, questions), *_false_moves(connection, changed)]


def audit_whole(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Violations in any row of any table."""
    whole = [(table, quote_name(table.qualified_name)) for table in TABLES]
    every = [question for table, rows in whole for question in of_rows(table, rows)]
    return list(_answers(connection, [*every, *of_foreign_keys(whole), *of_strangers(whole), *of_tables()]))


def audit_foreign_keys(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> list[str]:
    """Keys in any row of these tables that lead nowhere."""
    return list(
        _answers(connection, list(of_foreign_keys((table, quote_name(table.qualified_name)) for table in tables)))
    )


def _answers(connection: duckdb.DuckDBPyConnection, questions: Sequence[Question]) -> Iterator[str]:
    """A sentence for each question that finds offenders."""
    for start in range(0, len(questions), _AT_ONCE):
        asked = questions[start : start + _AT_ONCE]
        numbers = counts_of(connection, [f"({question.query})" for question in asked])
        for question, number in zip(asked, numbers, strict=True):
            if number and question.details:
                yield from _answers(connection, question.details)
            elif number:
                yield _told(connection, question, number)


def _told(connection: duckdb.DuckDBPyConnection, question: Question, number: int) -> str:
    """The sentence with the number of offenders and the first few."""
    rows = connection.sql(f"FROM ({question.query}) ORDER BY ALL LIMIT {_EXAMPLES}").pl().rows()
    names = "；".join("、".join(str(value) for value in row) for row in rows)
    return f"{question.sentence}：共 {number} 处，例如 {names}。"


def _false_moves(connection: duckdb.DuckDBPyConnection, changed: Sequence[Change]) -> Iterator[str]:
    """Versions whose status changed in a way that the states do not allow."""
    versions = table_named("quality.submission_version")
    if not any(change.table is versions for change in changed):
        return
    pairs = connection.sql(
        f"SELECT r.submission_key, r.status, a.status FROM {removed(versions)} AS r"
        f" JOIN {added(versions)} AS a ON {matching(versions, 'r', 'a')} ORDER BY ALL"
    ).pl()
    for key, before, after in pairs.rows():
        try:
            path(before, after)
        except IllegalTransition as error:
            yield f"{title_of(versions)}：{key}：{error.message}"
