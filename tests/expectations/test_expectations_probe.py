"""A catalogue that cannot be judged by is refused before anything is judged, with file, line, rule and reason."""

from pathlib import Path
from typing import Any

import pytest
from expectation_cases import REGISTRY, narrowed

import expectations.probe as probing
from expectations.catalogue import Catalogue, CatalogueError, load_catalogue
from expectations.judging import Judging, run_rules
from expectations.probe import probe

pytestmark = pytest.mark.contract


def test_the_catalogue_in_force_can_be_judged_by_and_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import expectations.catalogue as shipped

    runs: list[int] = []

    def counted(catalogue: Catalogue, *arguments: Any) -> Judging:
        runs.append(len(catalogue.rules))
        return run_rules(catalogue, *arguments)

    monkeypatch.setattr(probing, "run_rules", counted)
    folder = Path(shipped.__file__).parent
    catalogue = load_catalogue(folder)
    probe(catalogue, folder, REGISTRY)
    assert runs == [len(catalogue.rules)]


@pytest.mark.parametrize("place", [0, -1])
def test_wherever_it_stands_the_first_rule_that_cannot_run_is_named(tmp_path: Path, place: int) -> None:
    rules = load_catalogue().rules
    path = tmp_path / "change.toml"
    named = dict.fromkeys((rules[place].id, rules[-1].id))
    path.write_text(
        "".join(f'[[rule]]\nid = "{name}"\nviolation = "selekt from {{batch}}"\n' for name in named), "utf-8"
    )
    with pytest.raises(CatalogueError, match=f"第 1 行：规则 {rules[place].id} 不能执行"):
        probe(load_catalogue(path), path, REGISTRY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ('evidence = "nothing"', "没有名为“nothing”的 evidence"),
        ('violation = "select * from {batch} where no_such_column > 1"', "no_such_column"),
        ('violation = "selekt * from {batch}"', "selekt"),
        ('population = "1 +"', "syntax error"),
        ('message = "{no_such_column}"', "模板中的 'no_such_column' 不是 people 的列"),
    ],
)
def test_a_rule_that_cannot_run_is_named_with_its_place(tmp_path: Path, change: str, reason: str) -> None:
    path = tmp_path / "change.toml"
    path.write_text(f'\n[[rule]]\nid = "C17"\n{change}\n', "utf-8")
    with pytest.raises(CatalogueError) as raised:
        probe(narrowed(load_catalogue(path), "C17", "C18", "C22"), path, REGISTRY)
    assert raised.value.message.startswith("规则文件 change.toml 第 2 行：规则 C17 不能执行：")
    assert reason in raised.value.message
