"""Dagster's processes on a home: ``python -m orchestration.service daemon | pages | dev``.

Each is this process from then on, so that whoever started it (systemd, a terminal) can stop it. Run from the folder of
``workspace.yaml``.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from orchestration.dagster_home import HOME_VARIABLE, home_of_environment, instance_of, prepare
from orchestration.resources import close_dead_runs
from warehouse.errors import JixiaoError, WriterBusy
from warehouse.home import Home, exclusive

WORKSPACE = "workspace.yaml"
# Dagster would rather have its new command, which needs a project of another shape, and says so every time.
_QUIET = ("-W", "ignore")
_COMMANDS: Mapping[str, Sequence[str]] = {
    "daemon": ("-m", "dagster._daemon", "run", "--workspace", WORKSPACE),
    "pages": ("-m", "dagster_webserver", "--workspace", WORKSPACE, "--host", "127.0.0.1", "--port", "3000"),
    "dev": ("-m", "dagster", "dev", "--workspace", WORKSPACE),
}


def start(home: Home, name: str) -> None:
    """Replaces this process by the one of that name; the daemon first closes the runs that a power cut ended."""
    os.environ[HOME_VARIABLE] = str(home.path)
    os.environ["DAGSTER_HOME"] = str(prepare(home))
    if name in ("daemon", "dev"):
        tidy(home)
    # What is started in the background often ignores interruptions, and Dagster ends by SIGTERM as it does by those.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, *_QUIET, *_COMMANDS[name]])


def tidy(home: Home) -> None:
    """Closes runs that only seem to run: they would hold the writer's place for ever. While a night lives, nothing."""
    try:
        with exclusive(home), instance_of(home) as instance:
            close_dead_runs(instance)
    except WriterBusy:
        return


def main(arguments: Sequence[str]) -> int:
    """The program; 2 for wrong use."""
    if len(arguments) != 1 or arguments[0] not in _COMMANDS:
        sys.stderr.write(f"用法：python -m orchestration.service {' | '.join(_COMMANDS)}\n")
        return 2
    if not Path(WORKSPACE).exists():
        sys.stderr.write(f"错误：当前目录中没有 {WORKSPACE}，请在系统的安装目录中运行。\n")
        return 2
    try:
        start(home_of_environment(), arguments[0])
    except JixiaoError as error:
        sys.stderr.write(f"错误：{error.message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
