"""The data files of the language room: one TOML file a lexicon. Reading them is all that belongs here."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def read_toml(name: str) -> dict[str, Any]:
    """The parsed file ``<name>.toml`` of this folder; FileNotFoundError or tomllib.TOMLDecodeError when
    broken."""
    content = resources.files(__name__).joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(content)
