"""Where the shared material lies, for tests that need it; property tests without a clock."""

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a loaded machine must not fail a test
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


TIERS = ("pipeline", "browser", "contract", "unit")
"""Marks, what takes longest first."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays: to look for garbage among it takes a third of the time of collecting, and
    some of each test's."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole nights first, pure functions last: what takes long must not be what is left for one worker at the end."""
    items.sort(key=lambda item: [item.get_closest_marker(tier) is None for tier in TIERS])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the real report and its truth; the test is skipped where it is absent."""
    if not (SHARED / "reports").is_dir():
        pytest.skip("the shared material (real report and truth) is not here")
    return SHARED


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of the test run share (see ``homes.made_once``)."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
