"""Whose form it is and for which year, and what forms say of the document that holds them.

Reading a form belongs to reading.py; the identity of reports to transforms/facts/identity/reading.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.departments.registry import Registry
from transforms.documents.model import Cell
from transforms.facts.forms.form import Form
from transforms.facts.forms.rows import FormRow
from transforms.facts.forms.titles import FORM_KINDS
from transforms.facts.model import DocumentRow
from transforms.facts.outline.title import title_kind
from transforms.facts.years import find_years
from transforms.language.numerals import parse_number
from transforms.language.text import normalise

_FILLED_IN = re.compile(r"(?:填报|填表|填写|填列|制表|编制|报送|上报)(?:日期|时间):?(20\d\d)[年./-](\d{1,2})(?!\d)")
_LAST_MONTH = 9
"""Of the year after, in which self-evaluations are filled in; what is filled in later may be of its own year."""


@dataclass(slots=True)
class Identity:
    """Whose form it is, for which year; ``name`` as printed."""

    name: str | None
    department_id: str | None
    year: int | None


def identify(form: Form, registry: Registry) -> Identity:
    """Department by the labelled names (who carries a project out before who is in charge of it), the title, the
    sheet's name: the first that the registry knows, else the last labelled; year by the title's lines, the labelled
    year, the sheet's name, else the year before the day on which the form was filled in."""
    names = [value for name in ("unit", "department") for value in form.fields.get(name, ())]
    printed = [(said.printed, said.text) for said in names]
    sheet = normalise(form.region.sheet or "")
    candidates = [*printed, *((None, text) for text in (*(cell.text for cell in form.leading), sheet))]
    for name, text in candidates:
        found = registry.find(text)
        if found:
            return Identity(name or text[found.start : found.stop], found.department_id, _year(form))
    return Identity(printed[-1][0] if printed else None, None, _year(form))


def title_of(form: Form) -> Cell | None:
    """The cell of the form's title, None without one."""
    return next((cell for cell in form.leading if title_kind(cell.text) != "unknown"), None)


def _year(form: Form) -> int | None:
    labelled = [said.text for said in form.fields.get("year", ())]
    for text in (*(cell.text for cell in form.leading), *labelled, form.region.sheet or ""):
        year = next(find_years(text), None)
        if year is not None:
            return year.value
    numbers = [number.value for text in labelled if (number := parse_number(text))]
    return int(numbers[0]) if numbers and 2000 <= numbers[0] <= 2100 else _year_before(form)


def _year_before(form: Form) -> int | None:
    """The year before the day on which the form was filled in."""
    rows = ("".join(cell.text for _, cell in row.filled) for row in form.region.rows)
    days = (match for row in rows for match in _FILLED_IN.finditer(row))
    return next((int(match[1]) - 1 for match in days if 1 <= int(match[2]) <= _LAST_MONTH), None)


def completed(document: DocumentRow, forms: list[FormRow]) -> DocumentRow:
    """The document's row with what its text left open and its forms say: a document of nothing but forms is of their
    kind and has the first one's title."""
    if not forms:
        return document
    if document.kind in ("unknown", *FORM_KINDS):
        kinds = {form.kind for form in forms}
        document = document._replace(kind="overall_form" if "overall_form" in kinds else "project_form")
    if document.title is None:
        titled = next((form for form in forms if form.title), forms[0])
        document = document._replace(title=titled.title, title_line=titled.line)
    if document.department_id is None:
        named = next((form for form in forms if form.department_id), None)
        named = named or next((form for form in forms if form.department_name and not document.department_name), None)
        if named:
            document = document._replace(
                department_name=named.department_name, department_basis="cover", department_id=named.department_id
            )
    if document.fiscal_year is None:
        year = next((form.fiscal_year for form in forms if form.fiscal_year), None)
        document = document._replace(fiscal_year=year, fiscal_year_basis="cover" if year else None)
    return document
