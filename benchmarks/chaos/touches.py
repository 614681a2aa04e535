"""Touches: the moments at which a night changes the disk, counted, so that a fault can strike at the n-th of them.

The product knows nothing of this: in the process of a doomed night its functions are replaced by ones that tell.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from importlib import import_module

Places = Iterable[tuple[object, Sequence[str]]]
"""Modules or classes, and the names of their functions."""

DISK: Places = (
    (os, ("fsync", "replace", "link")),
    (pathlib.Path, ("rename", "replace", "unlink", "symlink_to", "chmod", "write_text", "mkdir")),
    (shutil, ("copyfile", "rmtree")),
)
RENAMES = ("rename", "replace", "link", "symlink_to")
"""Those after which the disk shows something under another name."""

Told = Callable[[str, int, bool], None]
"""Hears of each call: its name, its number from 1, whether it is over."""


def watch(places: Places, told: Told) -> list[str]:
    """Replaces the functions in this process; the names called so far, a list that grows."""
    calls: list[str] = []
    for owner, names in places:
        for name in names:
            setattr(owner, name, _telling(name, getattr(owner, name), calls, told))
    return calls


def find(target: str) -> tuple[object, str]:
    """Owner and name of ``package.module:Class.function``."""
    module_name, _, path = target.partition(":")
    *owners, name = path.split(".")
    owner: object = import_module(module_name)
    for each in owners:
        owner = getattr(owner, each)
    return owner, name


def dying_at(call: int, *, is_over: bool) -> Told:
    """Dies at the call of that number, before or after it took effect."""

    def told(name: str, number: int, is_done: bool) -> None:
        if (number, is_done) == (call, is_over):
            die()

    return told


def die() -> None:
    """What kill -9 does, from inside."""
    os.kill(os.getpid(), signal.SIGKILL)


def _telling(name: str, real: Callable[..., object], calls: list[str], told: Told) -> Callable[..., object]:
    @wraps(real)
    def call(*positional: object, **named: object) -> object:
        calls.append(name)
        number = len(calls)
        told(name, number, False)
        result = real(*positional, **named)
        told(name, number, True)
        return result

    return call
