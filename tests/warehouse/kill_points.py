"""Killing a process at the n-th thing it does to the disk: a program of its own, and what runs it.

The product knows nothing of this: the program replaces the functions of ``os`` (and the pathlib and DuckDB calls
that rest on C) before it starts the work, and counts them.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent.parent

PROGRAM = """
import json, os, pathlib, signal, sys
sys.path[:0] = {paths!r}
calls, target, task, arguments = [], int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])

def watched(name, real):
    def call(*positional, **named):
        calls.append(name)
        if len(calls) == target:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*positional, **named)
    return call

import kill_tasks
work = kill_tasks.TASKS[task]
for module, names in kill_tasks.WATCHED:
    for name in names:
        setattr(module, name, watched(name, getattr(module, name)))
work(**arguments)
print(json.dumps(calls))
"""


def run(task: str, arguments: dict, kill_at: int = 0) -> list[str]:
    """Run a task of ``kill_tasks`` in a process that is killed at its ``kill_at``-th call, or never.

    The names of the calls that it made; empty when it was killed.
    """
    program = PROGRAM.format(paths=[str(ROOT), str(TESTS)])
    command = [sys.executable, "-c", program, str(kill_at), task, json.dumps(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
    if kill_at and done.returncode == -signal.SIGKILL:
        return []
    assert done.returncode == 0, done.stderr
    calls: list[str] = json.loads(done.stdout)
    return calls
