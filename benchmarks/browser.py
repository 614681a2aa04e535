"""A real browser for pages opened from their folder: the Chromium of the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import nan
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.printing import Figure

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_TURNS = 7
_DRAWN = """() => new Promise(say => (function look() {
  if (document.querySelector(".chart:not(:has(svg))")) requestAnimationFrame(look);
  else requestAnimationFrame(() => requestAnimationFrame(() => say(performance.now())));
})())"""
"""When the page has been laid out and drawn with all its charts, in milliseconds since it was asked for."""


def chromium() -> str | None:
    """The path of the machine's browser; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def opened(executable: str) -> Iterator[Browser]:
    """The browser without a window, closed in the end."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=flags)
        try:
            yield browser
        finally:
            browser.close()


def measure_loading(pages: dict[str, Path]) -> list[Figure]:
    """How long each page, by what it is called, takes from being asked for to being drawn, by the clock; each time in
    a new session of the browser, which keeps nothing of the one before. Not a number without a Chromium."""
    executable = chromium()
    if executable is None:
        return [Figure(f"{name} drawn", nan, "not measured: no Chromium is installed") for name in pages]
    with opened(executable) as browser:
        return [Figure(f"{name} drawn", _loading(browser, page), "ms by the clock") for name, page in pages.items()]


def _loading(browser: Browser, page: Path) -> float:
    """The median of some turns, in milliseconds."""
    spent = []
    for _ in range(_TURNS):
        with browser.new_context(viewport={"width": 1366, "height": 900}) as session:
            tab = session.new_page()
            tab.goto(page.resolve().as_uri(), wait_until="load")
            spent.append(float(tab.evaluate(_DRAWN)))
    return median(spent)
