"""A catalogue that cannot be judged by is refused before anything is judged, with file, line, rule and reason."""

from pathlib import Path

import pytest
from expectation_cases import REGISTRY

from expectations.catalogue import CatalogueError, load_catalogue
from expectations.probe import probe

pytestmark = pytest.mark.contract


def test_the_catalogue_in_force_can_be_judged_by() -> None:
    import expectations.catalogue as shipped

    folder = Path(shipped.__file__).parent
    probe(load_catalogue(folder), folder, REGISTRY)


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
        probe(load_catalogue(path), path, REGISTRY)
    assert raised.value.message.startswith("规则文件 change.toml 第 2 行：规则 C17 不能执行：")
    assert reason in raised.value.message
