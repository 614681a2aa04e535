"""Defects of the file itself: empty, not text, broken encoding, no department, no year, no table, two reports."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from samples.defects.model import Defect
from samples.model import Report


def _outcome(outcome: str, mutate: Callable[[Report], None] | None = None) -> Callable[[Report, Random], None]:
    def change(report: Report, draw: Random) -> None:
        del draw
        report.outcome, report.rules, report.expected = outcome, (), []
        if mutate is not None:
            mutate(report)

    return change


def _no_department(report: Report) -> None:
    report.is_anonymous, report.department_id = True, None


def _no_year(report: Report) -> None:
    report.is_undated, report.fiscal_year = True, None


def _no_table(report: Report) -> None:
    report.plans, report.tasks, report.key = [], None, None
    report.stated.pop("plans", None)


def _keep(report: Report, draw: Random) -> None:
    del report, draw


def binary(content: bytes) -> bytes:
    """Bytes of no text: each byte of the file turned over, zeros between."""
    return bytes(part for byte in content[:4000] for part in (byte ^ 0xA5, 0))


def broken(content: bytes) -> bytes:
    """Bytes that no encoding reads: one in forty is 0xFF."""
    return b"\n" + bytes(0xFF if place % 40 == 20 else byte for place, byte in enumerate(content))


DEFECTS: tuple[Defect, ...] = (
    Defect("empty", "文件是空的", None, True, _outcome("unreadable"), lambda content: content[:0]),
    Defect("binary", "文件不是文本", None, True, _outcome("unreadable"), binary),
    Defect("wrong_encoding", "文件编码损坏", None, True, _outcome("unreadable"), broken),
    Defect("no_department", "通篇没有单位名称", None, True, _outcome("quarantined", _no_department)),
    Defect("no_year", "通篇没有年度", None, True, _outcome("quarantined", _no_year)),
    Defect("no_table", "没有任何项目表", None, True, _outcome("quarantined", _no_table)),
    Defect("two_reports", "同一单位同一年度报来两份不同的报告", None, True, _keep, is_doubled=True),
)
