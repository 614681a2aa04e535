"""A release with one damaged block, which opens as ever: whoever meets the block is told so, and what to do."""

import pytest
from homes import copy_of, one_engine

from warehouse.connection import open_reader

pytestmark = pytest.mark.pipeline

_HEADERS, _BLOCK = 3 * 4096, 262_144
"""Bytes before the first block of a DuckDB file, and of a block."""


@pytest.fixture
def damaged(published, tmp_path):
    """A home whose current release has a bad block among those of ``core.provenance``."""
    home = copy_of(published, tmp_path / "home")
    database = home.current.resolve() / "warehouse.duckdb"
    with open_reader(database) as connection:
        query = "SELECT max(block_id) FROM pragma_storage_info('core.provenance') WHERE segment_type = 'VARCHAR'"
        ((block,),) = connection.execute(query).fetchall()
    database.chmod(0o600)
    with database.open("r+b") as file:
        file.seek(_HEADERS + block * _BLOCK + _BLOCK // 2)
        file.write(b"damaged!")
    return home


@pytest.mark.parametrize(
    "arguments",
    [
        ("sql", "select bit_xor(hash(place)) from core.provenance as place"),
        ("export", "--out", "{out}", "--table", "core.provenance"),
        ("export", "--out", "{out}", "--table", "core.provenance", "--format", "xlsx"),
    ],
)
def test_a_damaged_block_is_told_with_what_to_do(damaged, jixiao, tmp_path, arguments):
    code, _, err = jixiao(damaged, *(each.format(out=tmp_path / "out") for each in arguments))
    assert code == 1
    assert err.startswith("错误：发布的数据库文件读到一半出错。")
    for command in ("jixiao verify", "jixiao rollback", "jixiao rebuild"):
        assert command in err
    assert err.count("\n") == 1


def test_a_damaged_manifest_is_told_with_what_to_do_and_hides_no_other_release(published, jixiao, told, tmp_path):
    home = copy_of(published, tmp_path / "home")
    manifest = home.current.resolve() / "manifest.json"
    manifest.chmod(0o644)
    for damaged in ("[]", "{"):
        manifest.write_text(damaged)
        (row,) = told(home, "releases", "--json")
        assert (row["is_current"], row["is_damaged"], row["submissions"]) == (True, True, None)
    assert "已损坏" in jixiao(home, "releases")[1]
    for command in (("nightly",), ("rollback", row["release_id"]), ("export", "--out", tmp_path / "out")):
        with one_engine():
            code, out, err = jixiao(home, *command)
        assert (code, out) == (1, "")
        for said in ("manifest.json 缺失或损坏", "jixiao rollback", "jixiao rebuild"):
            assert said in err
    code, out, _ = jixiao(home, "verify")
    assert (code, "jixiao rebuild" in out) == (1, True)
    assert jixiao(home, "rebuild")[0] == 0
    assert [each["is_damaged"] for each in told(home, "releases", "--json")] == [False, True]


def test_a_night_that_finds_the_release_damaged_says_what_to_do(published, jixiao, tmp_path):
    home = copy_of(published, tmp_path / "home")
    page = home.current.resolve() / "dictionary.html"
    page.chmod(0o644)
    page.write_text("x")
    with one_engine():
        code, out, _ = jixiao(home, "nightly")
    assert code == 1
    assert "请不要使用当前发布。请用 jixiao rollback" in out


def test_what_is_not_damaged_is_still_read(damaged, told):
    assert told(damaged, "sql", "select count(*) as n from core.dim_submission", "--json") != [{"n": 0}]
