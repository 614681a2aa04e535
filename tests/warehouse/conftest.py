"""One release that the tests of what people see share: nobody may change it."""

import pytest
from board_samples import published
from homes import made_once

from warehouse.home import Home
from warehouse.release import Release, Releases


@pytest.fixture(scope="session")
def release(common) -> Release:
    """A published synthetic release whose texts are hostile (see ``board_samples``)."""
    return Releases(Home(made_once(common, "hostile-release", published))).newest()
