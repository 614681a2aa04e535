"""What a defect is: a named change of a sound report's content, with what the rules must then find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from samples.forms.model import Form
from samples.model import Expected, Report
from samples.style import Style

Mutation = Callable[[Report, Random], None]
Spoiling = Callable[[bytes], bytes]
Restyling = Callable[[Style], Style]
Deforming = Callable[[list[Form]], None]


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect or a near miss. ``title`` says in Chinese what is wrong; ``rule`` is the rule concerned (None: the
    file itself); ``fires`` whether it must fire. ``mutate`` changes the content, ``spoil`` the written bytes;
    ``is_doubled`` sends a second, different report of the same department and year; ``restyle`` changes the looks,
    ``deform`` the forms sent along, in which the rule then fires (``is_joint``: beside the report alone)."""

    name: str
    title: str
    rule: str | None
    fires: bool
    mutate: Mutation
    spoil: Spoiling | None = None
    is_doubled: bool = False
    restyle: Restyling | None = None
    deform: Deforming | None = None
    is_joint: bool = False


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


def of_forms(
    rule: str,
    title: str,
    deform: Deforming,
    near: tuple[str, Deforming],
    mutate: Mutation | None = None,
    variant: str = "",
    is_joint: bool = False,
) -> tuple[Defect, Defect]:
    """A defect of forms that makes exactly ``rule`` fire, and its near miss: title and change. ``mutate`` changes the
    report that both come with, which stays sound."""

    def change(report: Report, draw: Random) -> None:
        if mutate is not None:
            mutate(report, draw)

    return (
        Defect(f"{rule}{variant}", title, rule, True, change, deform=deform, is_joint=is_joint),
        Defect(f"{rule}{variant}~", near[0], rule, False, change, deform=near[1], is_joint=is_joint),
    )


def _speak_of(report: Report, rule: str) -> None:
    if rule not in report.rules:
        report.rules = (*report.rules, rule)
