"""The refusals of files that cannot be read: one Chinese sentence a reason, kept in refusals.toml.

What makes a file unreadable is for the readers to find out.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from transforms.documents.model import Unreadable


def refusal(reason: str, detail: str, **values: object) -> Unreadable:
    """The exception to raise for ``reason``, an entry of refusals.toml; ``values`` fill its placeholders."""
    return Unreadable(_messages()[reason].format(**values), f"{reason}: {detail}")


@cache
def _messages() -> dict[str, str]:
    content = resources.files("transforms.documents").joinpath("refusals.toml").read_text("utf-8")
    messages = tomllib.loads(content)["refusals"]
    if not all(isinstance(message, str) and message.endswith("。") for message in messages.values()):
        raise ValueError("refusals.toml: 每条说明应是一句以句号结束的话")
    return dict(messages)
