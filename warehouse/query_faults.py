"""What is wrong with a query that people wrote, in Chinese: DuckDB's own words are for its developers.

Each sentence says what is not understood and what to write instead; names that do not exist come with the nearest that
do. What no sentence here covers is told by its kind, with DuckDB's words behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

import duckdb

from warehouse.errors import UsageError

_NAMES = """
    SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1
"""
_ELSEWHERE = "全部名称见发布中的 dictionary.html。"
_MOST = 3
"""How many names are offered in place of one."""
_FAR = 0.4
"""difflib's ratio below which a name is not offered."""

_KINDS = {
    duckdb.ParserException: "SQL 语法有误",
    duckdb.ConversionException: "有的值不能转换成所要的类型",
    duckdb.OutOfRangeException: "有的值超出了类型的范围",
    duckdb.OutOfMemoryException: "查询需要的内存太多，请加条件或分年度查询",
    duckdb.CatalogException: "查询用到了不存在的名称",
    duckdb.BinderException: "查询写得不对",
}


def unknown_table(name: str, known: Iterable[str]) -> UsageError:
    """What is said to whoever asks for a table or view that is not there; ``known`` are there, as ``schema.name``."""
    names = list(known)
    near = get_close_matches(name, [*names, *(each.partition(".")[2] for each in names)], _MOST, _FAR)
    return UsageError(f"没有数据表或视图“{name}”。{_offered(near)}")


def explained(error: duckdb.Error, connection: duckdb.DuckDBPyConnection) -> UsageError:
    """The same fault as one Chinese sentence, DuckDB's words being its detail; ``connection``: where the query ran."""
    words = str(error)
    if (absent := re.search(r"Table with name (\S+) does not exist!", words)) is not None:
        return unknown_table(absent[1], (name for (name,) in connection.execute(_NAMES).fetchall()))
    for pattern, sentence in _SENTENCES:
        if (found := pattern.search(words)) is not None:
            return UsageError(f"查询无法执行：{sentence(found)}", words)
    kind = next((said for kind, said in _KINDS.items() if isinstance(error, kind)), "DuckDB 不接受")
    first = words.partition("\n")[0].partition(": ")[2]
    return UsageError(f"查询无法执行：{kind}（{first}）。", words)


def _unknown_column(found: re.Match[str]) -> str:
    names = re.findall(r'"([^"]+)"', found["candidates"] or "")[:_MOST]
    return f"所查的表中没有列“{found['name']}”。{_offered(names)}"


def _offered(names: Sequence[str]) -> str:
    return f"是不是{'、'.join(names)}？" if names else _ELSEWHERE


def _chosen(names: str) -> str:
    return names.replace('"', "").replace(" or ", " 或 ")


def _unknown_schema(found: re.Match[str]) -> str:
    return f"没有“{found[1]}”这一组表。表名前可写 core、mart、报表、quality、meta。{_ELSEWHERE}"


def _syntax(found: re.Match[str]) -> str:
    line = f"第 {found['line']} 行" if found["line"] else ""
    return f"SQL 语法有误：{line}“{found['at']}”处写错，或它前面缺了什么。"


_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r'because schema "([^"]+)" does not exist', _unknown_schema),
        (
            r'(?:Referenced column|column named) "(?P<name>[^"]+)"(?:.*?Candidate bindings: (?P<candidates>[^\n]+))?',
            _unknown_column,
        ),
        (r'Referenced table "([^"]+)" not found', lambda found: f"FROM 中没有“{found[1]}”这张表或这个别名。"),
        (
            r"Function with name (\S+) does not exist",
            lambda found: f"没有函数“{found[1]}”。DuckDB 的函数名请核对其文档。",
        ),
        (r'syntax error at or near "(?P<at>[^\n]*?)"(?:.*?LINE (?P<line>\d+):)?', _syntax),
        (r"unterminated quoted", lambda _: "SQL 语法有误：引号没有成对。文字用单引号，列名用双引号。"),
        (r"syntax error at end of input", lambda _: "SQL 语法有误：查询没有写完。"),
        (
            r"No function matches the given name and argument types '([^']+)'",
            lambda found: f"{found[1]} 的参数个数或类型不对；类型不对时可先用 CAST 转换。",
        ),
        (
            r"Macro .*Candidate macros:\s*([^\n]+)",
            lambda found: f"应写成 {found[1].strip()}。",
        ),
        (
            r'column "([^"]+)" must appear in the GROUP BY',
            lambda found: f"列“{found[1]}”没有汇总，请写入 GROUP BY，或写 any_value({found[1]})。",
        ),
        (
            r'Ambiguous reference to column name "([^"]+)" \(use: ([^)]*)\)',
            lambda found: f"列“{found[1]}”不止一张表有，请写明是 {_chosen(found[2])}。",
        ),
        (
            r"Could not convert string '([^\n]*)' to (\w+)",
            lambda found: f"文字“{found[1]}”不能转换成 {found[2]}；可改用 TRY_CAST，转换不了的为空。",
        ),
        (
            r"Cannot compare values of type (\S+) and type (\S+)",
            lambda found: f"{found[1]} 与 {found[2]} 两种类型不能比较；请先用 CAST 转换。",
        ),
        (r"Permission Error", lambda _: "查询只能读取这一发布，不能读写其他文件，也不能上网。"),
    )
)
