"""Word documents (docx, docm; Transitional and Strict) -> Document. Macros, links and embedded files are not looked at.

Which part is what is decided here; what stands in the parts is for the other modules.
"""

from __future__ import annotations

from lxml import etree

from transforms.documents.assembly import assemble
from transforms.documents.docx.body import Body
from transforms.documents.docx.names import w
from transforms.documents.docx.numbering import Numbering
from transforms.documents.docx.passages import Passages
from transforms.documents.docx.runs import Runs
from transforms.documents.docx.styles import Styles
from transforms.documents.lines import Line
from transforms.documents.model import Document
from transforms.documents.office_package import OfficePackage
from transforms.documents.refusals import refusal

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL = "word/document.xml"


def read_docx(content: bytes) -> Document:
    """The document in the bytes of a Word file. Raises Unreadable when the package is broken, encrypted, hostile, or
    holds no text."""
    package = OfficePackage(content)
    name = _related(package, "_rels/.rels", "", "officeDocument") or _USUAL
    root = package.xml(name)
    body = None if root is None else root.find(w("body"))
    if root is None or body is None:
        raise refusal("no_document", f"no text in {name}, parts: {package.names()[:20]}")
    return _document(_walked(root, body, package, name))


def _walked(root: etree._Element, body: etree._Element, package: OfficePackage, name: str) -> Body:
    folder, _, file_name = name.rpartition("/")
    relations = f"{folder}/_rels/{file_name}.rels".lstrip("/")

    def part(kind: str) -> etree._Element | None:
        target = _related(package, relations, folder, kind)
        return None if target is None else package.xml(target)

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
    return [line._replace(bold=None) for line in lines]


def _related(package: OfficePackage, relations: str, folder: str, kind: str) -> str | None:
    """The part that a part of the package calls its ``kind`` (officeDocument, styles, numbering)."""
    root = package.xml(relations)
    for relation in () if root is None else root.iterfind(_RELATIONSHIP):
        if (relation.get("Type") or "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
            target = relation.get("Target") or ""
            return target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
    return None


def _are_fields_closed(root: etree._Element) -> bool:
    """Whether each field that begins also ends; else where a field reaches cannot be told."""
    kinds = [one.get(w("fldCharType")) for one in root.iter(w("fldChar"))]
    return kinds.count("begin") == kinds.count("end")
