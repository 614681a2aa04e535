"""Pieces of WordprocessingML: runs, paragraphs, cells, rows, tables. What goes into them is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

RENDERED_BREAK = "<w:lastRenderedPageBreak/>"
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
EMPTY = "<w:p/>"
AUTHOR = 'w:author="模拟" w:date="2024-01-01T00:00:00Z"'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_FONT = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/>'


def run(text: str, is_bold: bool = False, before: str = "", extra: str = "") -> str:
    """A run; ``before`` stands ahead of its text, ``extra`` among its properties."""
    bold = "<w:b/>" if is_bold else ""
    return (
        f'<w:r><w:rPr>{_FONT}{bold}{extra}<w:sz w:val="32"/></w:rPr>{before}'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def deleted(text: str, number: int) -> str:
    """A run whose deletion is tracked."""
    return f'<w:del w:id="{number}" {AUTHOR}><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def inserted(runs: str, number: int) -> str:
    """Runs whose insertion is tracked."""
    return f'<w:ins w:id="{number}" {AUTHOR}>{runs}</w:ins>'


def field(code: str, result: str) -> str:
    """A field with its result (runs)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def style_of(style_id: str) -> str:
    """The property that names a paragraph's style."""
    return f'<w:pStyle w:val="{style_id}"/>'


def list_of(num_id: int, level: int = 0) -> str:
    """The property that puts a paragraph into a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def cell(paragraphs: Sequence[str], span: int = 1, merge: str = "") -> str:
    """A cell; ``merge``: restart or continue where it is merged downwards."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{spanned}{down}</w:tcPr>{"".join(paragraphs) or EMPTY}</w:tc>'


def row(cells: Sequence[str], is_header: bool = False) -> str:
    """A row; a header row is one that Word repeats on each page."""
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if is_header else ''}</w:trPr>{''.join(cells)}</w:tr>"


_TEXT_WIDTH = 8800  # twentieths of a point


def table(rows: Sequence[str], columns: int) -> str:
    """A ruled table as wide as the text."""
    grid = f'<w:gridCol w:w="{_TEXT_WIDTH // columns}"/>' * columns
    properties = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def control(content: str, gallery: str = "") -> str:
    """A content control around blocks, rows, cells or runs."""
    part = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    return f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_box(paragraphs: str) -> str:
    """A run that holds a text box, once as a drawing and once, for old programs, as VML."""
    content = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    size = 'cx="5000000" cy="700000"'
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{content}</wps:txbx>'
        "<wps:bodyPr/></wps:wsp>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent {size}/>'
        f'<wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData uri="{_SHAPE}">{shape}</a:graphicData>'
        "</a:graphic>"
        '</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:400pt;height:50pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
