"""Receipts: one a file that came in, whatever became of it. What they are and how they are written down.

Where they are kept belongs to the archive and the ledger; taking files in belongs to the intake.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import polars as pl

from warehouse.errors import ArchiveFault
from warehouse.keys import key_expression

TAKEN, DUPLICATE, UNREADABLE = OUTCOMES = ("taken", "duplicate", "unreadable")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file received. ``file_name`` is its path in the inbox, printable whatever bytes the name had;
    ``received_at`` is UTC; ``reason`` is a Chinese sentence unless the outcome is ``taken``.

    A bundle has a receipt as well, and so has each of its members, whose names begin with the bundle's:
    ``member_count`` is their number, None for every other file.
    """

    receipt_key: int
    document_key: int
    intake_id: str
    file_name: str
    sha256: str
    byte_count: int
    received_at: datetime
    outcome: str
    reason: str | None = None
    member_count: int | None = None

    @property
    def is_news(self) -> bool:
        """Whether a release has something to say of it: it is neither a duplicate nor a bundle."""
        return self.outcome != DUPLICATE and self.member_count is None


RECEIPT_SCHEMA = pl.Schema(
    {
        "receipt_key": pl.Int64(),
        "document_key": pl.Int64(),
        "intake_id": pl.String(),
        "file_name": pl.String(),
        "sha256": pl.String(),
        "byte_count": pl.Int64(),
        "received_at": pl.Datetime("us", "UTC"),
        "outcome": pl.String(),
        "reason": pl.String(),
        "member_count": pl.Int32(),
    }
)


def receipts_frame(receipts: Sequence[Receipt]) -> pl.DataFrame:
    """The receipts as a frame with the columns of RECEIPT_SCHEMA, in the order given."""
    return pl.DataFrame([asdict(receipt) for receipt in receipts], schema=RECEIPT_SCHEMA)


def receipt_keys(names_and_hashes: Sequence[tuple[str, str, int]]) -> list[tuple[int, int]]:
    """(receipt_key, document_key) for each (file_name, sha256, number of earlier receipts of the same two).

    No time goes into a key: an intake that is killed and run again gives the same keys.
    """
    frame = pl.DataFrame(
        names_and_hashes, schema={"name": pl.String, "sha256": pl.String, "nth": pl.Int64}, orient="row"
    )
    return frame.select(
        receipt=key_expression("receipt", "name", "sha256", "nth"),
        document=key_expression("document", "sha256"),
    ).rows()


def encode(receipts: Iterable[Receipt]) -> bytes:
    """JSON lines: a line a receipt, then a line with their number and hash, by which damage is recognised."""
    lines = [json.dumps(asdict(receipt), default=_iso, ensure_ascii=False, sort_keys=True) for receipt in receipts]
    body = "".join(f"{line}\n" for line in lines).encode()
    end = {"receipts": len(lines), "sha256": hashlib.sha256(body).hexdigest()}
    return body + json.dumps(end).encode() + b"\n"


def decode(content: bytes, name: str) -> list[Receipt]:
    """The receipts of one file; ArchiveFault (naming the file ``name``) when a line is missing or altered."""
    body, _, last = content.removesuffix(b"\n").rpartition(b"\n")
    body += b"\n" if body else b""
    try:
        end = json.loads(last)
        lines = [json.loads(line) for line in body.splitlines()]
        if end != {"receipts": len(lines), "sha256": hashlib.sha256(body).hexdigest()}:
            raise ValueError("number or hash of the lines differs")
        return [Receipt(**{**line, "received_at": datetime.fromisoformat(line["received_at"])}) for line in lines]
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveFault(f"收件记录“{name}”已损坏，未予采用。请从备份恢复该文件。", f"{name}: {error}") from error


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"not serialisable: {value!r}")
