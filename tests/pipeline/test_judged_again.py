"""Nights that judge earlier submissions again, because something that their judgement rests on has changed; and years
that rest on each other, in whatever order they arrive."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from homes import BAI, HE, SONG, ask, copy_of, drop, made_once, new_home, report, statuses
from homes import bare_night as night

import expectations.catalogue as catalogue
from orchestration.night.line import Line
from orchestration.night.log import read_night_log
from warehouse.archive.archive import Archive
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.ledger.ledger import Ledger

pytestmark = pytest.mark.pipeline

BROKEN = {"spent": "930.00", "rate": "94.0"}
"""A rate that its amounts do not give (C22)."""
YEARS = {
    2021: {"budget": "900.00", "spent": "855.00"},
    2022: {"budget": "950.00", "spent": "902.50"},
    2023: {"budget": "1010.00", "spent": "959.50"},
}
"""Each says that its total is 50.00 more than last year's; 2023 is wrong."""
CORRECTED = {
    "松溪2021（更正）.md": report(SONG, 2021, budget="950.00", spent="902.50"),
    "白塬2022（更正）.md": report(BAI, 2022),
    "禾浦2022（更正）.md": report(HE, 2022, budget="960.00", spent="912.00"),
}
"""What comes in the second night."""
BY_YEAR = "JOIN quality.submission_version USING (submission_key) WHERE rule_id = 'C30'"
RULE = 'title = "执行率与金额不符"\nlevel = "blocking"\nmilder_level = "warning"\nstage = '
MILDER = (f'{RULE}"full"', f'{RULE}"warning"')


@pytest.fixture(scope="module")
def stored(common):
    """A home in which 2022 of 松溪 and 白塬 is published, while a malformed report of their 2021 waits; and 2022 and
    2023 of 禾浦."""

    def make(folder):
        home = new_home(folder)
        for name in (SONG, BAI):
            drop(home, f"{name}/2022.md", report(name, 2022, cleaning="301.00"))
            drop(home, f"{name}/2021.md", report(name, 2021, **BROKEN))
        for year in (2022, 2023):
            drop(home, f"{HE}/{year}.md", report(HE, year, **YEARS[year]))
        night(home)

    return Home(made_once(common, "judged-again", make))


@pytest.fixture(scope="module")
def corrected(stored, common):
    """The same after another night: 松溪 corrected 2021, the others 2022."""

    def make(folder):
        home = copy_of(stored, folder)
        for name, content in CORRECTED.items():
            drop(home, name, content)
        night(home, 1)

    return Home(made_once(common, "judged-again-corrected", make))


@pytest.fixture
def home(stored, tmp_path):
    return copy_of(stored, tmp_path / "home")


def judged_at(home, department="s-song"):
    query = "SELECT fiscal_year, version, judged_at FROM quality.submission_version"
    return {row[:2]: row[2] for row in ask(home, f"{query} WHERE department_id = '{department}'")}


def core(home):
    return dict(ask(home, "SELECT table_name, checksum FROM meta.release_table WHERE table_name LIKE 'core.%'"))


def findings(home, year):
    columns = "finding_key, first_seen_at, last_seen_at"
    of_song = f"fiscal_year = {year} AND department_id = 's-song'"
    return ask(home, f"SELECT {columns} FROM quality.finding WHERE {of_song} ORDER BY 1")


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


def test_a_year_is_judged_again_when_the_year_before_it_comes_later(stored, corrected):
    before, known, content = judged_at(stored), findings(stored, 2022), core(stored)
    assert known
    log = read_night_log(corrected, "night-1")
    assert sorted(line.file_name for line in log.submissions) == sorted(CORRECTED)
    after = judged_at(corrected)
    assert after[2022, 1] > before[2022, 1]
    assert after[2021, 1] == before[2021, 1]
    again = findings(corrected, 2022)
    assert [row[:2] for row in again] == [row[:2] for row in known]
    assert all(row[2] > old[2] for row, old in zip(again, known, strict=True))
    assert statuses(corrected)["s-song", 2021, 2].startswith("accepted")
    spending = "SELECT department_id, count(*) FROM core.fact_project_spending JOIN core.dim_department"
    spending += " USING (department_key) WHERE fiscal_year = 2022 GROUP BY ALL ORDER BY ALL"
    assert ask(corrected, spending) == [("s-bai", 3), ("s-he", 3), ("s-song", 3)]
    assert core(corrected).keys() == content.keys()


def test_nothing_of_other_years_is_read_again(stored, corrected):
    assert judged_at(corrected, "s-bai")[2021, 1] == judged_at(stored, "s-bai")[2021, 1]


def test_a_corrected_total_of_last_year_ends_the_finding_of_this_one(stored, corrected):
    assert statuses(stored)["s-he", 2023, 1] == "accepted_with_warnings"
    assert statuses(corrected)["s-he", 2023, 1] == "accepted"
    of_he = f"{BY_YEAR} AND department_id = 's-he' ORDER BY fiscal_year"
    assert ask(corrected, f"SELECT fiscal_year, outcome FROM quality.evaluation {of_he}")[-1] == (2023, "pass")
    of_he = "WHERE rule_id = 'C30' AND department_id = 's-he'"
    assert ask(corrected, f"SELECT count(*) FROM quality.finding {of_he}") == [(0,)]


