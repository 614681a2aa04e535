"""The board as files: complete, linked, escaped, bounded, the same every time, and cheap where nothing changed."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from board_samples import FIRST, OTHER, came_later
from release_samples import Report, build_staged, later, night

from warehouse.connection import open_reader
from warehouse.home import Home
from warehouse.load.staging import Staging
from warehouse.publication.board import board_form, write_board
from warehouse.publication.board.cells import cell_of, number, share
from warehouse.publication.board.library import script_name
from warehouse.publication.board.material import Material
from warehouse.publication.board.pivots import pivot_of
from warehouse.publication.board.specs import PivotSpec, TableSpec, first_page, pages
from warehouse.publication.board.tables import grids_of
from warehouse.views import views

pytestmark = pytest.mark.pipeline


@pytest.fixture(scope="module")
def board(release):
    return {path.relative_to(release.path).as_posix(): _Page(path) for path in (release.path / "board").rglob("*.html")}


class _Page(HTMLParser):
    VOID = frozenset({"meta", "br", "link", "input", "rect"})

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.text = path, path.read_text("utf-8")
        self.open, self.tags, self.ids, self.links, self.heads, self.captions = [], [], [], [], [], 0
        self.feed(self.text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append((tag, values))
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag, self.path


def test_a_release_that_knows_no_year_has_every_page(tmp_path):
    home = Home(tmp_path).create()
    built = build_staged(home, Staging(home.warehouse / "staging-none").create(), (), with_board=True)
    assert {page.name for page in pages()} <= {path.stem for path in (built.folder / "board").glob("*.html")}


def test_every_page_is_well_formed_and_every_link_leads_somewhere(release, board):
    ids = {name: set(page.ids) for name, page in board.items()}
    ids["dictionary.html"] = set(re.findall(r'id="([^"]+)"', (release.path / "dictionary.html").read_text("utf-8")))
    for name, page in board.items():
        assert page.open == [], name
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            if link == "data:,":
                continue
            path, _, anchor = link.partition("#")
            target = (Path("/") / Path(name).parent / unquote(path)) if path else Path("/") / name
            found = re.sub(r"/[^/]+/\.\./", "/", re.sub(r"/[^/]+/\.\./", "/", str(target))).lstrip("/")
            if found == "quality/index.html":
                continue
            if found == f"board/{script_name()}":
                assert found in release.manifest["files"]
                continue
            assert found in ids, (name, link)
            assert not anchor or anchor in ids[found], (name, link)


def test_pages_ask_for_nothing_and_let_only_their_own_script_run(board):
    for name, page in board.items():
        policy = next(values["content"] for tag, values in page.tags if values.get("http-equiv"))
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy
        scripts = [values for tag, values in page.tags if tag == "script" and values.get("type") != "application/json"]
        drawn = ["src" in values for values in scripts].count(True)
        assert len(scripts) - drawn == 1
        assert drawn == (1 if "data-height" in page.text else 0)
        assert ("'self'" in policy) == bool(drawn)
        assert not {"img", "iframe", "form", "object"} & {tag for tag, _ in page.tags}, name
        assert not any("style" in values or any(key.startswith("on") for key in values) for _, values in page.tags)
        assert not re.search(r"https?:|@import|url\(", page.text), name


def test_hostile_texts_are_shown_and_stay_text(board):
    shown = [name for name, page in board.items() if "hacked" in page.text]
    assert any(name.startswith("board/departments/") for name in shown)
    assert "board/projects.html" in shown
    for name in shown:
        assert "<script>document" not in board[name].text
        assert "&lt;/script&gt;&lt;script&gt;document.title=&#39;hacked&#39;" in board[name].text


def test_tables_have_captions_scopes_and_headings(board):
    for name, page in board.items():
        tags = [tag for tag, _ in page.tags]
        assert tags.count("table") == tags.count("caption"), name
        assert all("scope" in values for tag, values in page.tags if tag == "th"), name
        assert tags.count("h1") == 1
        assert {"main", "nav", "header", "footer"} <= set(tags)
        assert "lang" in page.tags[0][1]


def test_a_figure_leads_to_its_place_in_the_source(board):
    page = next(page for name, page in board.items() if "D1" in page.text and "departments/" in name)
    assert "12,345,678.91" in page.text
    assert "第 3 行" in page.text
    assert f"{FIRST.key}.md" in page.text


def _table_of(page: "_Page", anchor: str) -> str:
    start = page.text.index(f'<section class="table" aria-labelledby="{anchor}">')
    return page.text[start : page.text.index("</section>", start)]


def test_goals_achievements_forms_and_indicators_stand_with_their_words_and_places(release, board):
    page = next(page for name, page in board.items() if "departments/" in name and "文件 2" in page.text)
    with open_reader(release.database) as connection:
        for anchor, figures in _SOURCED.items():
            shown = _table_of(page, f"{anchor}-2021")
            for query, words in figures.items():
                value = connection.sql(query).fetchone()[0]
                assert f'data-v="{value}"' in shown or str(value) in shown, (anchor, query)
                assert words in shown, (anchor, words)
            assert "文件 2，第 2 页，第 30 行" in shown, anchor
            assert f"dictionary.html#{query.rpartition(' ')[2]}" in shown
    assert "文件 2 《自评/自评表.xlsx》" in page.text


_SOURCED = {
    "goals": {"SELECT aspect FROM core.fact_goal": "列 40“道路整洁"},
    "achievements": {"SELECT value FROM core.fact_achievement": "列 40“1500.5原文”"},
    "forms": {"SELECT total_score FROM core.fact_form": "列 40“97.25原文”"},
    "fundings": {"SELECT adjusted_yuan FROM core.fact_form_funding": "列 40“7000.01原文”"},
    "indicators": {
        "SELECT target_value FROM core.fact_indicator": "列 40“≥4200人次原文”",
        "SELECT weight FROM core.fact_indicator": "第 31 行，列 41“12.5原文”",
    },
}
"""Table of a department's page -> what a query gives, and the words below it."""


