"""How long polars keeps what it freed: told before it is loaded, or it is never heard."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.contract

_ASK = "import orchestration, os, sys; print('polars' in sys.modules, os.environ['_RJEM_MALLOC_CONF'])"


def _said(**environment: str) -> str:
    known = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    done = subprocess.run([sys.executable, "-c", _ASK], env=known | environment, check=True, capture_output=True)
    return done.stdout.decode().strip()


def test_polars_is_told_before_it_is_loaded() -> None:
    assert _said() == "False dirty_decay_ms:5000"


def test_what_the_operator_says_holds() -> None:
    assert _said(_RJEM_MALLOC_CONF="narenas:1") == "False narenas:1"
