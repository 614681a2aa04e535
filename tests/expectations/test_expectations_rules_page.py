"""The page of the rules is what the catalogue gives, and every rule on it has an example."""

from pathlib import Path

import pytest

from expectations.catalogue import load_catalogue
from expectations.rules_page import examples, rules_page
from warehouse.errors import UsageError

pytestmark = pytest.mark.contract

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def changed(**values):
    catalogue = load_catalogue()
    phase = catalogue.phases[-1]
    rule = phase.rules[0].model_copy(update=values)
    return catalogue.model_copy(update={"phases": (phase.model_copy(update={"rules": (rule,)}),)})


def test_the_page_is_what_the_catalogue_gives():
    assert PAGE.read_text("utf-8") == rules_page(load_catalogue()), "run make rules"


def test_every_rule_stands_on_the_page_once_with_what_to_do():
    page = PAGE.read_text("utf-8").replace("&lt;", "<")
    for rule in load_catalogue().rules:
        assert page.count(f"### {rule.id} {rule.title}\n") == 1
        _, _, told = page.partition(f"### {rule.id} {rule.title}\n")
        told = told.partition("\n### ")[0]
        assert rule.basis in told
        assert f"- 怎样改：{rule.remedy}\n" in told
        assert f"- 不合格的例子：{examples()[rule.id].wrong}\n" in told
        assert all(str(threshold.value) in told for threshold in rule.thresholds)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"level": "blocking", "milder_level": "warning"}, "级别：阻断、警告"),
        ({"stage": "shadow"}, "；试行；"),
        ({"waivable": False}, "不得豁免"),
        ({"valid_from_year": 2019, "valid_to_year": None}, "，2019 年起；"),
        ({"valid_from_year": None, "valid_to_year": 2018}, "，至 2018 年；"),
        ({"valid_from_year": 2015, "valid_to_year": 2018}, "，2015 年至 2018 年；"),
        ({"requires": ("C01", "C02")}, "- 前提：C01、C02 没有问题"),
    ],
)
def test_what_a_rule_is_stands_in_its_line(values, said):
    assert said in rules_page(changed(**values))


def test_marks_in_examples_stay_text():
    assert "<" not in PAGE.read_text("utf-8")


def test_a_rule_without_an_example_is_named():
    with pytest.raises(UsageError, match="S99"):
        rules_page(changed(id="S99"))
