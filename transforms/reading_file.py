"""One file: bytes -> its facts, or the reason why there are none.

What a reader or a fact module does is theirs; they are loaded where a file is read, not where its facts are taken.
Frames do not belong here: reading processes do without polars.
"""

from __future__ import annotations

import traceback
from typing import NamedTuple

from transforms.departments.registry import Registry
from transforms.documents.model import Unreadable
from transforms.documents.refusals import refusal
from transforms.facts.fact_columns import PackedFacts, pack


class ReadItem(NamedTuple):
    """A file to read. ``file_name`` serves messages only."""

    document_key: int
    file_name: str
    content: bytes


class Refused(NamedTuple):
    """A file without facts: ``message`` is one Chinese sentence, ``detail`` English for the log. ``is_system_fault``:
    the file may be sound, this system failed on it."""

    document_key: int
    message: str
    detail: str
    is_system_fault: bool


Outcome = PackedFacts | Refused


def read_file(item: ReadItem, registry: Registry) -> Outcome:
    """Reads one file. Raises nothing on account of it."""
    from transforms.documents.reader import read_document
    from transforms.facts.extract import extract

    try:
        return pack(item.document_key, extract(read_document(item.content, item.file_name), registry))
    except Unreadable as error:
        return Refused(item.document_key, error.message, error.detail, False)
    except MemoryError as error:
        traceback.clear_frames(error.__traceback__)  # what filled the memory, or no message can be made
        return system_fault(item.document_key, "memory_limit", "")
    except Exception:
        return system_fault(item.document_key, "system_fault", traceback.format_exc())


def system_fault(document_key: int, reason: str, detail: str) -> Refused:
    """A refusal for a ``reason`` that lies with this system, as far as anyone can tell."""
    error = refusal(reason, detail)
    return Refused(document_key, error.message, error.detail, True)
