"""Stands in for the board where a test is about something else: the board costs more than most of a small night."""

from pathlib import Path


def one_page(connection: object, folder: Path, base: object, **_: object) -> None:
    """What ``write_board`` is called with; writes the least that a release must have."""
    folder.mkdir()
    (folder / "index.html").write_text("<html></html>")
