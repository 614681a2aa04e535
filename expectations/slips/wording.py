"""The words of slips: ``wording.toml``, checked when it loads. What is put between them belongs to ``reading``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Count = Annotated[int, Field(ge=1)]


class _Words(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Parties(_Words):
    """Who writes to whom about what."""

    sender: Text
    sender_unknown: Text
    recipient_unknown: Text
    subject: Text
    subject_unknown: Text
    version: Text
    synthetic: Text


class Limits(_Words):
    """How much a document shows; the workbook shows everything."""

    longest_quote: Count
    longest_message: Count
    most_blocking_rows: Count
    most_warning_rows: Count
    most_hint_places: Count


class Letter(_Words):
    """What a slip says of one outcome; ``file`` is what its files are called, ``answer`` what may be replied."""

    title: Text
    file: Text
    verdict: Text
    opening: Text
    answer: Text


class Letters(_Words):
    """A letter for each outcome that somebody must hear of."""

    quarantined: Letter
    accepted_with_warnings: Letter
    unreadable: Letter


class Summary(_Words):
    """The table on top."""

    subject: Text
    verdict: Text
    counts: Text
    judged_at: Text
    answer_by: Text
    counted: Text


class Listing(_Words):
    """A table of a slip."""

    heading: Text
    columns: Texts


class Cause(_Words):
    """Why a file could not be read."""

    heading: Text


class Findings(_Words):
    """What stands in and between the tables of findings."""

    columns: Texts
    note: Text
    no_quote: Text
    no_place: Text
    head_row: Text
    remedy: Text
    required: Text
    figure: Text
    more: Text
    bureau: Text


class Section(_Words):
    """The findings of one level; ``answer`` is the line to fill in below each rule."""

    heading: Text
    lead: Text
    answer: str


class Sections(_Words):
    """A section for each level."""

    blocking: Section
    warning: Section
    information: Section


class Hints(_Words):
    """The annex of what needs no answer."""

    columns: Texts


class Reply(_Words):
    """The strip to cut off and send back."""

    cut: Text
    title: Text
    lines: Texts


class Places(_Words):
    """How a place reads in files of these endings; the entry without endings is for all others.

    ``numbers_lines``: whoever opens such a file sees its lines numbered.
    """

    endings: Annotated[tuple[Text, ...], Field(strict=False)]
    page: Text
    line: Text | None = None
    table: Text | None = None
    row: Text | None = None
    column: Text
    numbers_lines: bool


class Workbook(_Words):
    """The headings of the workbook."""

    sheet: Text
    number: Text
    level: Text
    rule_id: Text
    title: Text
    file: Text
    place: Text
    subject: Text
    quote: Text
    message: Text
    expected: Text
    remedy: Text
    answer: Text


class Levels(_Words):
    """What the levels mean to a submitter."""

    blocking: Text
    warning: Text
    information: Text


class Wording(_Words):
    """All of it."""

    parties: Parties
    limits: Limits
    letters: Letters
    summary: Summary
    files: Listing
    cause: Cause
    findings: Findings
    sections: Sections
    hints: Hints
    reply: Reply
    places: Annotated[tuple[Places, ...], Field(strict=False, min_length=1)]
    workbook: Workbook
    levels: Levels

    def places_of(self, file_name: str) -> Places:
        """How places in that file read."""
        ending = file_name.rpartition(".")[2].lower()
        return next(each for each in self.places if ending in each.endings or not each.endings)


@cache
def wording() -> Wording:
    """The wording in force; ValidationError when the file breaks its schema."""
    return Wording.model_validate(tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf-8")))
