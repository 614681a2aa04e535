"""Great Expectations agrees with DuckDB, its shim is needed and right, its Data Docs need no network."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from expectation_cases import catalogue, judged, project, set_figure

from expectations.judging import Judging
from expectations.suites import keep_connections, preload, run_suites
from transforms.facts.model import Facts
from warehouse.errors import SystemFault

pytestmark = pytest.mark.contract

ADDRESS = re.compile(
    r"(?:src|href|action|data-href)\s*=\s*[\"'](?:https?:)?//|url\(|@import|<script|<link|<img", re.IGNORECASE
)


def many_wrong(facts: Facts) -> None:
    set_figure("headcount:institution", value=Decimal(45))(facts)
    facts.projects += [project(f"项目{number}", "1.00", "—", row=10 + number) for number in range(300)]


def test_counts_agree_beyond_the_librarys_own_limit() -> None:
    seen: dict[str, int] = {}

    def counted(judging: Judging) -> dict[str, int]:
        seen.update(run_suites(judging))
        return seen

    judgement = judged(many_wrong, second_opinion=counted)
    assert seen.keys() == {rule.id for rule in catalogue().rules}
    assert {rule_id: count for rule_id, count in seen.items() if count} == {"C17": 1, "C37": 300}
    assert judgement.finding.height == 301


def test_an_error_is_never_a_verdict() -> None:
    def with_wrong_text(judging: Judging) -> dict[str, int]:
        phases = tuple(
            phase.model_copy(
                update={
                    "rules": tuple(
                        rule.model_copy(update={"violation": "select nothing from {batch}"}) for rule in phase.rules
                    )
                }
            )
            for phase in judging.catalogue.phases
        )
        wrong = judging.catalogue.model_copy(update={"phases": phases})
        return run_suites(Judging(wrong, judging.runs, judging.evidence, judging.eligible))

    with pytest.raises(SystemFault, match="规则评判引擎出错"):
        judged(second_opinion=with_wrong_text)


def test_data_docs_are_chinese_and_need_no_network(tmp_path: Path) -> None:
    judged(many_wrong, second_opinion=lambda judging: run_suites(judging, tmp_path / "quality"))
    pages = sorted((tmp_path / "quality").rglob("*"))
    files = [page for page in pages if page.is_file()]
    assert {page.suffix for page in files} == {".html"}
    assert len(files) == 1 + 2 * len(catalogue().phases)
    for page in files:
        text = page.read_text("utf-8")
        assert not ADDRESS.search(text), page
        assert not re.search(r">\s*(Overview|Expectation|Status|Observed Value)\s*<", text), page
        links = re.findall(r'href="([^"#]+)"', text)
        assert links
        assert [link for link in links if not (page.parent / link).exists()] == []
    index = (tmp_path / "quality" / "index.html").read_text("utf-8")
    assert catalogue().version in index
    assert '<td class="number failed">300</td>' in index
    assert all(f"<td>{rule.title}</td>" in index for rule in catalogue().rules)


def test_a_version_without_the_list_is_refused() -> None:
    with pytest.raises(SystemFault, match="_PERSISTED_CONNECTION_DIALECTS"):
        keep_connections(ModuleType("engine"))


def test_the_shim_is_still_needed_and_enough(tmp_path: Path) -> None:
    """Should this fail because the first run is right too, the shim has become needless: remove it."""
    script = Path(__file__).with_name("run_without_shim.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), str(tmp_path / "evidence.duckdb")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == ["raised=True", "observed=3"]


def test_the_library_can_be_loaded_ahead() -> None:
    preload().join()
    assert {"great_expectations", "pandera"} <= sys.modules.keys()


def test_importing_the_adapter_does_not_import_the_library() -> None:
    code = (
        "import sys, expectations.suites, expectations.gate;"
        "print('great_expectations' in sys.modules, 'pandera' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.split() == ["False", "False"]
