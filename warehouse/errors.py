"""The family of errors: each has a Chinese sentence for who can act and an English detail for the log.

A submitter's fault is never one of these: it is a receipt's outcome or a finding.
"""

from __future__ import annotations

from collections.abc import Sequence


class JixiaoError(Exception):
    """Base of the family. ``message`` is Chinese, ``detail`` English."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message if not detail else f"{message} [{detail}]")
        self.message = message
        self.detail = detail


class UsageError(JixiaoError):
    """The caller asked for something that is not there or makes no sense (exit status 2)."""


class SystemFault(JixiaoError):  # noqa: N818 - a fault of the system, as opposed to wrong use
    """The system itself failed (exit status 1); running it again may help."""


class HomeFault(SystemFault):
    """The home folder cannot be used as it is: wrong kind of content, not writable, a link into nowhere."""


class WriterBusy(SystemFault):
    """Another process is writing to this home; nothing was done."""


class ArchiveFault(SystemFault):
    """A stored object or receipts file is absent or damaged; it was not used."""


class LedgerFault(SystemFault):
    """The ledger cannot be used or contradicts what it is told."""


class IllegalTransition(LedgerFault):
    """A submission version was to move to a status that its status does not lead to."""


class ReleaseFault(SystemFault):
    """A release failed its audit or is damaged; nothing was published. ``violations``: Chinese sentences."""

    def __init__(self, message: str, violations: Sequence[str], detail: str = "") -> None:
        super().__init__(message, detail or "; ".join(violations[:20]))
        self.violations = tuple(violations)
