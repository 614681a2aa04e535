"""What the stages are given: the night they belong to. The only resource; what a stage does is ``night.line``'s."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import Field, PrivateAttr

from orchestration.dagster_home import home_of_environment
from warehouse.home import Home, exclusive

if TYPE_CHECKING:
    from orchestration.night.line import Line

JOB_NAME = "nightly"
_RUNNING = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


class Night(dg.ConfigurableResource):  # type: ignore[type-arg]
    """One night. Its line is opened by the first stage that runs, which makes the run the home's one writer."""

    home: str | None = Field(default=None, description="数据目录；缺省取环境变量 JIXIAO_HOME")
    inbox: str | None = Field(default=None, description="收件夹；缺省为数据目录下的 inbox")
    now: str | None = Field(default=None, description="本次收取的时刻（ISO 8601）；缺省为本次运行创建的时刻")

    _context: dg.InitResourceContext = PrivateAttr()
    _stack: ExitStack = PrivateAttr(default_factory=ExitStack)
    _line: Line | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Night]:
        """Lends the night to one run; afterwards the home is free for the next writer."""
        self._context = context
        with self._stack:
            yield self

    @property
    def place(self) -> Home:
        """The home folder."""
        return Home(Path(self.home)) if self.home else home_of_environment()

    @cached_property
    def instant(self) -> datetime:
        """When this night takes files in."""
        return datetime.fromisoformat(self.now) if self.now else self._created_at()

    @property
    def line(self) -> Line:
        """The stages of this night; WriterBusy if another one is running, UsageError for a wrong configuration."""
        if self._line is None:
            self._line = self._open()
        return self._line

    def _open(self) -> Line:
        # The line brings every library of every stage with it; importing the definitions must not.
        from orchestration.night.line import Line
        from orchestration.settings import load_settings
        from warehouse.deferral import absent
        from warehouse.desk import held_open

        home = self.place.create()
        settings = load_settings(home)
        with ExitStack() as held:  # a stage that is tried again must not find the home locked by itself
            held.enter_context(exclusive(home))
            close_dead_runs(self._instance, self._run.run_id)
            line = Line(home, settings, self._night_id, self.instant, Path(self.inbox) if self.inbox else None)
            held.enter_context(line.held)
            held.enter_context(held_open(line.base))
            held.enter_context(absent(("pandas",)))  # DuckDB would load it to tell whether a frame comes from there
            self._stack.enter_context(held.pop_all())
        return line

    @property
    def _run(self) -> dg.DagsterRun:
        assert self._context.run is not None, "a night is lent to runs only"
        return self._context.run

    @property
    def _instance(self) -> dg.DagsterInstance:
        assert self._context.instance is not None, "a night is lent to runs only"
        return self._context.instance

    @property
    def _night_id(self) -> str:
        """A run that repeats stages of an earlier one carries that one's night on."""
        return self._run.root_run_id or self._run.run_id

    def _created_at(self) -> datetime:
        record = self._instance.get_run_record_by_id(self._night_id)
        return record.create_timestamp if record else datetime.now(UTC)


def close_dead_runs(instance: dg.DagsterInstance, living: str | None = None) -> None:
    """Ends the nights that only seem to run; for the holder of the home's lock, whose own run is the ``living`` one."""
    for run in instance.get_runs(dg.RunsFilter(job_name=JOB_NAME, statuses=_RUNNING)):
        if run.run_id != living:
            instance.report_run_failed(run, "进程在任务中途被结束；其后的任务会接着做完。")
