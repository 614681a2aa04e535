"""Writes a composed report as a PDF with text: pages, running headers, tables with and without rules, fonts."""

from samples.pdf.writer import write_pdf

__all__ = ["write_pdf"]
