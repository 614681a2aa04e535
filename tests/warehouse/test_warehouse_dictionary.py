"""The data dictionary: complete, the same every time, and readable without any network."""

import re
from html.parser import HTMLParser

import pytest
from warehouse_rows import database

from warehouse.publication.dictionary import dictionary_rows, entries
from warehouse.publication.page import render_page
from warehouse.registry import TABLES, table
from warehouse.release.meta import write_dictionary
from warehouse.tables.common import SOURCES_EN, UNITS_EN
from warehouse.views import views

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def warehouse():
    connection = database()
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def listed(warehouse):
    return entries(warehouse)


@pytest.fixture(scope="module")
def page(listed):
    return render_page(listed, release_id="r1", is_synthetic=False)


def test_rows_name_every_column_of_every_table_and_view(warehouse, listed):
    rows = dictionary_rows(listed)
    assert rows.schema == table("meta.data_dictionary").polars_schema
    columns = warehouse.execute(
        "SELECT schema_name, table_name, column_name, column_index, data_type FROM duckdb_columns() "
        "WHERE schema_name IN ('core', 'quality', 'meta', 'mart', '报表')"
    ).fetchall()
    names = ("schema_name", "table_name", "column_name", "position", "data_type")
    assert sorted(rows.select(names).rows()) == sorted(columns)


def test_every_row_has_chinese_and_english_titles_and_a_source(listed):
    rows = dictionary_rows(listed)
    for name in ("title_zh", "table_title_zh"):
        assert rows[name].str.contains(r"\p{Han}").all()
    for name in ("title_en", "table_title_en", "source"):
        assert (rows[name].str.len_chars() > 0).all()


def test_rows_go_into_their_table(warehouse, listed):
    rows = dictionary_rows(listed)
    warehouse.execute("BEGIN")
    warehouse.execute("INSERT INTO meta.data_dictionary BY NAME SELECT * FROM rows")
    counted = warehouse.execute("SELECT count(*) FROM meta.data_dictionary").fetchone()
    warehouse.execute("ROLLBACK")
    assert counted == (len(rows),)


def test_a_dictionary_that_says_the_same_is_left_as_it_is_and_another_replaced(listed):
    with database() as connection:
        write_dictionary(connection, listed)
        connection.execute("DELETE FROM meta.data_dictionary")
        write_dictionary(connection, listed)  # rows after those that went
        before = connection.execute("SELECT min(rowid) FROM meta.data_dictionary").fetchone()
        write_dictionary(connection, listed)
        assert connection.execute("SELECT min(rowid) FROM meta.data_dictionary").fetchone() == before
        write_dictionary(connection, listed[1:])
        held = connection.execute("FROM meta.data_dictionary ORDER BY rowid").pl()
        assert held.equals(dictionary_rows(listed[1:]))


def test_amounts_carry_their_unit_and_the_double_count_its_warning(listed):
    by_name = {(entry.name, column.name): column for entry in listed for column in entry.columns}
    for (_, name), column in by_name.items():
        if name.endswith("_yuan"):
            assert column.unit == "元", name
    assert "is_primary" in by_name["fact_project_spending", "budget_yuan"].warning


class _Page(HTMLParser):
    VOID = frozenset({"meta", "br", "link", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.tags, self.ids, self.links = [], set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.add(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src") if name in values]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_page_is_well_formed_and_needs_nothing_else(page):
    parsed = _Page(page)
    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.links
    assert all(link == "data:," or (link.startswith("#") and link[1:] in parsed.ids) for link in parsed.links)
    assert not parsed.tags & {"img", "iframe", "form", "object"}
    assert page.count("<script") == 1
    assert "<script src" not in page
    assert not re.search(r"https?:|@import|url\(", page)


def test_page_shows_every_table_view_column_and_example(page):
    text = page.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
    for each in TABLES:
        assert f'id="{each.qualified_name}"' in page
        assert each.warning is None or each.warning in text
        for column in each.columns:
            assert f"<code>{column.name}</code>" in page
            assert column.title in text
            assert column.title_en in text
            assert column.warning is None or column.warning in text
    assert page.index('<h2 id="mart">') < page.index('<h2 id="报表">') < page.index('<h2 id="core">')
    for view in views():
        assert view.title in text
        assert view.example in text
        assert view.note is None or view.note in text


def test_page_is_the_same_every_time(listed, page):
    assert render_page(listed, release_id="r1", is_synthetic=False) == page


def test_page_escapes_what_it_is_given(listed):
    page = render_page(listed, release_id="<b>&", is_synthetic=False)
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;" in page


def test_synthetic_release_says_so(listed, page):
    assert "演示数据" not in page
    assert "演示数据" in render_page(listed, release_id="r1", is_synthetic=True)


def test_headings_of_the_source_stand_with_the_column_and_with_views_that_hand_it_on(warehouse):
    headings = {"core.fact_project_spending.budget_yuan": ("预算<b>数", *(f"写法{i}" for i in range(9)))}
    listed = entries(warehouse, headings)
    rows = dictionary_rows(listed).drop_nulls("raw_headings").select("schema_name", "table_name", "column_name").rows()
    assert ("core", "fact_project_spending", "budget_yuan") in rows
    assert ("mart", "project_execution", "budget_yuan") in rows
    assert ("报表", "支出功能分类构成", "预算金额") in rows
    assert ("mart", "coverage", "base_yuan") not in rows
    page = render_page(listed, release_id="r1", is_synthetic=False)
    assert "原文：预算&lt;b&gt;数、写法0、" in page
    assert "写法6　等 10 种写法" in page


def test_units_and_sources_are_said_in_english_too(listed):
    columns = [column for entry in listed for column in entry.columns]
    assert {column.unit for column in columns if column.unit} == set(UNITS_EN)
    assert {column.source for column in columns} == set(SOURCES_EN)
