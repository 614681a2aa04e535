"""Dagster's own folder of a home: its configuration and its instance. No definition of the project stands here.

``python -m orchestration.dagster_home`` prepares the folder and starts Dagster's pages on it (``make dev``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import dagster as dg

from warehouse.files import write_atomically
from warehouse.home import Home

HOME_VARIABLE = "JIXIAO_HOME"
DEFAULT_HOME = "var/home"


def home_of_environment() -> Home:
    """The home that JIXIAO_HOME names, else ``var/home`` below the current folder."""
    return Home(Path(os.environ.get(HOME_VARIABLE) or DEFAULT_HOME))


def prepare(home: Home) -> Path:
    """Dagster's folder of the home, with the project's configuration in it; creates what is missing."""
    home.create()
    configuration = home.dagster / "dagster.yaml"
    wanted = (files("orchestration") / "dagster.yaml").read_bytes()
    if not configuration.exists() or configuration.read_bytes() != wanted:
        write_atomically(configuration, wanted)
    return home.dagster


@contextmanager
def instance_of(home: Home) -> Iterator[dg.DagsterInstance]:
    """The home's Dagster instance; DAGSTER_HOME names its folder as long as it is open."""
    folder = str(prepare(home))
    before = os.environ.get("DAGSTER_HOME")
    os.environ["DAGSTER_HOME"] = folder
    try:
        with dg.DagsterInstance.from_config(folder) as instance:
            yield instance
    finally:
        if before is None:
            del os.environ["DAGSTER_HOME"]
        else:
            os.environ["DAGSTER_HOME"] = before


def open_pages(home: Home) -> None:
    """Replaces this process by Dagster's pages and daemon, on the workspace of the current folder."""
    os.environ[HOME_VARIABLE] = str(home.path)
    os.environ["DAGSTER_HOME"] = str(prepare(home))
    # Dagster would rather have its new command, which needs a project of another shape, and says so every time.
    command = [sys.executable, "-W", "ignore", "-m", "dagster", "dev", "--workspace", "workspace.yaml"]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    open_pages(home_of_environment())
