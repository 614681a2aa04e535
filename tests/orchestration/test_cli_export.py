"""``jixiao export``: what is written is said, what is wrong is said in Chinese."""

import pytest

pytestmark = pytest.mark.pipeline


def test_named_tables_and_views_are_written(published, jixiao, tmp_path):
    chosen = ("--table", "fact_headcount", "--view", "mart.coverage")
    code, out, _ = jixiao(published, "export", "--format", "csv", "--out", tmp_path / "out", *chosen)
    assert code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"core.fact_headcount.csv", "mart.coverage.csv", "说明.csv"}
    assert all(name in out for name in names)
    assert jixiao(published, "export", "--format", "csv", "--out", tmp_path / "out", *chosen)[0] == 2


def test_an_unknown_name_ends_with_wrong_use(published, jixiao, tmp_path):
    code, _, err = jixiao(published, "export", "--out", tmp_path, "--view", "没有")
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert "没有数据表或视图" in err
