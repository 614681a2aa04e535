"""What the rows of project tables say of goals and completions, normalised once for all who look for something there.

Nothing is looked for here.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.facts.model import ProjectRow
from transforms.language.text import normalise_all


@dataclass(slots=True)
class RowText:
    """A text of a row: ordinal of the row, column (goal or completion, problems or measures), the text as ``printed``,
    its normalised copy, its line."""

    owner: int
    column: str
    printed: str
    text: str
    line: int | None


def texts_of(projects: list[ProjectRow]) -> list[RowText]:
    """The goals and completions of projects, in the order of the rows."""
    rows = [
        (project, column, printed)
        for project in projects
        for column, printed in (("goal", project.goal), ("completion", project.completion))
        if printed
    ]
    texts = normalise_all([printed for *_, printed in rows])
    return [
        RowText(project.ordinal, column, printed, text, project.line)
        for (project, column, printed), text in zip(rows, texts, strict=True)
    ]
