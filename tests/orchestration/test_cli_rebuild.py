"""``jixiao rebuild``: wrong use, and an outcome that is not what was published."""

from dataclasses import replace

import pytest
from homes import copy_of, one_engine

from warehouse.archive.journal import Journal
from warehouse.home import Home, exclusive

pytestmark = pytest.mark.pipeline


def files_of(home):
    return {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file() and path != home.lock}


def test_a_rebuild_that_differs_says_where_and_publishes_nothing(jixiao, home):
    entry = Journal(home).entries()[-1]
    other = {**entry.tables, "core.fact_goal": "0" * 16}
    Journal(home).enter(replace(entry, tables=other, catalogue_version="0.1"))
    before = files_of(home)
    with one_engine():
        code, out, _ = jixiao(home, "rebuild")
    assert code == 1
    for said in (
        "重做了 1 夜。",
        f"与发布 {entry.release_id} 不同的表（1 张）：\n  core.fact_goal\n",
        "当时的程序或规则是 0.1，现在是 ",
        "没有公布，现行发布不变。",
    ):
        assert said in out
    assert files_of(home) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-of", "2022-05-10"), "--as-of 须与 --out 合用"),
        (("--as-of", "昨天"), "“昨天”不是日期"),
        (("--as-of", "2022-05-09", "--out", "/nowhere/then"), "2022-05-09 以前没有任何发布"),
        (("--out", "."), "“{cwd}”已存在"),
        (("--out", "x", "--publish"), "只能写一个"),
    ],
)
def test_wrong_use_is_told(jixiao, published, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = jixiao(published, "rebuild", *words)
    assert (code, out) == (2, "")
    assert said.format(cwd=tmp_path) in err.splitlines()[-1]


def test_there_must_be_a_home_and_something_in_it(jixiao, tmp_path):
    code, _, err = jixiao(Home(tmp_path / "nowhere"), "rebuild")
    assert (code, "没有数据目录" in err) == (2, True)
    code, _, err = jixiao(Home(tmp_path / "empty").create(), "rebuild")
    assert (code, "归档中没有可以重建的发布" in err) == (2, True)


def test_while_a_night_writes_nothing_is_rebuilt(jixiao, home):
    with exclusive(home):
        code, _, err = jixiao(home, "rebuild")
    assert (code, "正在写入" in err) == (1, True)


# --- what was public on a day


def test_a_query_of_the_release_that_was_public_on_a_day(jixiao, told, published, tmp_path):
    home = copy_of(published, tmp_path / "home")
    count = "SELECT count(*) AS n FROM core.dim_submission"
    assert told(home, "sql", "--as-of", "2022-05-10", count, "--json") == [{"n": 2}]
    code, _, err = jixiao(home, "sql", "--as-of", "2022-05-09", count)
    assert (code, "2022-05-09 以前没有任何发布" in err) == (2, True)
    code, _, err = jixiao(home, "sql", "--as-of", "2022-05-10", "--release", "x", count)
    assert (code, "只能写一个" in err) == (2, True)
    entry = Journal(home).entries()[-1]
    Journal(home).enter(replace(entry, release_id="20220510T010000Z-0001"))
    code, _, err = jixiao(home, "sql", "--as-of", "2022-05-10", count)
    assert (code, "jixiao rebuild --as-of 2022-05-10 --out" in err) == (2, True)


def test_no_command_touches_a_home_of_a_newer_program(jixiao, published, tmp_path):
    home = copy_of(published, tmp_path / "home")
    home.version.write_text("99\n")
    for words in (("status",), ("nightly",), ("rebuild",)):
        code, out, err = jixiao(home, *words)
        assert (code, out) == (1, "")
        assert "需要更新的程序" in err
