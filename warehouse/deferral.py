"""Sparing what a library loads for uses that may never come: such a module is loaded when something in it is asked for,
or not at all where the library can do without it. Which modules those are says the caller.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType


class _Finder(MetaPathFinder):
    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


class _Absence(MetaPathFinder):
    def __init__(self, names: Collection[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname in self._names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


@contextmanager
def deferred(names: Collection[str]) -> Iterator[None]:
    """Modules of these full names that are first imported inside load at the first use of an attribute of theirs."""
    with _asked_first(_Finder(names)):
        yield


@contextmanager
def absent(names: Collection[str]) -> Iterator[None]:
    """Modules of these full names are not found inside, as where they are not installed, unless they are loaded."""
    with _asked_first(_Absence(names)):
        yield


@contextmanager
def _asked_first(finder: MetaPathFinder) -> Iterator[None]:
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
