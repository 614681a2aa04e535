"""Where the shared material lies, for tests that need it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the real report and its truth; the test is skipped where it is absent."""
    if not (SHARED / "reports").is_dir():
        pytest.skip("the shared material (real report and truth) is not here")
    return SHARED