def test_entries_of_the_board_lead_to_the_row_of_their_department(board):
    anchors = {mark: [] for mark in "qagf"}
    for name in ("narrative", "indicators"):
        for link in board[f"board/{name}.html"].links:
            mark = link.partition("#")[2][:1]
            if "departments/" in link and mark in anchors:
                anchors[mark].append(link)
    assert all(anchors.values()), anchors


def test_departments_are_asked_for_in_batches_and_the_pages_are_the_same(release, tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.publication.board.departments._AT_ONCE", 1)
    with open_reader(release.database) as connection:
        write_board(connection, tmp_path / "board", None, is_synthetic=True)
    for path in (tmp_path / "board" / "departments").iterdir():
        assert path.read_bytes() == (release.path / "board" / "departments" / path.name).read_bytes()


def test_more_departments_than_have_pages_stand_without_a_link_and_a_notice_says_why(release, tmp_path, monkeypatch):
    monkeypatch.setattr(Material, "MOST_PAGES", 1)
    with open_reader(release.database) as connection:
        write_board(connection, tmp_path / "board", None, is_synthetic=True)
        unknown = {"unknown.html"} if Material(connection).has_unknown else set()
    assert {path.name for path in (tmp_path / "board" / "departments").iterdir()} == unknown
    first = _Page(tmp_path / "board" / "index.html")
    assert "单位多于 1 个，不再逐一成页" in first.text
    for path in (tmp_path / "board").glob("*.html"):
        led = {link.partition("#")[0] for link in _Page(path).links if link.startswith("departments/")}
        assert led <= {f"departments/{name}" for name in unknown}, path.name


def test_the_same_file_gives_the_same_bytes(release, tmp_path):
    with open_reader(release.database) as connection:
        write_board(connection, tmp_path / "one", None, is_synthetic=True)
        write_board(connection, tmp_path / "two", None, is_synthetic=True, at_once=False)
    for path in (release.path / "board").rglob("*.html"):
        name = path.relative_to(release.path / "board")
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() == path.read_bytes()


def test_pages_of_unchanged_departments_are_linked_and_equal_what_would_be_written(tmp_path):
    home = Home(tmp_path / "home").create()
    night(home, FIRST, OTHER, with_board=True)
    better = Report("D2", 2022, version=2, amount="9.00", supersedes=OTHER.key)
    after = night(home, better, superseded=(OTHER,), at=later(1), with_board=True)
    folder = after.path / "board" / "departments"
    linked = {path.name for path in folder.iterdir() if path.stat().st_nlink > 1}
    with open_reader(after.database) as connection:
        pages = Material(connection).pages
        write_board(connection, tmp_path / "anew", None, is_synthetic=False)
    assert linked == {f"{pages['D1']}.html"}
    assert (after.path / "board" / script_name()).stat().st_nlink > 1
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "anew" / "departments" / path.name).read_bytes()
    assert after.manifest["board"] == board_form()
    assert "board/index.html" in after.manifest["files"]


