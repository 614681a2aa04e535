"""Killing a process at the n-th thing it does to the disk, or the first of a kind in a build: a program that forks a
child a trial, and its handle.

The product knows nothing of this: in the child, the functions by which it touches the disk are replaced by ones
that count. Forking spares each trial the imports; the parent never starts a thread.
"""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType

BEGIN = "copyfile"
"""The call with which a build begins."""
TESTS = Path(__file__).parent
ROOT = TESTS.parent.parent

PROGRAM = """
import json, os, sys, traceback
sys.path[:0] = {paths!r}
import kill_tasks
from benchmarks.chaos.touches import die, watch

def trial(task, arguments, kill_at, out):
    def told(name, number, is_over):
        if kill_at in (number, name if {begin!r} in calls else None) and not is_over:
            die()

    calls = watch(kill_tasks.WATCHED, told)
    kill_tasks.TASKS[task](**arguments)
    os.write(out, json.dumps(calls).encode())

for line in sys.stdin:
    asked = json.loads(line)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        os.dup2(2, 1)
        try:
            trial(**asked, out=write_end)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        calls = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps({{"status": status, "calls": json.loads(calls or "[]")}}), flush=True)
"""


class Trials:
    """Runs tasks of ``kill_tasks``, each in a process of its own."""

    def __enter__(self) -> "Trials":
        program = PROGRAM.format(paths=[str(ROOT), str(TESTS)], begin=BEGIN)
        self._parent = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parent.communicate()

    def run(self, task: str, arguments: dict, kill_at: int | str = 0) -> list[str]:
        """Run a task, killed at its ``kill_at``-th call or never, or at the first of that name in a build; the calls
        that it made, none if it was killed."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(json.dumps({"task": task, "arguments": arguments, "kill_at": kill_at}) + "\n")
        self._parent.stdin.flush()
        answer = json.loads(self._parent.stdout.readline())
        assert answer["status"] == (-9 if kill_at else 0)
        calls: list[str] = answer["calls"]
        return calls
