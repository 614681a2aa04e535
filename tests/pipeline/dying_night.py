"""Runs nights that kill themselves: ``python dying_night.py``, then a JSON line a night on standard input.

``{"home": ..., "day": ..., "bare": true, "target": "package.module:Class.function", "after": false, "times": 1}``: the
process of that night, with Dagster unless it is ``bare``, sends itself SIGKILL at the ``times``-th call of the
function, before or after it ran. The answer is a line with the status of the dead process (-9). Each night is a
process of its own, forked from one that only imported.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from importlib import import_module
from pathlib import Path

import homes

from benchmarks.chaos.touches import dying_at, find, watch
from warehouse.home import Home


def run(order: dict[str, object]) -> None:
    owner, name = find(str(order["target"]))
    watch([(owner, [name])], dying_at(int(str(order["times"])), is_over=bool(order["after"])))
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
