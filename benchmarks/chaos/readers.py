"""Analysts who never stop asking: processes that open the current release and ask, as any DuckDB client does.

Every answer must be what one release says: the same sums for the same release, whoever asked when.
"""

from __future__ import annotations

import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

import duckdb

from benchmarks.chaos.nights import start
from warehouse.home import Home
from warehouse.release.manifest import DATABASE
from warehouse.release.releases import Releases

COUNT = 4
_PAUSE_SECONDS = 0.4
_QUESTIONS = (
    "SELECT count(*), sum(budget_yuan), sum(spent_yuan) FROM core.fact_project_spending",
    "SELECT count(*), sum(total_budget_yuan), sum(executed_yuan) FROM core.fact_department_budget",
    "SELECT count(*), sum(executed_yuan) FROM mart.department_execution",
    "SELECT count(*), count(DISTINCT submission_key) FROM quality.evaluation",
)
Answer = tuple[object, ...]
Answers = dict[str, set[Answer]]
"""What was answered, by release."""


class Readers:
    """Readers of one home, as long as the ``with`` block lasts; ``note`` must hear of each release before it goes."""

    def __init__(self, home: Home, count: int = COUNT) -> None:
        self._home, self._count = home, count
        self._said: dict[str, Answer] = {}
        self.asked = 0
        self.problems: list[str] = []

    def __enter__(self) -> Readers:
        self.note()
        self._readers = [start(_read_on, str(self._home.current)) for _ in range(self._count)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, connection in self._readers:
            connection.send("enough")
        for process, connection in self._readers:
            answers, problems = connection.recv()
            self.problems += problems + self._torn(answers)
            self.asked += sum(len(each) for each in answers.values())
            process.join()
            connection.close()

    def note(self) -> None:
        """What each release says, asked when nothing is going on."""
        for release in Releases(self._home).list():
            if release.release_id not in self._said:
                self._said[release.release_id] = _ask(release.database)[1]

    def _torn(self, answers: Answers) -> list[str]:
        return [
            f"release {release_id} says {self._said.get(release_id)}, a reader was told {sorted(map(str, told))}"
            for release_id, told in answers.items()
            if told != {self._said.get(release_id)}
        ]


def _ask(database: Path) -> tuple[str, Answer]:
    """The release that answers, and its answers, all in one session."""
    with duckdb.connect(str(database), read_only=True) as session:
        answer = tuple(value for question in _QUESTIONS for row in session.sql(question).fetchall() for value in row)
        row = session.sql("SELECT max(release_id) FROM meta.release").fetchone()
    return str(row[0] if row else None), answer


def _read_on(connection: Connection, current: str) -> None:
    answers: Answers = {}
    problems: list[str] = []
    with suppress(EOFError):
        while not connection.poll(_PAUSE_SECONDS):
            try:
                release_id, answer = _ask(Path(current) / DATABASE)
                answers.setdefault(release_id, set()).add(answer)
            except (duckdb.Error, OSError) as error:
                problems.append(f"a reader met {type(error).__name__}: {error}")
                time.sleep(_PAUSE_SECONDS)
        connection.recv()
        connection.send((answers, problems))
