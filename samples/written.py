"""What writing a report in some medium gives. How it is written is each writer's business."""

from __future__ import annotations

from dataclasses import dataclass

from samples.marks import Places


@dataclass(slots=True)
class Written:
    """A report as a file: its bytes, the places of its facts, the title as printed, its media type, and the encoding
    of text files."""

    content: bytes
    places: Places
    title: str
    media_type: str
    encoding: str | None = None
