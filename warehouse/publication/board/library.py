"""The script that draws the charts: Vega, as it comes inside a package of Altair's, one file a release, with licences.

It is made out of the installed package, which takes seconds, when there is no release yet that has it.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from warehouse.release.releases import Release

ASSETS = "assets"
"""The folder of the script in that of the board."""
_PACKAGE = "vl-convert-python"
_LICENCES = "licences.txt"


def script_name() -> str:
    """The script's path from the pages; another version of the package has another."""
    return f"{ASSETS}/charts-{version(_PACKAGE)}.js"


def write_library(folder: Path, base: Release | None) -> None:
    """Write script and licences into the board's ``folder``; the script is linked to that of the base, if it has it."""
    (folder / ASSETS).mkdir()
    script = folder / script_name()
    name = script.relative_to(folder.parent).as_posix()
    if base is not None and base.has_sound(name):
        os.link(base.path / name, script)
    else:
        script.write_text(_script(), "utf-8")
    (folder / ASSETS / _LICENCES).write_bytes(files(__package__).joinpath(_LICENCES).read_bytes())


@cache
def _script() -> str:
    """Vega, Vega-Lite, Vega-Embed and what these are made of, as one script that asks the network for nothing."""
    from vl_convert import javascript_bundle

    return javascript_bundle("window.vegaEmbed = vegaEmbed;")
