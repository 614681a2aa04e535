"""Great Expectations agrees with DuckDB, its shim is needed and right, its Data Docs need no network."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from threading import RLock
from types import ModuleType

import pytest
from expectation_cases import catalogue, judged, project, set_figure
from jinja2 import DictLoader

from expectations.catalogue import Catalogue
from expectations.second_opinion import ask, warm_up
from expectations.suites import compile_once, keep_connections, load_library, run_suites
from transforms.facts.model import Facts
from warehouse.errors import SystemFault

pytestmark = pytest.mark.contract

ADDRESS = re.compile(
    r"(?:src|href|action|data-href)\s*=\s*[\"'](?:https?:)?//|url\(|@import|<script|<link|<img", re.IGNORECASE
)


MARKUP = (
    "<script>alert('a')</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}$PARAMETER%s",
)


def many_wrong(facts: Facts) -> None:
    set_figure("headcount:institution", value=Decimal(45))(facts)
    facts.projects += [project(f"项目{number}", "1.00", "—", row=10 + number) for number in range(300)]


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evidence of a report with 301 violations."""
    database = tmp_path_factory.mktemp("evidence") / "evidence.duckdb"
    judgement = judged(many_wrong, database=database)
    assert {rule_id: count for rule_id, count in judgement.violations.items() if count} == {"C17": 1, "C37": 300}
    assert judgement.finding.height == 301
    return database


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the Data Docs of what was ``seen``."""
    return tmp_path_factory.mktemp("docs") / "quality"


@pytest.fixture(scope="module")
def seen(evidence: Path, docs: Path) -> dict[str, int]:
    """What the library counts in it, in this process."""
    return run_suites(catalogue(), evidence, docs)


def test_counts_agree_beyond_the_librarys_own_limit(seen: dict[str, int]) -> None:
    assert seen.keys() == {rule.id for rule in catalogue().rules}
    assert {rule_id: count for rule_id, count in seen.items() if count} == {"C17": 1, "C37": 300}


def with_wrong_text() -> Catalogue:
    phases = tuple(
        phase.model_copy(
            update={
                "rules": tuple(
                    rule.model_copy(update={"violation": "select nothing from {batch}"}) for rule in phase.rules
                )
            }
        )
        for phase in catalogue().phases
    )
    return catalogue().model_copy(update={"phases": phases})


def test_a_process_of_its_own_answers_the_same(evidence: Path, seen: dict[str, int], tmp_path: Path) -> None:
    warm_up()
    opinion = ask(catalogue(), evidence, tmp_path / "quality")
    assert opinion.counts() == opinion.counts() == seen
    assert (tmp_path / "quality" / "index.html").exists()


def test_an_error_is_never_a_verdict_and_told_by_the_process(evidence: Path) -> None:
    with pytest.raises(SystemFault, match="规则评判引擎出错") as told:
        ask(with_wrong_text(), evidence).counts()
    assert told.value.detail.startswith(catalogue().rules[0].id)


def test_a_process_that_dies_ends_the_night_with_a_sentence(evidence: Path) -> None:
    opinion = ask(catalogue(), evidence)
    opinion.process.kill()
    with pytest.raises(SystemFault, match="规则评判引擎的进程出错") as told:
        opinion.counts()
    assert "-9" in told.value.detail


def test_the_library_holds_no_semaphore_that_an_ended_process_would_leave_behind() -> None:
    load_library()
    from tqdm import tqdm

    assert type(tqdm.get_lock()) is type(RLock())


@pytest.mark.usefixtures("seen")
def test_data_docs_are_chinese_and_need_no_network(docs: Path) -> None:
    pages = sorted(docs.rglob("*"))
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
    index = (docs / "index.html").read_text("utf-8")
    assert catalogue().version in index
    assert '<td class="number failed">300</td>' in index
    assert all(f"<td>{rule.title}</td>" in index for rule in catalogue().rules)


def with_markup(facts: Facts) -> None:
    facts.projects += [project(name, "-1.00", "—", row=10 + number) for number, name in enumerate(MARKUP)]


def test_markup_in_a_project_name_is_letters_in_the_data_docs(tmp_path: Path) -> None:
    """Text from reports is shown in Data Docs, never part of them."""
    database = tmp_path / "evidence.duckdb"
    judgement = judged(with_markup, database=database)
    assert set(judgement.finding["subject"]) >= set(MARKUP)
    run_suites(catalogue(), database, tmp_path / "quality")
    pages = {page.name: page.read_text("utf-8") for page in (tmp_path / "quality").rglob("*.html")}
    assert f'<td class="number failed">{judgement.violations["C37"]}</td>' in pages["index.html"]
    for page in pages.values():
        assert not [text for text in MARKUP if "<" in text and text in page]
        assert not re.search(r"<(?:img|svg)[^>]*on(?:error|load)", page)
        assert "49$PARAMETER" not in page


def test_a_version_without_the_list_is_refused() -> None:
    with pytest.raises(SystemFault, match="_PERSISTED_CONNECTION_DIALECTS"):
        keep_connections(ModuleType("engine"))


def test_pages_of_all_kinds_share_their_compiled_templates() -> None:
    load_library()
    from great_expectations.render.view import view

    page, index = view.DefaultJinjaPageView(), view.DefaultJinjaIndexPageView()
    assert page.env is not index.env
    assert page.env.bytecode_cache is not None
    assert page.env.bytecode_cache is index.env.bytecode_cache


def test_templates_of_one_name_and_another_text_are_compiled_each() -> None:
    module = ModuleType("view")
    compile_once(module)
    pages = [module.Environment(loader=DictLoader({"page": text})).get_template("page") for text in ("甲", "乙", "甲")]
    assert [page.render() for page in pages] == ["甲", "乙", "甲"]


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


def test_what_is_not_needed_is_not_loaded() -> None:
    code = (
        "import sys, expectations.suites, expectations.gate, expectations.second_opinion, expectations.contracts as c;"
        "print('great_expectations' in sys.modules, 'pandera' in sys.modules);"
        "c.broken_rows(c.TABLES[0].empty().clear(1), c.TABLES[0]);"
        "print('pandera' in sys.modules, 'pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.split() == ["False", "False", "True", "False"]
