"""Modules whose loading is put off: loaded at the first use, and only those named."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from warehouse.deferral import absent, deferred
from warehouse.release.releases import Release

pytestmark = pytest.mark.contract

SOURCE = "import sys\nsys.loaded_for_test.append(__name__)\nVALUE = 1\n"


def test_a_deferred_module_loads_when_something_in_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(sys, "loaded_for_test", loaded, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("put_off", "wanted"):
        (tmp_path / f"{name}.py").write_text(SOURCE, "utf-8")
    finders = list(sys.meta_path)
    with deferred(["put_off"]):
        put_off, _ = import_module("put_off"), import_module("wanted")
    assert loaded == ["wanted"]
    assert put_off.VALUE == 1
    assert loaded == ["wanted", "put_off"]
    assert sys.meta_path == finders


def test_an_absent_module_is_found_again_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spared.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with absent(["spared"]), pytest.raises(ModuleNotFoundError, match="No module named 'spared'"):
        import_module("spared")
    assert import_module("spared")


def test_a_question_with_a_parameter_does_not_load_pandas(release: Release) -> None:
    script = (
        "import sys; from pathlib import Path; from warehouse.connection import open_reader;"
        " from warehouse.desk import frame_of;"
        " frame_of(open_reader(Path(sys.argv[1])), 'department_ids', department='x');"
        " sys.exit('pandas' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script, release.database], cwd=root, check=False).returncode == 0
