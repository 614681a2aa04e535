"""Names that are near, and names that must stay apart."""

import pytest

from transforms.star.project_names import are_near, fronted, matching_name, stem

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("综治维稳、信访业务工作经费", "综治维稳、信访业务经费"),
        ("业务工作经费（宣传）", "业务经费(宣传)"),
        ("业务工作经费（城管科）", "业务经费(城市管理科)"),
    ],
)
def test_dropped_words_and_short_forms_give_one_stem(left, right):
    assert stem(left) == stem(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("业务工作经费（武装）", "业务工作经费（残联）"),
        ("扶贫帮扶专项经费", "农办(扶贫工作)工作经费"),
        ("办公用房维护装修项目(办公室)", "业务用房经费(民政)"),
        ("党建工作经费", "文化体育经费"),
    ],
)
def test_different_projects_are_not_near(left, right):
    assert not are_near(stem(left), stem(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("市政环卫保洁及绿地养护经费(市政)", "市政环卫保洁及绿地养护经费"),
        ("长者长寿保健金", "长者长寿保健金财政补贴项目"),
        ("业务工作经费（城管科）", "城市管理科业务工作经费"),
    ],
)
def test_near_names(left, right):
    assert are_near(stem(left), stem(right))
    assert are_near(stem(right), stem(left))


def test_brackets_are_unified_but_kept():
    assert matching_name("业务经费（宣传）") == "业务经费(宣传)"
    assert fronted("业务经费(宣传)") == "宣传业务经费"


def test_a_name_is_not_emptied_by_a_dropped_word():
    assert stem("工作") == "工作"
