"""Defects of identity and structure: department, year, heading numbers, units of money."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from samples.defects.model import Defect, firing, near_miss
from samples.model import ProjectTable, Report

UNLISTED = "缥缈"
"""Place name of a department that no registry lists."""


def _unlisted(report: Report, draw: Random) -> None:
    del draw
    place, version = report.department.place, report.version
    if version.kind == "其他":
        name, short = f"{report.department.city}{report.department.district}{UNLISTED}事务局", f"区{UNLISTED}事务局"
    else:
        name, short = version.name.replace(place, UNLISTED), version.short_name.replace(place, UNLISTED)
    report.version = replace(version, name=name, short_name=short, aliases=())
    report.name = report.title_name = name
    report.units = [unit.replace(place, UNLISTED) for unit in report.units]
    report.department_id = None


def _alias_in_title(report: Report, draw: Random) -> None:
    report.title_name = draw.choice((report.version.short_name, *report.version.aliases))


def _other_year(report: Report, draw: Random) -> None:
    report.scope_year = report.year - draw.choice((1, 2))


def _year_of_document(report: Report, draw: Random) -> None:
    number = draw.randint(3, 48)
    report.asides.append(f"依据财绩〔{report.year - 2}〕{number}号文件的规定，相关制度继续有效。")


def _repeated_number(report: Report, draw: Random) -> None:
    del draw
    report.repeats_heading = True


def _mixed_brackets(report: Report, draw: Random) -> None:
    del draw
    report.mixes_brackets = True


def amount_table(report: Report) -> ProjectTable:
    """The table of amounts that a defect changes."""
    table = report.tasks or report.key
    if table is None:
        raise ValueError("报告中没有项目金额表")
    return table


def _no_unit(report: Report, draw: Random) -> None:
    del draw
    amount_table(report).unit_fault = "missing"


def _two_units(report: Report, draw: Random) -> None:
    del draw
    amount_table(report).unit_fault = "conflict"


def _unit_twice(report: Report, draw: Random) -> None:
    del draw
    amount_table(report).says_unit_twice = True


DEFECTS: tuple[Defect, ...] = (
    firing("C01", "标题中的单位不在名录内", _unlisted),
    near_miss("C01", "标题使用单位的简称或别名", _alias_in_title),
    firing("C02", "编报范围的年度与标题年度不一致", _other_year, "figure:units"),
    near_miss("C02", "文号中出现其他年度", _year_of_document),
    firing("C07", "标题编号重复", _repeated_number, "heading:fault"),
    near_miss("C07", "同级标题编号的括号有全角有半角", _mixed_brackets),
    firing("C14", "项目金额表没有注明金额单位", _no_unit, "table:tasks"),
    firing("C14", "表头与表上注明的金额单位不一致", _two_units, "table:tasks", "-conflict"),
    near_miss("C14", "表头与表上都注明同一金额单位", _unit_twice),
)
