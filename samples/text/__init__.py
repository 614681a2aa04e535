"""Writes a composed report as Markdown or plain text: lines, pages, tables, encodings."""

from samples.text.writer import write_text

__all__ = ["write_text"]
