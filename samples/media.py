"""The media that reports are written in, and the writer of each. A further medium is a further line."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from samples.compose import Composition
from samples.docx import write_docx
from samples.html import write_html
from samples.pdf import write_pdf
from samples.style import Style
from samples.text import write_text
from samples.written import Written

Writer = Callable[[Composition, Style, Random], Written]

WRITERS: dict[str, Writer] = {
    "md": write_text,
    "txt": write_text,
    "docx": write_docx,
    "pdf": write_pdf,
    "html": write_html,
}
"""Writers by medium; the medium is also the ending of the file's name."""
