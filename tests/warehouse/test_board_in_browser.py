"""The board in a real browser, opened from its folder: nothing is fetched, nothing runs but its own script, the figures
are the release's, and a keyboard is enough."""

from decimal import Decimal
from pathlib import Path

import pytest
from board_samples import HOSTILE, MORE

from warehouse.connection import open_reader
from warehouse.publication.board.library import script_name

pytestmark = pytest.mark.browser

WIDTHS = (390, 820, 1366, 1920)
EXACT = "all => all.map(each => each.dataset.v)"


def _pages(release) -> list[Path]:
    return sorted((release.path / "board").rglob("*.html"))


def test_no_page_complains_or_asks_for_anything_else(release, page):
    for path in _pages(release):
        page.goto(path.as_uri())
        assert page.title().endswith("绩效看板【演示数据】"), path
    assert page.complaints == []
    asked = {url for url in page.requests if not url.startswith("data:")}
    script = release.path / "board" / script_name()
    assert asked == {path.as_uri() for path in (script, *_pages(release))}


def test_hostile_text_is_read_and_does_nothing(release, page):
    page.goto((release.path / "board" / "projects.html").as_uri())
    assert page.get_by_role("link", name=HOSTILE).count() == 1
    page.get_by_role("link", name=HOSTILE).click()
    assert page.locator("tr:target th").inner_text() == HOSTILE
    assert page.locator("img").count() == 0
    assert page.complaints == []


def test_figures_on_the_pages_are_those_of_the_release(release, page):
    with open_reader(release.database) as connection:
        rates = dict(connection.sql("SELECT fiscal_year, execution_rate FROM mart.department_execution").fetchall())
        amounts = connection.sql("SELECT sum(budget_yuan) FROM mart.project_execution").fetchone()
        missing = connection.sql("SELECT count(*) FROM mart.submission_board WHERE condition = 'missing'").fetchone()
    page.goto((release.path / "board" / "execution.html").as_uri())
    for year, rate in rates.items():
        assert str(rate) in page.locator(f"section[aria-labelledby='y{year}'] td[data-v]").evaluate_all(EXACT)
    page.goto((release.path / "board" / "projects.html").as_uri())
    shown = page.locator("tbody tr td:nth-of-type(2)").evaluate_all(EXACT)
    assert sum(map(Decimal, shown)) == amounts[0]
    page.goto((release.path / "board" / "index.html").as_uri())
    assert page.locator("#matrix ~ div td.none").count() == missing[0]


def test_a_keyboard_reaches_the_text_the_tables_and_what_narrows_them(release, page):
    page.goto((release.path / "board" / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-labelledby') || ''"))
    assert {"matrix", "years", "attention"} <= reached
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_long_tables_can_be_narrowed_and_sorted(release, page):
    page.goto((release.path / "board" / "index.html").as_uri())
    page.locator("#matrix ~ div").get_by_role("link", name="D1").first.click()
    page.get_by_label("筛选").fill("101　处")
    assert page.locator("#findings-2021 ~ div tbody tr:visible").count() == 1
    assert page.get_by_role("status").inner_text() == f"显示 1 / {MORE + 1} 行"
    page.get_by_label("筛选").fill("")
    page.get_by_role("button", name="问题").press("Enter")
    first = page.locator("#findings-2021 ~ div tbody tr").first.locator("td").nth(1)
    assert first.inner_text().startswith("问题：")
    page.get_by_role("button", name="问题").press("Enter")
    assert page.locator("th[aria-sort='ascending']").count() == 1
    assert first.inner_text() == "第 1 处"
    assert page.complaints == []


def test_words_are_found_with_place_and_department_and_lead_to_their_row(release, page):
    page.goto((release.path / "board" / "narrative.html").as_uri())
    row = page.locator("tbody tr", has_text="垃圾分类推进不快").first
    assert row.locator("td").first.inner_text() == "D1"
    assert "自评表.xlsx" in row.inner_text()
    assert "第 30 行" in row.inner_text()
    row.get_by_role("link", name="问题").click()
    assert page.locator("tr:target").inner_text().startswith("存在的问题")
    assert page.complaints == []


def test_the_dictionary_is_narrowed_down_to_what_holds_all_words(release, page):
    page.goto((release.path / "dictionary.html").as_uri())
    page.get_by_role("searchbox").fill("fact_indicator　权重")
    assert page.locator("main section:visible h3 code").all_inner_texts()[-1] == "core.fact_indicator"
    shown = page.locator("section[aria-labelledby='core.fact_indicator'] tbody tr:visible")
    assert shown.locator("td:first-child").all_inner_texts() == ["weight"]
    assert page.get_by_role("status").inner_text().endswith("列")
    page.get_by_role("searchbox").fill("")
    assert page.locator("main section:visible").count() == page.locator("main section").count()
    page.get_by_role("link", name="core.fact_form").first.click()
    assert page.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_their_width(release, page, width, tmp_path):
    page.set_viewport_size({"width": width, "height": 900})
    for path in _pages(release):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.screenshot(path=tmp_path / f"{width}.png", full_page=True)
    assert (tmp_path / f"{width}.png").stat().st_size > 0


def test_paper_shows_the_tables_and_not_the_menu(release, page):
    page.goto((release.path / "board" / "index.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("#matrix").is_visible()
    assert page.pdf().startswith(b"%PDF")
