"""Nights that judge earlier submissions again, because something that their judgement rests on has changed; and years
that rest on each other, in whatever order they arrive."""

import shutil
from pathlib import Path

import pytest
from homes import SONG, ask, copy_of, drop, made_once, new_home, report, statuses, try_night
from homes import bare_night as night

import expectations.catalogue as catalogue
from orchestration.line import Line
from warehouse.archive import Archive
from warehouse.home import Home
from warehouse.ledger import Ledger

pytestmark = pytest.mark.pipeline

BROKEN = {"spent": "930.00", "rate": "94.0"}
"""A rate that its amounts do not give (C22)."""


@pytest.fixture(scope="module")
def stored(common):
    """A home in which 2022 is published, and a malformed report of 2021 waits."""

    def make(folder):
        home = new_home(folder)
        drop(home, "2022.md", report(SONG, 2022, cleaning="301.00"))
        drop(home, "2021.md", report(SONG, 2021, **BROKEN))
        night(home)

    return Home(made_once(common, "judged-again", make))


@pytest.fixture
def home(stored, tmp_path):
    return copy_of(stored, tmp_path / "home")


def judged_at(home):
    rows = ask(home, "SELECT fiscal_year, version, judged_at FROM quality.submission_version")
    return {row[:2]: row[2] for row in rows}


def core(home):
    return dict(ask(home, "SELECT table_name, checksum FROM meta.release_table WHERE table_name LIKE 'core.%'"))


def findings(home, year):
    columns = "finding_key, first_seen_at, last_seen_at"
    return ask(home, f"SELECT {columns} FROM quality.finding WHERE fiscal_year = {year} ORDER BY 1")


def use_catalogue(monkeypatch, folder: Path, old: str, new: str) -> None:
    """Nights judge by a catalogue that differs from the shipped one in a text."""
    shipped = Path(catalogue.__file__).parent
    folder.mkdir()
    for path in shipped.glob("*.toml"):
        shutil.copy(path, folder)
    changed = folder / "phase_4_arithmetic.toml"
    content = changed.read_text("utf-8")
    assert old in content
    changed.write_text(content.replace(old, new), "utf-8")
    load = catalogue.load_catalogue
    monkeypatch.setattr(catalogue, "load_catalogue", lambda: load(folder))


MILDER = ('title = "执行率与金额不符"\nlevel = "blocking"', 'title = "执行率与金额不符"\nlevel = "warning"')


def test_a_year_is_judged_again_when_the_year_before_it_comes_later(home):
    before, known, content = judged_at(home), findings(home, 2022), core(home)
    assert known
    drop(home, "2021（更正）.md", report(SONG, 2021, budget="950.00", spent="902.50"))
    log = night(home, 1)
    assert [line.file_name for line in log.submissions] == ["2021（更正）.md"]
    after = judged_at(home)
    assert after[2022, 1] > before[2022, 1]
    assert after[2021, 1] == before[2021, 1]
    again = findings(home, 2022)
    assert [row[:2] for row in again] == [row[:2] for row in known]
    assert all(row[2] > old[2] for row, old in zip(again, known, strict=True))
    assert statuses(home)["s-song", 2021, 2].startswith("accepted")
    spending = "SELECT count(*) FROM core.fact_project_spending WHERE fiscal_year = 2022"
    assert ask(home, spending) == [(3,)]
    assert core(home).keys() == content.keys()


def test_nothing_of_other_years_is_read_again(home):
    before = judged_at(home)
    drop(home, "2022（更正）.md", report(SONG, 2022))
    night(home, 1)
    assert judged_at(home)[2021, 1] == before[2021, 1]


def test_another_catalogue_takes_up_what_was_quarantined_without_anything_new(home, tmp_path, monkeypatch):
    before = judged_at(home)
    use_catalogue(monkeypatch, tmp_path / "rules", *MILDER)
    log = night(home, 1)
    assert log.release_id is not None
    assert statuses(home)["s-song", 2021, 1] == "accepted_with_warnings"
    assert ask(home, "SELECT fiscal_year FROM core.dim_submission ORDER BY 1") == [(2021,), (2022,)]
    assert judged_at(home)[2022, 1] > before[2022, 1]
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        (key,) = {key for key, status in ledger.statuses().items() if status == "accepted_with_warnings"} & {
            row[0] for row in ask(home, "SELECT submission_key FROM core.dim_submission WHERE fiscal_year = 2021")
        }
        assert [move.to_status for move in ledger.history(key)][-2:] == ["judged", "accepted_with_warnings"]
    assert night(home, 2).release_id is None


def test_a_failed_night_that_judges_again_is_simply_run_again(home, tmp_path, monkeypatch):
    use_catalogue(monkeypatch, tmp_path / "rules", *MILDER)
    with monkeypatch.context() as broken:
        broken.delattr(Line, "build")
        assert not try_night(home, 1).success
    assert statuses(home)["s-song", 2021, 1] == "quarantined"
    night(home, 2)
    assert statuses(home)["s-song", 2021, 1] == "accepted_with_warnings"


# --- years that rest on each other

YEARS = {
    2021: {"budget": "900.00", "spent": "855.00"},
    2022: {"budget": "950.00", "spent": "902.50"},
    2023: {"budget": "1010.00", "spent": "959.50"},
}
"""Each says that its total is 50.00 more than last year's; 2023 is wrong."""
BY_YEAR = "JOIN quality.submission_version USING (submission_key) WHERE rule_id = 'C30' ORDER BY fiscal_year"


def stored_in(home, *nights):
    for day, years in enumerate(nights):
        for year in years:
            drop(home, f"{year}.md", report(SONG, year, **YEARS[year]))
        night(home, day)
    return home


def judged_as(home):
    """What was judged, without dates."""
    version = "SELECT * EXCLUDE (received_at, judged_at) FROM quality.submission_version ORDER BY ALL"
    finding = "SELECT * EXCLUDE (first_seen_at, last_seen_at, document_key) FROM quality.finding ORDER BY ALL"
    return [ask(home, query) for query in ("FROM quality.evaluation ORDER BY ALL", finding, version)]


def test_the_order_in_which_years_arrive_does_not_matter(tmp_path):
    forwards = stored_in(new_home(tmp_path / "forwards"), [2021], [2022], [2023])
    backwards = stored_in(new_home(tmp_path / "backwards"), [2023], [2022], [2021])
    at_once = stored_in(new_home(tmp_path / "at once"), [2022, 2021, 2023])
    assert judged_as(forwards) == judged_as(backwards) == judged_as(at_once)
    outcomes = ask(at_once, f"SELECT fiscal_year, outcome FROM quality.evaluation {BY_YEAR}")
    assert outcomes == [(2021, "not_applicable"), (2022, "pass"), (2023, "fail")]


def test_a_corrected_total_of_last_year_ends_the_finding_of_this_one(tmp_path):
    home = stored_in(new_home(tmp_path / "home"), [2022, 2023])
    assert statuses(home)["s-song", 2023, 1] == "accepted_with_warnings"
    drop(home, "2022（更正）.md", report(SONG, 2022, budget="960.00", spent="912.00"))
    night(home, 1)
    assert statuses(home)["s-song", 2023, 1] == "accepted"
    assert ask(home, f"SELECT fiscal_year, outcome FROM quality.evaluation {BY_YEAR}")[-1] == (2023, "pass")
    assert ask(home, "SELECT count(*) FROM quality.finding WHERE rule_id = 'C30'") == [(0,)]
