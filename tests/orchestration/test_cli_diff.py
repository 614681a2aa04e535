"""``jixiao diff``: what it prints, and wrong use."""

import pytest
from homes import lived

from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def after_nights(common):
    return lived(common)


def test_two_releases_are_compared_for_people_and_programs(jixiao, told, after_nights):
    first, second, third = (release.release_id for release in Releases(after_nights).list())
    code, out, err = jixiao(after_nights, "diff")
    assert (code, err) == (0, "")
    for said in (
        f"发布 {second} → {third}",
        "已撤回",
        "张三撤回（T1）：报错年度",
        "被隔离的报送数",
        "（core.fact_goal）",
        "松溪街道",
    ):
        assert said in out
    assert "s-song" not in out
    found = told(after_nights, "diff", first, second, "--json")
    assert (found["earlier"], found["later"], found["not_compared"]) == (first, second, [])
    assert {row["department_id"] for row in found["rows"] if row["table_name"] == "core.fact_goal"} == {"s-song"}
    assert "内容完全相同。" in jixiao(after_nights, "diff", first, first)[1]


def test_two_versions_of_a_submission_are_compared(jixiao, told, after_nights):
    code, out, _ = jixiao(after_nights, "diff", "--department", "白塬街道", "--year", 2022)
    assert (code, "白塬街道 2022 年度第 1 版（通过，有警告）：以前没有别的版本可比。" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("x",), "没有发布 x"),
        (("--year", 2021), "须一起写"),
        (("x", "--department", "白塬街道", "--year", 2021), "只能选一种"),
        (("--department", "青竹街道", "--year", 2021), "单位名录中没有“青竹街道”"),
        (("--department", "松溪街道", "--year", 2021), "没有现行的报送"),
    ],
)
def test_wrong_use_is_told(jixiao, after_nights, words, said):
    code, out, err = jixiao(after_nights, "diff", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_before_the_first_release_there_is_nothing_to_compare(jixiao, tmp_path):
    from warehouse.home import Home

    code, _, err = jixiao(Home(tmp_path / "home").create(), "diff")
    assert (code, "还没有任何发布" in err) == (2, True)
