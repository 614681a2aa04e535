"""What the tests of what people see share: one release, which nobody may change, and a browser."""

import pytest
from board_samples import published
from homes import made_once

from benchmarks.browser import chromium, opened
from warehouse.home import Home
from warehouse.release.releases import Release, Releases


@pytest.fixture(scope="session")
def release(common) -> Release:
    """A published synthetic release whose texts are hostile (see ``board_samples``)."""
    return Releases(Home(made_once(common, "hostile-release", published))).newest()


@pytest.fixture(scope="session")
def browser():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium is installed")
    with opened(executable) as found:
        yield found


@pytest.fixture
def page(browser):
    """A tab that collects whatever it complains of and whatever it asks for."""
    tab = browser.new_page(viewport={"width": 1366, "height": 900})
    tab.complaints, tab.requests = [], []
    tab.on("console", lambda message: tab.complaints.append(message.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on("dialog", lambda dialog: tab.complaints.append(dialog.message))
    tab.on("request", lambda request: tab.requests.append(request.url))
    yield tab
    tab.close()
