"""Runs nights that kill themselves: ``python dying_night.py``, then a JSON line a night on standard input.

``{"home": ..., "day": ..., "bare": true, "target": "package.module:Class.function", "after": false, "times": 1}``: the
process of that night, with Dagster unless it is ``bare``, sends itself SIGKILL at the ``times``-th call of the
function, before or after it ran. The answer is a line with the status of the dead process (-9). Each night is a
process of its own, forked from one that only imported.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path

import homes

from warehouse.home import Home


def deadly(function: Callable[..., object], *, after: bool, times: int) -> Callable[..., object]:
    calls = 0

    @wraps(function)
    def dying(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls < times:
            return function(*args, **kwargs)
        if after:
            function(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("unreachable")

    return dying


def run(order: dict[str, object]) -> None:
    module_name, _, path = str(order["target"]).partition(":")
    *owners, name = path.split(".")
    owner: object = import_module(module_name)
    for each in owners:
        owner = getattr(owner, each)
    mortal = deadly(getattr(owner, name), after=bool(order["after"]), times=int(str(order["times"])))
    setattr(owner, name, mortal)
    night = homes.bare_night if order["bare"] else homes.try_night
    night(Home(Path(str(order["home"]))), float(str(order["day"])))
    raise SystemExit("survived")


def answer(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    import_module("orchestration.definitions").defs.resolve_job_def("nightly")
    import_module("expectations.gate")
    import_module("expectations.contracts")
    answer("ready")
    for line in sys.stdin:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            child = os.fork()
        if child == 0:
            run(json.loads(line))
        _, status = os.waitpid(child, 0)
        answer(str(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main()
