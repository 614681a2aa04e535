"""Dagster's own folder of a home: its configuration and its instance. No definition of the project stands here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template

import dagster as dg

from orchestration.settings import Settings, load_settings
from warehouse.errors import UsageError
from warehouse.files import write_atomically
from warehouse.home import Home

HOME_VARIABLE = "JIXIAO_HOME"
DEFAULT_HOME = "var/home"


def home_of_environment() -> Home:
    """The home that JIXIAO_HOME names, else ``var/home`` below the current folder."""
    return Home(Path(os.environ.get(HOME_VARIABLE) or DEFAULT_HOME))


def prepare(home: Home) -> Path:
    """Dagster's folder of the home, with the project's configuration in it; creates what is missing. UsageError when
    the settings ask for a storage that cannot be used."""
    home.create()
    configuration = home.dagster / "dagster.yaml"
    wanted = _configuration(load_settings(home)).encode()
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


def _configuration(settings: Settings) -> str:
    """dagster.yaml as the settings want it; secrets stay in the environment."""
    common = (files("orchestration") / "dagster.yaml").read_text("utf-8")
    variable = settings.postgres_variable
    if variable is None:
        return common + (files("orchestration") / "dagster_sqlite.yaml").read_text("utf-8")
    if find_spec("dagster_postgres") is None:
        raise UsageError("配置了 postgres，但没有安装它的程序包，请运行 .venv/bin/pip install 'jixiao[postgres]'。")
    if not os.environ.get(variable):
        raise UsageError(f"“postgres”引用的环境变量 {variable} 没有设置。")
    form = Template((files("orchestration") / "dagster_postgres.yaml").read_text("utf-8"))
    return common + form.substitute(variable=variable)
