"""Charts in a real browser: all of them are drawn as they are told, from a folder and over HTTP, on a telephone, on a
screen and on paper; without script, or with a text that means harm, the numbers can still be read."""

import json

import pytest
from board_samples import HOSTILE
from homes import copy_of

from tests.orchestration.test_serving import Served
from warehouse.home import Home
from warehouse.publication.board.specs import first_page, pages

pytestmark = pytest.mark.browser

NAMES = tuple(page.name for page in (first_page(), *pages()) if page.charts)
DRAWN = "() => [...document.querySelectorAll('.legend')].every(legend => !legend.hidden)"
WORDS = """chart => [...chart.querySelectorAll('[aria-roledescription=bar],[aria-roledescription=point]')]
    .map(mark => mark.getAttribute('aria-label'))"""
BOX = "svg => { const box = svg.getBoundingClientRect(); return [box.width, box.height, box.left, box.right] }"
TOLD = "script => JSON.parse(script.textContent).data.values.map(value => value.words)"
A4 = 1031
"""Pixels between the margins of a sheet that lies."""


def _open(page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(DRAWN)


def _addresses(release) -> dict[str, str]:
    return {name: (release.path / "board" / f"{name}.html").as_uri() for name in NAMES}


def _check_drawn(page) -> int:
    """Every chart of the page shows a mark for each of its values, and nothing else; how many charts there are."""
    charts = page.locator(".chart")
    for chart in charts.all():
        width, height, *_ = chart.locator("svg").evaluate(BOX)
        assert min(width, height) > 50
        told = chart.locator("xpath=following-sibling::script").evaluate(TOLD)
        assert sorted(chart.evaluate(WORDS)) == sorted(told) != []
        assert chart.get_attribute("role") == "img"
        assert chart.get_attribute("aria-label")
    return charts.count()


def test_every_chart_is_drawn_from_the_folder(release, page):
    drawn = 0
    for address in _addresses(release).values():
        _open(page, address)
        drawn += _check_drawn(page)
        assert page.locator(".legend:visible").count() == page.locator(".chart").count()
    assert drawn == sum(len(each.charts) for each in (first_page(), *pages()))
    assert page.complaints == []


def test_every_chart_is_drawn_over_http(release, page, tmp_path):
    served = Served(copy_of(Home(release.path.parents[2]), tmp_path / "home"), None)
    try:
        for name in NAMES:
            _open(page, f"http://127.0.0.1:{served.port}/releases/{release.release_id}/board/{name}.html")
            assert _check_drawn(page) > 0
    finally:
        page.goto("about:blank")
        served.stop()
    assert page.complaints == []
    assert all(url.startswith((f"http://127.0.0.1:{served.port}/", "data:", "about:")) for url in page.requests)


def test_a_hostile_text_in_a_chart_is_read_and_does_nothing(release, page):
    _open(page, _addresses(release)["problems"])
    told = json.loads(page.locator("script[type='application/json']").inner_text())
    assert HOSTILE in {value["label"] for value in told["data"]["values"]}
    bar = page.locator(".chart [aria-roledescription=bar]").first
    bar.hover()
    assert page.locator(".vg-tooltip").is_visible()
    assert HOSTILE in page.locator(".vg-tooltip").inner_text()
    page.locator("summary").click()
    assert HOSTILE in page.locator("details th[scope=row]").all_inner_texts()
    assert page.title().startswith("自述问题")
    assert page.locator("img, .chart a, .vg-tooltip *").count() == 0
    assert page.complaints == []


def test_without_script_the_numbers_can_be_read(release, browser):
    with browser.new_context(java_script_enabled=False) as session:
        tab = session.new_page()
        tab.goto(_addresses(release)["index"])
        assert tab.locator("svg.key:visible").count() == 0
        tab.locator("summary").first.click()
        assert tab.get_by_role("cell", name="1,234.57").first.is_visible()


def test_charts_fit_their_width_and_follow_it(release, page):
    for name, address in _addresses(release).items():
        page.set_viewport_size({"width": 1920, "height": 900})
        _open(page, address)
        for width in (1366, 820, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function(
                "width => document.querySelector('.chart svg').getBoundingClientRect().right <= width", arg=width
            )
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            for svg in page.locator(".chart svg").all():
                *_, left, right = svg.evaluate(BOX)
                assert 0 <= left < right <= width, (name, width)


@pytest.mark.parametrize("width", [390, 1366])
def test_charts_fit_the_paper(release, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for name, address in _addresses(release).items():
        page.set_viewport_size({"width": width, "height": 900})
        _open(page, address)
        page.emulate_media(media="print")
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        page.set_viewport_size({"width": A4, "height": 728})
        assert page.evaluate("document.documentElement.scrollWidth") <= A4, name
        for svg in page.locator(".chart svg").all():
            _, height, left, right = svg.evaluate(BOX)
            assert 0 <= left < right <= A4, name
            assert 50 < height < 728, name
        page.emulate_media(media="screen")