def test_another_catalogue_takes_up_what_was_quarantined_also_after_a_night_that_failed(home, tmp_path, monkeypatch):
    """Without anything new in the inbox."""
    before = judged_at(home)
    use_catalogue(monkeypatch, tmp_path / "rules", *MILDER)
    with monkeypatch.context() as broken:
        broken.delattr(Line, "build")
        with pytest.raises(AttributeError):
            night(home, 1)
    assert statuses(home)["s-song", 2021, 1] == "quarantined"
    log = night(home, 2)
    assert log.release_id is not None
    assert statuses(home)["s-song", 2021, 1] == "accepted_with_warnings"
    of_song = "FROM core.dim_submission WHERE department_id = 's-song'"
    assert ask(home, f"SELECT fiscal_year {of_song} ORDER BY 1") == [(2021,), (2022,)]
    assert judged_at(home)[2022, 1] > before[2022, 1]
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        (key,) = {key for key, status in ledger.statuses().items() if status == "accepted_with_warnings"} & {
            row[0] for row in ask(home, f"SELECT submission_key {of_song} AND fiscal_year = 2021")
        }
        assert [move.to_status for move in ledger.history(key)][-2:] == ["judged", "accepted_with_warnings"]
    assert night(home, 3).release_id is None


# --- a registry that changes

BEFORE = "白塬街道,,街道,999001002,999001,清岚区（模拟）,,"


def change_registry(home, before, *after):
    """Puts lines in the place of the line of 白塬街道 that ends so."""
    path = home.path / "registry.csv"
    lines = path.read_text("utf-8").splitlines()
    (place,) = [place for place, line in enumerate(lines) if line.endswith(before)]
    kept = lines[place].removesuffix(before)
    lines[place : place + 1] = [f"{kept}{end}" for end in after]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def periods(home, table="fact_department_budget"):
    """Year -> the first day of the period of 白塬街道 under which it is published."""
    joined = f"core.{table} JOIN core.dim_department AS d USING (department_key) WHERE d.department_id = 's-bai'"
    return dict(ask(home, f"SELECT DISTINCT fiscal_year, valid_from FROM {joined}"))


def test_a_change_of_name_that_is_registered_later_takes_what_is_published_along(home):
    renamed = BEFORE.replace("999001002", "999001009").removesuffix(",,") + ",2022-07-01,"
    tables = ("fact_department_budget", "fact_project_spending", "dim_submission")
    assert {table: periods(home, table) for table in tables} == {table: {2022: None} for table in tables}
    change_registry(home, BEFORE, f"{BEFORE}2022-06-30", renamed.replace("白塬街道,", "白塬新城,"))
    assert night(home, 1).release_id is not None
    assert {table: periods(home, table) for table in tables} == {table: {2022: date(2022, 7, 1)} for table in tables}
    assert night(home, 2).release_id is None


def test_a_department_that_submitted_stays_in_the_registry(home):
    change_registry(home, BEFORE)
    with pytest.raises(UsageError, match="部门名录中没有 s-bai（共 1 个）"):
        night(home, 1)
    assert periods(home) == {2022: None}


def test_a_corrected_first_day_takes_what_is_published_along_unless_it_is_known_no_more_which_is_told(home):
    change_registry(home, BEFORE, f"{BEFORE.removesuffix(',,')},2020-01-01,")
    registry = home.path / "registry.csv"
    registry.write_text(registry.read_text("utf-8").replace("白塬", "黑塬"), "utf-8")
    with pytest.raises(UsageError, match="部门名录改动以后，已公布的 s-bai 2022 年（共 1 份）认不出"):
        night(home, 1)
    assert periods(home) == {2022: None}
    registry.write_text(registry.read_text("utf-8").replace("黑塬", "白塬"), "utf-8")
    night(home, 2)
    assert periods(home) == {2022: date(2020, 1, 1)}


# --- years that rest on each other


def stored_in(home, *nights):
    """Each night brings years of departments."""
    for day, brought in enumerate(nights):
        for name, years in brought.items():
            for year in years:
                drop(home, f"{name}/{year}.md", report(name, year, **YEARS[year]))
        night(home, day)
    return home


def judged_as(home):
    """What was judged, without dates."""
    version = "SELECT * EXCLUDE (received_at, judged_at) FROM quality.submission_version ORDER BY ALL"
    finding = "SELECT * EXCLUDE (first_seen_at, last_seen_at, document_key) FROM quality.finding ORDER BY ALL"
    return [ask(home, query) for query in ("FROM quality.evaluation ORDER BY ALL", finding, version)]


def test_the_order_in_which_years_arrive_does_not_matter(tmp_path):
    """松溪 forwards, 白塬 backwards, 禾浦 with the year in the middle first; and all at once."""
    one_by_one = stored_in(
        new_home(tmp_path / "one by one"),
        {SONG: [2021], BAI: [2023], HE: [2022]},
        {SONG: [2022], BAI: [2022], HE: [2021]},
        {SONG: [2023], BAI: [2021], HE: [2023]},
    )
    at_once = stored_in(new_home(tmp_path / "at once"), {each: [2022, 2021, 2023] for each in (HE, BAI, SONG)})
    assert judged_as(one_by_one) == judged_as(at_once)
    outcomes = ask(at_once, f"SELECT fiscal_year, outcome, count(*) FROM quality.evaluation {BY_YEAR} GROUP BY ALL")
    assert sorted(outcomes) == [(2021, "not_applicable", 3), (2022, "pass", 3), (2023, "fail", 3)]
