"""The questions of an audit: SQL that finds offenders, derived from the table definitions, and what to say of them.

Which questions are asked when, and what follows from the answers, belongs to ``warehouse.load.audit``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from warehouse.load.delta import added, removed
from warehouse.load.refresh import ACCEPTED, Refresh, matching, refresh_of, tables_renewed
from warehouse.load.staging import Staging
from warehouse.registry import TABLES, quote_name, quote_text, range_condition
from warehouse.schema import ForeignKey, Kind, Table

_IDENTITY = ("department_id", "fiscal_year", "version", "file_name", "sha256")
"""Columns that say what a row is about, whatever else changes in it."""
_OWNERS = ("submission_key", "department_key", "fiscal_year")
"""Columns that say whose a fact is."""


class Question(NamedTuple):
    """``query`` finds the offenders, a row each; ``sentence`` says in Chinese what they offend against.

    ``details`` are asked in its place when it finds any.
    """

    sentence: str
    query: str
    details: tuple[Question, ...] = ()


def of_rows(table: Table, rows: str, *, are_all: bool = False) -> Iterator[Question]:
    """What the rows of a relation with the table's columns must hold to, keys that lead to other tables apart; its own
    are held against the whole table, of which they may be all rows (``are_all``)."""
    title, whole = title_of(table), quote_name(table.qualified_name)
    if table.is_large or rows == whole:
        for key in (table.primary_key, *table.unique):
            yield _duplicates(f"{title}：{'、'.join(key)} 重复", table, key, whole if are_all else rows)
    yield _conditions(table, rows)
    if table.name == "provenance":
        yield from _rootless(title, rows)


def of_removed(table: Table) -> Iterator[Question]:
    """Rows of other tables that still point to a row that went."""
    for child in TABLES:
        for reference in child.foreign_keys:
            if reference.table == table.qualified_name:
                pairs = zip(reference.columns, reference.referred, strict=True)
                same = " AND ".join(f'g."{referred}" = c."{name}"' for name, referred in pairs)
                rows = (
                    f"(SELECT * FROM {quote_name(child.qualified_name)} AS c"
                    f" WHERE EXISTS (SELECT * FROM {removed(table)} AS g WHERE {same}))"
                )
                sentence = f"{title_of(child)}：指向 {reference.table} 的键已不存在"
                yield Question(sentence, _dangling(reference, rows))


def of_replaced(table: Table) -> Iterator[Question]:
    """One key for two things: what a row is about never changes, so a change of it means that two keys met."""
    identity = [name for name in _IDENTITY if name in table.column_names]
    if identity and refresh_of(table) in (Refresh.UPSERTED, Refresh.REFERENCED):
        differs = " OR ".join(f'r."{name}" IS DISTINCT FROM a."{name}"' for name in identity)
        keys = ", ".join(f'a."{name}"' for name in table.primary_key)
        query = (
            f"SELECT {keys} FROM {removed(table)} AS r"
            f" JOIN {added(table)} AS a ON {matching(table, 'r', 'a')} WHERE {differs}"
        )
        yield Question(f"{title_of(table)}：同一个键指向两个不同的对象", query)


def of_tables() -> Iterator[Question]:
    """What no table can say by itself: the files of ``warehouse/load/audits``."""
    for entry in sorted(files("warehouse.load.audits").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".sql"):
            sentence, _, query = entry.read_text("utf-8").partition("\n")
            yield Question(sentence.removeprefix("-- "), query)


def of_sums(staging: Staging) -> Iterator[Question]:
    """Accepted = published: rows and sums of money of each accepted submission, as staged and as they stand."""
    tables = [table for table in tables_renewed(Refresh.BY_SUBMISSION) if staging.has(table.qualified_name)]
    details = tuple(
        Question(f"{title_of(table)}：采纳的合计与公布的合计不一致", _unequal([table], staging)) for table in tables
    )
    if tables:
        yield Question("采纳的合计与公布的合计不一致", _unequal(tables, staging), details)


def _unequal(tables: Iterable[Table], staging: Staging) -> str:
    """Departments and years of which rows or sums of any of the tables differ."""
    staged, published = (
        " UNION ALL ".join(
            f"SELECT {quote_text(table.name)} AS name, submission_key,"
            f" [row_count{''.join(f', {quote_name(each)}' for each in money_columns(table))}] AS sums"
            f" FROM ({summed(table, relation(table.qualified_name), ACCEPTED)})"
            for table in tables
        )
        for relation in (staging.relation, quote_name)
    )
    return (
        f"WITH staged AS MATERIALIZED ({staged}), published AS MATERIALIZED ({published})"
        " SELECT DISTINCT department_id, fiscal_year FROM quality.submission_version SEMI JOIN"
        " ((FROM staged EXCEPT FROM published) UNION (FROM published EXCEPT FROM staged)) USING (submission_key)"
    )


def title_of(table: Table) -> str:
    """How a sentence names a table."""
    return f"{table.title}（{table.qualified_name}）"


def money_columns(table: Table) -> list[str]:
    """The columns that hold amounts."""
    return [column.name for column in table.columns if column.kind is Kind.MONEY]


def summed(table: Table, relation: str, accepted: str) -> str:
    """SQL for rows and sums of each money column of a relation, by accepted submission: the table ``accepted`` names
    those."""
    sums = "".join(f', sum("{name}") AS "{name}"' for name in money_columns(table))
    return (
        f"SELECT submission_key, count(*) AS row_count{sums} FROM {relation}"
        f" SEMI JOIN {accepted} USING (submission_key) GROUP BY submission_key"
    )


def _duplicates(sentence: str, table: Table, key: Sequence[str], rows: str) -> Question:
    """Keys that several rows have, one of ``rows`` among them: by their hashes, which is much cheaper, and themselves
    where hashes meet."""
    whole, names = quote_name(table.qualified_name), _names(key)
    given = " AND ".join(f"{quote_name(name)} IS NOT NULL" for name in key if key in table.unique) or "true"
    among = "" if rows == whole else f" SEMI JOIN (SELECT hash({names}) AS met FROM {rows}) AS r ON met = hash({names})"
    found = f"FROM {whole}{among} WHERE {given} GROUP BY ALL HAVING count(*) > 1"
    return Question(sentence, f"SELECT hash({names}) {found}", (Question(sentence, f"SELECT {names} {found}"),))


def of_foreign_keys(relations: Iterable[tuple[Table, str]]) -> Iterator[Question]:
    """Keys in any row of relations, each with a table's columns, that lead nowhere: a question for each table and key
    that they lead to, which costs little more than one of a single relation."""
    leading: dict[tuple[str, tuple[str, ...]], list[tuple[Table, str, ForeignKey]]] = {}
    for table, rows in relations:
        for reference in table.foreign_keys:
            leading.setdefault((reference.table, tuple(reference.referred)), []).append((table, rows, reference))
    for (parent, referred), children in leading.items():
        names = [quote_name(name) for name in referred]
        keys = " UNION ".join(_given(reference, rows) for _, rows, reference in children)
        same = " AND ".join(f"p.{name} = k.{name}" for name in names)
        details = tuple(
            Question(f"{title_of(table)}：指向 {reference.table} 的键不存在", _dangling(reference, rows))
            for table, rows, reference in children
        )
        query = f"SELECT * FROM ({keys}) AS k WHERE NOT EXISTS (SELECT * FROM {quote_name(parent)} AS p WHERE {same})"
        yield Question(f"指向 {parent} 的键不存在", query, details)


def of_strangers(relations: Iterable[tuple[Table, str]]) -> Iterator[Question]:
    """Facts in relations, each with a table's columns, that stand under another department or year than their
    submission."""
    owned = [(table, rows) for table, rows in relations if set(_OWNERS) <= set(table.column_names)]
    if owned:
        together = " UNION ALL ".join(f"SELECT {_names(_OWNERS)} FROM {rows}" for _, rows in owned)
        details = tuple(
            Question(f"{title_of(table)}：单位或年度与其报送版本不符", _strangers(table.primary_key, rows))
            for table, rows in owned
        )
        yield Question("单位或年度与其报送版本不符", _strangers(_OWNERS, f"({together})"), details)


def _strangers(names: Iterable[str], rows: str) -> str:
    shown = ", ".join(f"r.{quote_name(name)}" for name in names)
    return (
        f"SELECT {shown} FROM {rows} AS r JOIN core.dim_submission AS s USING (submission_key)"
        " WHERE r.department_key <> s.department_key OR r.fiscal_year <> s.fiscal_year"
    )


def _given(reference: ForeignKey, rows: str) -> str:
    """The keys that the rows give, under the names of the columns that they refer to."""
    pairs = list(zip(reference.columns, reference.referred, strict=True))
    columns = ", ".join(f"{quote_name(name)} AS {quote_name(referred)}" for name, referred in pairs)
    given = " AND ".join(f"{quote_name(name)} IS NOT NULL" for name, _ in pairs)
    return f"SELECT {columns} FROM {rows} WHERE {given}"


def _dangling(reference: ForeignKey, rows: str) -> str:
    pairs = zip(reference.columns, reference.referred, strict=True)
    same = " AND ".join(f'p."{referred}" = r."{name}"' for name, referred in pairs)
    given = " AND ".join(f'r."{name}" IS NOT NULL' for name in reference.columns)
    return (
        f"SELECT DISTINCT {_names(reference.columns)} FROM {rows} AS r WHERE {given}"
        f" AND NOT EXISTS (SELECT * FROM {quote_name(reference.table)} AS p WHERE {same})"
    )


def _conditions(table: Table, rows: str) -> Question:
    """All row constraints in one scan; one by one only when there is something to tell."""
    conditions: list[tuple[str, str]] = []
    for column in table.columns:
        if condition := range_condition(column):
            conditions.append((condition, f"“{column.title}”超出允许的范围"))
        if not column.nullable:
            conditions.append((f"{quote_name(column.name)} IS NOT NULL", f"“{column.title}”为空"))
    conditions += [(check.condition, check.message) for check in table.checks]
    found = f"SELECT {_names(table.primary_key)} FROM {rows} WHERE NOT "
    details = tuple(Question(f"{title_of(table)}：{words}", f"{found}({each})") for each, words in conditions)
    together = " AND ".join(f"({each})" for each, _ in conditions)
    return Question(f"{title_of(table)}：有不合规定的行", f"{found}({together})", details)


def _rootless(title: str, rows: str) -> Iterator[Question]:
    """Provenance of rows that are not there, or of tables that are none."""
    facts = [table for table in tables_renewed(Refresh.BY_SUBMISSION) if len(table.primary_key) == 1]
    roots = " UNION ALL ".join(
        f"SELECT {quote_text(table.name)} AS table_name, {quote_name(table.primary_key[0])} AS row_key"
        f" FROM {quote_name(table.qualified_name)}"
        for table in facts
    )
    known = ", ".join(quote_text(table.name) for table in facts)
    yield Question(
        f"{title}：不认识的数据表", f"SELECT DISTINCT table_name FROM {rows} WHERE table_name NOT IN ({known})"
    )
    yield Question(
        f"{title}：事实表中没有对应的行",
        f"SELECT table_name, row_key FROM {rows} ANTI JOIN ({roots}) USING (table_name, row_key)"
        f" WHERE table_name IN ({known})",
    )


def _names(columns: Iterable[str]) -> str:
    return ", ".join(quote_name(name) for name in columns)
