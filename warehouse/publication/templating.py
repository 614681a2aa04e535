"""Pages from templates: one environment in which every text is escaped and nothing undefined passes."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def environment(package: str, folder: str) -> Environment:
    """The environment of the templates in a package's ``folder`` (empty: the package itself)."""
    return Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def template(package: str, folder: str, name: str) -> Template:
    """A compiled template of a package."""
    return environment(package, folder).get_template(name)


def fingerprint(text: str) -> str:
    """What a page's policy calls the one style or script that it lets in."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
