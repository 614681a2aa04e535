"""A small published home, and the command line called in this process."""

import json
import sys

import pytest
from homes import BAI, HE, SONG, copy_of, drop, made_once, new_home, night, report

from orchestration.cli import cli
from orchestration.cli.outcome import run
from warehouse.home import Home


@pytest.fixture(scope="module")
def published(common):
    def make(folder):
        home = new_home(folder)
        drop(home, "松溪.md", report(SONG))
        drop(home, "白塬.md", report(BAI, cleaning="300.00"))
        drop(home, "禾浦.md", report(HE, rate="90.0"))
        drop(home, "空.md", b"")
        night(home)

    return Home(made_once(common, "cli-home", make))


@pytest.fixture
def home(published, tmp_path):
    return copy_of(published, tmp_path / "home")


@pytest.fixture
def jixiao(monkeypatch, capsys):
    """Runs a command line in this process: exit status, output, errors."""

    def call(home, *arguments):
        words = ["jixiao", *(("--home", str(home.path)) if home else ()), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            run(cli)
        out, err = capsys.readouterr()
        assert "Traceback" not in err, err
        return ended.value.code, out, err

    return call


@pytest.fixture
def told(jixiao):
    """The JSON that a command prints."""

    def call(home, *arguments, status=0):
        code, out, err = jixiao(home, *arguments)
        assert code == status, err
        return json.loads(out)

    return call
