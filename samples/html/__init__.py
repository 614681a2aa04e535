"""Writes a composed report as a saved web page: the report, and around it what such pages have around their text."""

from samples.html.writer import write_html

__all__ = ["write_html"]
