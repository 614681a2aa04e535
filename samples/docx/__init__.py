"""Writes a composed report as a Word document, in the many ways that Word and its users make one."""

from samples.docx.writer import write_docx

__all__ = ["write_docx"]
