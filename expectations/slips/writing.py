"""A slip as Word document, page and workbook: bytes that are the same every time for the same slip.

Layout stands in ``templates``; what is said, in ``layout``. Nothing here touches the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from functools import cache
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import jinja2

from expectations.slips.layout import counted, day, minute, printed, subject_of
from expectations.slips.model import Group, Slip
from expectations.slips.wording import wording
from warehouse.publication.spreadsheet import workbook_bytes

_PARTS = {
    "[Content_Types].xml": "content_types.xml.j2",
    "_rels/.rels": "package_rels.xml.j2",
    "word/_rels/document.xml.rels": "document_rels.xml.j2",
    "word/document.xml": "document.xml.j2",
    "word/styles.xml": "styles.xml.j2",
    "word/settings.xml": "settings.xml.j2",
    "word/footer.xml": "footer.xml.j2",
    "docProps/core.xml": "core.xml.j2",
}
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first instant that a zip can tell."""


def docx_of(slip: Slip) -> bytes:
    """A Word document on A4 with the margins of GB/T 9704."""
    values = {
        "slip": printed(slip),
        "words": wording(),
        "instant": slip.judged_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, template in _PARTS.items():
            info = ZipInfo(name, _BEGINNING)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, _template(template).render(values).encode())
    return buffer.getvalue()


def html_of(slip: Slip) -> bytes:
    """A page of its own: no script, no picture, no address."""
    page = _template("slip.html.j2").render(slip=printed(slip), words=wording(), style=_text("slip.css"))
    return page.encode()


def xlsx_of(slip: Slip) -> bytes:
    """Every finding of every level, nothing shortened, with a column to fill in."""
    words = wording()
    titles = words.workbook.model_dump(exclude={"sheet"})
    rows = [{**row, "number": number} for number, row in enumerate(_rows(slip), 1)]
    return workbook_bytes(words.workbook.sheet, rows, titles, _notes(slip), slip.judged_at.astimezone(UTC))


WRITERS: Mapping[str, Callable[[Slip], bytes]] = {"docx": docx_of, "html": html_of, "xlsx": xlsx_of}
"""Ending -> writer."""


def _rows(slip: Slip) -> Iterator[dict[str, object]]:
    if slip.reason:
        levels = wording().levels
        for file in slip.received:
            yield {"level": levels.blocking, "file": file.file_name, "message": slip.reason}
    groups: Mapping[str, tuple[Group, ...]] = {
        "blocking": slip.blocking,
        "warning": slip.warning,
        "information": slip.information,
    }
    for level, of_level in groups.items():
        for group in of_level:
            yield from _group_rows(getattr(wording().levels, level), group)


def _group_rows(level: str, group: Group) -> Iterator[dict[str, object]]:
    for entry in group.entries:
        yield {
            "level": level,
            "rule_id": group.rule_id,
            "title": group.title,
            "file": entry.file,
            "place": entry.place or wording().findings.no_place,
            "subject": entry.subject,
            "quote": entry.quote,
            "message": entry.message,
            "expected": entry.expected,
            "remedy": group.remedy,
        }


def _notes(slip: Slip) -> list[str]:
    summary = wording().summary
    files = (f"{each.file_name}（{minute(each.received_at)}）" for each in slip.received)
    return [
        *([wording().parties.synthetic] if slip.is_synthetic else []),
        f"{slip.letter.title}　{slip.name}",
        f"{slip.recipient}：",
        f"{summary.subject}：{subject_of(slip)}",
        f"{wording().files.heading}：{'；'.join(files)}",
        f"{summary.verdict}：{slip.letter.verdict}",
        f"{summary.counts}：{counted(slip)}",
        f"{summary.judged_at}：{minute(slip.judged_at)}",
        f"{summary.answer_by}：{day(slip.answer_by)}",
        slip.sender,
    ]


@cache
def _template(name: str) -> jinja2.Template:
    return _environment().from_string(_text(name))


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=False)


@cache
def _text(name: str) -> str:
    return files("expectations.slips.templates").joinpath(name).read_text("utf-8")