def test_a_page_says_how_many_rows_it_leaves_out(release):
    spec = TableSpec(view="mart.project_execution", columns=("canonical_name",), order="budget_yuan DESC", most=1)
    with open_reader(release.database) as connection:
        grids = grids_of(spec, Material(connection))
    assert [(len(grid.rows), grid.total, grid.is_cut) for grid in grids] == [(1, 2, True)]


def test_tables_of_years_add_up_to_the_view(release):
    pivot = PivotSpec(view="mart.project_execution", rows=("short_name",), value="budget_yuan", is_ascending=True)
    with open_reader(release.database) as connection:
        material = Material(connection)
        years = pivot_of(pivot, material)
        sums = dict(
            connection.sql("SELECT fiscal_year, sum(budget_yuan) FROM mart.project_execution GROUP BY ALL").fetchall()
        )
    assert [head.title for head in years.heads] == ["单位简称", "2022 年", "2021 年"]
    exact = [[cell.exact for cell in row.cells] for row in years.rows]
    assert exact == [[None, str(sums[2022]), None], [None, None, str(sums[2021])]]


def test_columns_of_the_pages_are_columns_of_their_views(release):
    known = {view.qualified_name for view in views()}
    shown = [spec for page in (first_page(), *pages()) for spec in (*page.tables, *page.pivots, *page.charts)]
    assert {spec.view for spec in shown} <= known
    with open_reader(release.database) as connection:
        columns = Material(connection).columns
    for table in [table for page in pages() for table in page.tables]:
        assert {*table.columns, *table.bars} <= columns[table.source.name], table


def test_notes_and_hints_call_columns_by_their_titles(board):
    for name in ("execution", "functions", "submissions", "indicators"):
        page = board[f"board/{name}.html"].text
        said = re.findall(r'<p class="note">([^<]*)|title="([^"]*)"', page)
        assert said, name
        assert not [text for text in said if re.search(r"[a-z]+_[a-z]+|remark", "".join(text))], name


def test_synthetic_releases_say_so_on_every_page(release, board, tmp_path):
    assert all("演示数据" in page.text for page in board.values())
    with open_reader(release.database) as connection:
        write_board(connection, tmp_path / "board", None, is_synthetic=False)
    assert not any("演示数据" in path.read_text("utf-8") for path in (tmp_path / "board").rglob("*.html"))


def test_quantities_keep_their_digits_and_lose_empty_ones():
    given = {"4000.0000": "4,000", "0.1000": "0.1", "-1234567.8900": "-1,234,567.89", "0": "0", "100": "100"}
    assert {text: number(Decimal(text)) for text in given} == given


def test_a_full_bar_is_the_largest_of_its_own_kind(release):
    columns = ("fiscal_year", "budget_yuan")
    spec = TableSpec(view="mart.project_execution", columns=columns, order="budget_yuan DESC", bars=("budget_yuan",))
    with open_reader(release.database) as connection:
        material = Material(connection)
        bars = [
            [row.cells[1].bar for row in grids_of(each, material)[0].rows]
            for each in (spec, spec.model_copy(update={"scale_by": ("fiscal_year",)}))
        ]
    assert bars == [["100.00%", "62.00%"], ["100.00%", "100.00%"]]


def test_bars_stay_within_their_cells():
    assert [share(part, 4) for part in (-1, 0, 1, 4, 9)] == ["0%", "0%", "25.00%", "100.00%", "100.00%"]
    assert share(1, 0) == "0%"
    assert cell_of("execution_rate", None, "元").text == "—"


def test_the_first_page_and_that_of_changes_tell_what_came_since_the_release_before(tmp_path):
    home = Home(tmp_path / "home").create()
    first = night(home, FIRST, with_board=True)
    refused = Report("D2", 2022, status="quarantined", amount="3.00")
    second = came_later(home, refused)
    assert "这是第一次发布" in (first.path / "board" / "index.html").read_text("utf-8")
    for name in ("index.html", "changes.html"):
        text = (second.path / "board" / name).read_text("utf-8")
        assert first.release_id in text
        received = text[text.index('id="received"') :]
        assert received.index("D2") < received.index("退回")
        assert f"{refused.key}.md" in received
        assert f"{FIRST.key}.md" not in received
