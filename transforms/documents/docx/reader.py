"""Word documents (docx, docm; Transitional and Strict) -> Document. Macros, links and embedded files are not looked at.

Which part is what is decided here; what stands in the parts is for the other modules.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.documents.assembly import assemble
from transforms.documents.docx.body import Body
from transforms.documents.docx.names import w
from transforms.documents.docx.numbering import Numbering
from transforms.documents.docx.passages import Passages
from transforms.documents.docx.runs import Runs
from transforms.documents.docx.styles import Styles
from transforms.documents.lines import Line
from transforms.documents.model import Document
from transforms.documents.package import Element, Package
from transforms.documents.refusals import refusal

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DAMAGED = "docx_damaged"


def read_docx(content: bytes) -> Document:
    """The document in the bytes of a Word file. Raises Unreadable when the package is broken, encrypted, hostile, or
    holds no text."""
    package = Package(content, _DAMAGED)
    name = package.document()
    root = package.xml(name)
    body = root.find(w("body"))
    if body is None:
        raise refusal(_DAMAGED, f"no text in {name}")
    return _document(_walked(root, body, package, name))


def _walked(root: Element, body: Element, package: Package, name: str) -> Body:
    targets = {kind.rpartition("/")[2]: target for kind, target in package.relations(name).values()}

    def part(kind: str) -> Element | None:
        return package.xml(targets[kind]) if targets.get(kind) in package.names else None

    styles = Styles(part("styles"))
    runs = Runs(styles, _are_fields_closed(root))
    has_pages = next(root.iter(w("lastRenderedPageBreak")), None) is not None
    walk = Body(Passages(styles, Numbering(part("numbering"), styles), runs), has_pages)
    walk.read(body)
    return walk


def _document(body: Body) -> Document:
    if not any(line.raw.strip() for line in body.lines):
        raise refusal("no_text", "a Word document without text")
    document = assemble(_without_common_bold(body.lines), MEDIA_TYPE, body.lines[-1].number)
    document.grids = body.grids
    document.notes += body.notes
    document.notes.sort(key=lambda note: note.place.line or 0)
    return document


def _without_common_bold(lines: list[Line]) -> list[Line]:
    """The lines, bold type forgotten where most text is bold: there it marks nothing."""
    texts = [line for line in lines if line.raw and line.cells is None and line.level is None]
    bold = sum(len(line.raw) for line in texts if line.bold == (0, len(line.raw)))
    if 2 * bold <= sum(len(line.raw) for line in texts):
        return lines
    return [replace(line, bold=None) for line in lines]


def _are_fields_closed(root: Element) -> bool:
    """Whether each field that begins also ends; else where a field reaches cannot be told."""
    kinds = [one.get(w("fldCharType")) for one in root.iter(w("fldChar"))]
    return kinds.count("begin") == kinds.count("end")
