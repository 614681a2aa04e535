"""The board as files: complete, linked, escaped, bounded, the same every time, and cheap where nothing changed."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from board_samples import FIRST, OTHER, came_later
from release_samples import Report, later, night

from warehouse.connection import open_reader
from warehouse.home import Home
from warehouse.publication.board import board_form, write_board
from warehouse.publication.board.cells import cell_of, share
from warehouse.publication.board.material import Material
from warehouse.publication.board.pivots import pivot_of
from warehouse.publication.board.specs import PivotSpec, StackSpec, TableSpec, pages
from warehouse.publication.board.stacks import stack_of
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
            assert found in ids, (name, link)
            assert not anchor or anchor in ids[found], (name, link)


def test_pages_ask_for_nothing_and_let_only_their_own_script_run(board):
    for name, page in board.items():
        policy = next(values["content"] for tag, values in page.tags if values.get("http-equiv"))
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy
        assert [tag for tag, _ in page.tags].count("script") == 1
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


def test_the_same_file_gives_the_same_bytes(release, tmp_path):
    with open_reader(release.database) as connection:
        for name in ("one", "two"):
            write_board(connection, tmp_path / name, None, is_synthetic=True)
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
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "anew" / "departments" / path.name).read_bytes()
    assert after.manifest["board"] == board_form()
    assert "board/index.html" in after.manifest["files"]


def test_a_page_says_how_many_rows_it_leaves_out(release):
    spec = TableSpec(view="mart.project_execution", columns=("canonical_name",), order="budget_yuan DESC", most=1)
    with open_reader(release.database) as connection:
        grids = grids_of(spec, Material(connection))
    assert [(len(grid.rows), grid.total, grid.is_cut) for grid in grids] == [(1, 2, True)]


def test_stacked_bars_and_tables_of_years_add_up_to_the_view(release):
    stack = StackSpec(view="mart.function_mix", label="fiscal_year", part="function_name", value="budget_yuan")
    pivot = PivotSpec(view="mart.project_execution", rows=("short_name",), value="budget_yuan", is_ascending=True)
    with open_reader(release.database) as connection:
        material = Material(connection)
        bars, years = stack_of(stack, material), pivot_of(pivot, material)
        material.close()
        sums = dict(
            connection.sql("SELECT fiscal_year, sum(budget_yuan) FROM mart.function_mix GROUP BY ALL").fetchall()
        )
    assert [bar.title for bar in bars.bars] == [f"{year} 年" for year in sorted(sums, reverse=True)]
    for bar, year in zip(bars.bars, sorted(sums, reverse=True), strict=True):
        assert f"{sums[year] / 10_000:,.2f} 万元" in bar.summary
        assert sum(float(part.length.rstrip("%")) for part in bar.segments) == pytest.approx(100, abs=0.1)
    assert [head.title for head in years.heads] == ["单位简称", "2022 年", "2021 年"]
    exact = [[cell.exact for cell in row.cells] for row in years.rows]
    assert exact == [[None, str(sums[2022]), None], [None, None, str(sums[2021])]]


def test_columns_of_the_pages_are_columns_of_their_views(release):
    known = {view.qualified_name for view in views()}
    shown = [spec for page in pages() for spec in (*page.tables, *page.pivots, *page.stacks)]
    assert {spec.view for spec in shown} <= known
    with open_reader(release.database) as connection:
        columns = Material(connection).columns
    for table in [table for page in pages() for table in page.tables]:
        assert {*table.columns, *table.bars} <= columns[table.source.name], table


def test_synthetic_releases_say_so_on_every_page(release, board, tmp_path):
    assert all("演示数据" in page.text for page in board.values())
    with open_reader(release.database) as connection:
        write_board(connection, tmp_path / "board", None, is_synthetic=False)
    assert not any("演示数据" in path.read_text("utf-8") for path in (tmp_path / "board").rglob("*.html"))


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
