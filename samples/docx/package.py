"""The parts of a Word document and the zip around them; the same content gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    _W: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    _R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PREFIX = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "document": "document.main", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
    "header1": "header", "footer1": "footer",
}  # fmt: skip
_ROOTS = {
    "document": "document", "styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header1": "hdr",
    "footer1": "ftr",
}  # fmt: skip


def packed(parts: dict[str, str], is_strict: bool = False) -> bytes:
    """A docx of these parts (document, styles, numbering, footnotes, header1, footer1), each given by the content of
    its root element."""
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(
            [(_PARTS[name], f"{name}.xml") for name in parts if name != "document"]
        ),
    }
    for name, content in parts.items():
        root = f"w:{_ROOTS[name]}"
        files[f"word/{name}.xml"] = f"{_PREFIX}<{root} {_NAMESPACES}>{content}</{root}>"
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            for usual, strict in _STRICT.items() if is_strict else ():
                text = text.replace(usual, strict)
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


def _content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{_PARTS[name]}+xml"/>' for name in parts
    )
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return (
        f'{_PREFIX}<Types xmlns="{_PACKAGE}/content-types">{relations}'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_PREFIX}<Relationships xmlns="{_PACKAGE}/relationships">{found}</Relationships>'


def styles(based: bool) -> str:
    """Normal, title, headings, entries of a table of contents. ``based``: the headings are styles of the writer's own,
    based on Word's."""
    found = [
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="aTitle"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>',
        '<w:style w:type="character" w:styleId="ab"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>',
    ]
    for level in range(1, 5):
        found.append(
            f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="a"/>'
            f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
            f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/></w:style>'
        )
        if based:
            found.append(
                f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="own{level}">'
                f'<w:name w:val="公文{level}级"/><w:basedOn w:val="{level}"/></w:style>'
            )
    return "".join(found)
