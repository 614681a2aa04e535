"""What differs between two releases, and between two versions of one submission."""

from datetime import timedelta

import pytest
from homes import FIRST_NIGHT, ask, lived

from orchestration.night.standards import Standards
from orchestration.reprocessing.version_difference import version_difference
from orchestration.settings import load_settings
from warehouse.connection import open_reader
from warehouse.errors import UsageError
from warehouse.registry import TABLES, quote_name
from warehouse.release.difference import difference, two_releases
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

SUMMED = [table for table in TABLES if table.schema in ("core", "quality")]


@pytest.fixture(scope="module")
def home(common):
    return lived(common)


def contents(release, table):
    """Key -> the other columns of each row, volatile ones left out."""
    columns = [name for name in table.column_names if name not in table.volatile]
    listed = ", ".join(quote_name(name) for name in columns)
    rows = release.sql(f"SELECT {listed} FROM {quote_name(table.qualified_name)}").fetchall()
    places = [columns.index(name) for name in table.primary_key]
    return {tuple(row[place] for place in places): row for row in rows}


@pytest.mark.parametrize(("first", "second"), [(0, 1), (2, 1)])
def test_rows_that_came_changed_and_went_by_table(home, first, second):
    releases = Releases(home).list()
    found = difference(releases[first], releases[second])
    assert found.not_compared == []
    told = {}
    for row in found.rows:
        counts = told.setdefault(row["table_name"], [0, 0, 0])
        for place, name in enumerate(("added", "changed", "removed")):
            counts[place] += row[name]
    expected = {}
    known = []
    for place in (first, second):
        with open_reader(releases[place].database) as release:
            known.append({table.qualified_name: contents(release, table) for table in SUMMED})
    for name in known[0]:
        before, after = (each[name] for each in known)
        changed = sum(before[key] != after[key] for key in before.keys() & after.keys())
        counts = [len(after.keys() - before.keys()), changed, len(before.keys() - after.keys())]
        if any(counts):
            expected[name] = counts
    assert told == expected
    assert expected


def test_rows_belong_to_departments_and_years(home):
    found = difference(*Releases(home).list()[1:])
    goals = {
        (row["department_id"], row["fiscal_year"]): (row["added"], row["removed"])
        for row in found.rows
        if row["table_name"] == "core.fact_goal"
    }
    assert goals == {("s-song", 2021): (0, 2), ("s-bai", 2022): (2, 0)}
    owners = {
        (row["department_id"], row["fiscal_year"]) for row in found.rows if row["table_name"] == "core.provenance"
    }
    assert owners == {("s-song", 2021), ("s-bai", 2022)}


def test_versions_and_totals_before_and_after(home):
    found = difference(*Releases(home).list()[1:])
    versions = {
        (row["department_id"], row["fiscal_year"], row["version"]): (row["status_before"], row["status"])
        for row in found.versions
    }
    assert versions == {
        ("s-song", 2021, 2): ("accepted", "withdrawn"),
        ("s-he", 2021, 2): ("quarantined", "withdrawn"),
        ("s-bai", 2022, 1): ("quarantined", "accepted_with_warnings"),
        (None, 2021, 1): ("quarantined", "withdrawn"),
    }
    totals = {row["name"]: (row["before"], row["after"]) for row in found.totals}
    assert totals["quarantined_count"] == (3, 0)
    first = difference(*Releases(home).list()[:2])
    came = {(row["department_id"], row["version"]) for row in first.versions if row["status_before"] is None}
    assert came == {("s-song", 2), ("s-he", 2), ("s-bai", 1)}
    assert ("s-song", 2021, 1, "accepted", "superseded") in {tuple(row.values())[:5] for row in first.versions}


def test_nothing_differs_between_a_release_and_itself(home):
    release = Releases(home).list()[0]
    found = difference(release, release)
    assert (found.rows, found.versions, found.totals) == ([], [], [])


def test_the_two_are_the_current_one_and_the_one_before_unless_told(home):
    releases = Releases(home)
    ids = [release.release_id for release in releases.list()]

    def chosen(*names):
        return [release.release_id for release in two_releases(releases, *names)]

    assert chosen(None, None) == ids[1:]
    assert chosen(ids[0], None) == [ids[0], ids[2]]
    assert chosen(ids[2], ids[0]) == [ids[2], ids[0]]
    with pytest.raises(UsageError, match="以前没有别的发布"):
        chosen(None, ids[0])
    with pytest.raises(UsageError, match="没有发布 x"):
        chosen("x", None)


def test_every_release_notes_what_it_changed(home):
    """meta.release_change against what the releases themselves hold."""
    releases = [release.release_id for release in Releases(home).list()]
    query = "SELECT release_id, table_name, sum(rows_added - rows_removed) FROM meta.release_change GROUP BY ALL"
    noted = {row[:2]: row[2] for row in ask(home, query)}
    for before, after in zip([None, *releases], releases, strict=False):
        for name in ("core.fact_goal", "core.provenance", "core.dim_project", "core.fact_indicator"):
            counts = [ask(home, f"SELECT count(*) FROM {name}", each)[0][0] if each else 0 for each in (before, after)]
            assert noted.get((after, name), 0) == counts[1] - counts[0], (after, name)


# --- two versions of one submission


def of_versions(home, nth, department, year):
    """The difference as it was after a night."""
    at = FIRST_NIGHT + timedelta(days=nth, hours=1)
    return version_difference(Releases(home).list()[nth], Standards(home, load_settings(home), at), department, year)


def test_the_facts_that_two_versions_differ_in(home):
    found = of_versions(home, 1, "松溪街道", 2021)
    assert (found.version, found.status, found.is_only) == (2, "accepted", False)
    assert [(row["change"], row["before"], row["now"]) for row in found.items] == [
        ("changed", "300万元、280万元", "300万元、290万元"),
    ]
    assert "道路保洁经费" in found.items[0]["item"]


def test_a_version_without_one_before_it_is_told_apart_from_one_that_says_the_same(home):
    assert of_versions(home, 1, "白塬街道", 2021).is_only
    with pytest.raises(UsageError, match="没有现行的报送"):
        of_versions(home, 2, "松溪街道", 2021)
