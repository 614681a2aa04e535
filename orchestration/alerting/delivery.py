"""Delivering what waits in the outbox: how often a letter is tried in a night, and what is told of what was not sent.

Nothing here can fail a night: the caller gets counts and sentences.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from orchestration.alerting.outbox import Letter, Outbox
from orchestration.alerting.sending import NotSent, Sender
from orchestration.settings import Settings
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one delivery: letters sent and still waiting, a Chinese sentence for each damaged letter and each
    channel that failed."""

    sent: int = 0
    waiting: int = 0
    problems: tuple[str, ...] = ()


def deliver(home: Home, settings: Settings, now: datetime) -> Delivery:
    """Sends all that waits, oldest first. A channel that fails ``alert_attempts`` times in all is left until the next
    night, so that one that is down costs a few time-outs and no more."""
    outbox = Outbox(home)
    with outbox.alone() as is_alone:
        if not is_alone:
            return Delivery(waiting=len(outbox.waiting()))
        sender, failures, reasons = Sender(home, settings.channels, os.environ), Counter[str](), dict[str, str]()
        sent = sum(_tried(outbox, sender, letter, settings, failures, reasons) for letter in outbox.waiting())
        outbox.forget(now)
        left = Counter(letter.channel for letter in outbox.waiting())
    unsent = (
        f"告警通道“{name}”有 {left[name]} 条未送达（{reason}），下次任务再发。" for name, reason in reasons.items()
    )
    return Delivery(sent, left.total(), (*outbox.damaged(), *unsent))


def _tried(
    outbox: Outbox,
    sender: Sender,
    letter: Letter,
    settings: Settings,
    failures: Counter[str],
    reasons: dict[str, str],
) -> bool:
    """Whether the letter was sent, at the first try or a later one."""
    while failures[letter.channel] < settings.alert_attempts:
        try:
            sender.send(letter)
        except NotSent as error:
            failures[letter.channel] += 1
            reasons[letter.channel] = error.message
            letter = outbox.keep(letter, error.message)
            continue
        outbox.remember(letter)
        return True
    return False
