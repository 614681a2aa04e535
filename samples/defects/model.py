"""What a defect is: a named change of a sound report's content, with what the rules must then find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from samples.model import Expected, Report
from samples.style import Style

Mutation = Callable[[Report, Random], None]
Spoiling = Callable[[bytes], bytes]
Restyling = Callable[[Style], Style]


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect or a near miss. ``title`` says in Chinese what is wrong; ``rule`` is the rule concerned (None: the
    file itself); ``fires`` whether it must fire. ``mutate`` changes the content, ``spoil`` the written bytes;
    ``is_doubled`` sends a second, different report of the same department and year; ``restyle`` changes the looks."""

    name: str
    title: str
    rule: str | None
    fires: bool
    mutate: Mutation
    spoil: Spoiling | None = None
    is_doubled: bool = False
    restyle: Restyling | None = None


def firing(
    rule: str,
    title: str,
    mutate: Mutation,
    at: str | None = None,
    variant: str = "",
    restyle: Restyling | None = None,
) -> Defect:
    """A defect that makes exactly ``rule`` fire, at the mark ``at``. ``restyle`` changes the looks, on which the truth
    then speaks too."""

    def change(report: Report, draw: Random) -> None:
        _speak_of(report, rule)
        mutate(report, draw)
        report.expected.append(Expected(rule, at))

    return Defect(f"{rule}{variant}", title, rule, True, change, restyle=restyle)


def near_miss(rule: str, title: str, mutate: Mutation, restyle: Restyling | None = None) -> Defect:
    """A change that looks like the defect of ``rule`` and must not make it fire."""

    def change(report: Report, draw: Random) -> None:
        _speak_of(report, rule)
        mutate(report, draw)

    return Defect(f"{rule}~", title, rule, False, change, restyle=restyle)


def _speak_of(report: Report, rule: str) -> None:
    if rule not in report.rules:
        report.rules = (*report.rules, rule)
