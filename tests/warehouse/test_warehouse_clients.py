"""The published file in the hands of clients that are not ours: no extension, no setting, attached under another name.

Node and JDBC are tried by hand (docs/clients.md); what they would trip over is in the file, and tried here.
"""

import shutil
import subprocess

import duckdb
import pytest

pytestmark = pytest.mark.pipeline

_VIEWS = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = '{}'"
_SAME = "SELECT count(*), bit_xor(hash(v)) FROM {}mart.{} AS v"
"""How many rows a view has, and what is in them."""


@pytest.fixture(scope="module")
def apart(release):
    """A database in memory with the release attached; it loads no extension that did not come with DuckDB."""
    with duckdb.connect(config={"autoload_known_extensions": "false", "custom_extension_repository": ""}) as connection:
        connection.execute(f"ATTACH '{release.database}' AS \"绩效库\" (READ_ONLY)")
        yield connection


def test_every_view_gives_the_same_when_attached_under_another_name(release, apart):
    with duckdb.connect(str(release.database), read_only=True) as own:
        for (view,) in own.execute(_VIEWS.format("mart")).fetchall():
            attached = apart.execute(_SAME.format("绩效库.", view)).fetchone()
            assert attached == own.execute(_SAME.format("", view)).fetchone(), view
        chinese = own.execute(_VIEWS.format("报表")).fetchall()
    for (view,) in chinese:
        assert apart.execute(f'SELECT count(*) FROM 绩效库.报表."{view}"').fetchone() is not None, view
    assert len(chinese) >= 14


def test_words_are_found_in_an_attached_release_with_and_without_use(apart):
    found = apart.execute(
        "FROM 绩效库.mart.narrative WHERE 绩效库.mart.has_words('分类 垃圾', title, text) ORDER BY ALL"
    ).fetchall()
    assert len(found) == 1
    apart.execute("USE 绩效库")
    try:
        assert apart.execute("FROM mart.search('垃圾 分类') ORDER BY ALL").fetchall() == found
        assert len(apart.execute("FROM 报表.查找('垃圾 分类')").fetchall()) == 1
    finally:
        apart.execute("USE memory")


def test_columns_are_of_types_that_every_client_has(apart):
    """No whole number of more than 64 bits, no structure, no floating point."""
    rows = apart.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = '绩效库'"
    ).fetchall()
    plain = {"BIGINT", "INTEGER", "VARCHAR", "DATE", "BOOLEAN", "TIMESTAMP WITH TIME ZONE"}
    others = [row for row in rows if row[3].removesuffix("[]").partition("(")[0] not in plain | {"DECIMAL"}]
    assert others == []


def test_the_command_line_of_duckdb_reads_it(release):
    command = shutil.which("duckdb")
    if command is None:
        pytest.skip("DuckDB's command line is not installed")
    query = "SELECT count(*) FROM 报表.查找('垃圾 分类')"
    done = subprocess.run(
        [command, "-readonly", "-noheader", "-list", release.database, query],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "1"
