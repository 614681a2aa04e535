"""Writes a composed report as Markdown or plain text: lines, pages, tables, encodings."""

from samples.text.writer import Written, encode, write_text

__all__ = ["Written", "encode", "write_text"]
