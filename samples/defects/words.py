"""Defects of what the text says by its words: other years, dates, parts left out, punctuation, misspellings, personal
numbers, another department as the author."""

from __future__ import annotations

from random import Random

from samples import departments as places
from samples.content.report import omit_part
from samples.defects.model import Defect, Mutation, firing, near_miss
from samples.draws import stream
from samples.model import Report


def _aside(*texts: str) -> Mutation:
    """Adds one of the texts; ``{year}``, ``{last}`` and ``{before}`` are the report's year and those before it."""

    def mutate(report: Report, draw: Random) -> None:
        text = draw.choice(texts)
        report.asides.append(text.format(year=report.year, last=report.year - 1, before=report.year - 3))

    return mutate


def _date(text: str) -> Mutation:
    def mutate(report: Report, draw: Random) -> None:
        del draw
        report.date = text.format(year=report.year, next=report.year + 1)

    return mutate


def _omit(report: Report, draw: Random) -> None:
    omit_part(report, draw)
    report.expected.pop()  # firing expects it


def _without_grade(report: Report, draw: Random) -> None:
    del draw
    report.asides.append("相关评价材料均已归档备查。")


def _of_another(text: str) -> Mutation:
    """Adds the text with the name of another department of the registry."""

    def mutate(report: Report, draw: Random) -> None:
        del draw
        index = report.department.index
        other = places.department(index - 1 if index else 1, report.seed)
        report.asides.append(text.format(other=other.version_of(report.year).name))

    return mutate


def _mobile(report: Report, draw: Random) -> None:
    number = stream(report.year, draw.random()).randint(10**7, 10**8 - 1)
    report.asides.append(f"如需核实有关情况，请与经办人联系，电话138{number}。")


def _hotline(report: Report, draw: Random) -> None:
    del draw
    report.asides.append("群众可拨打12345热线反映绩效管理方面的意见，办理编号20230000123。")


DEFECTS: tuple[Defect, ...] = (
    firing(
        "C03",
        "正文出现其他年度",
        _aside("个别{before}年立项的工程尾款已按规定结清。", "部分资料沿用{before}年度的统计口径。"),
    ),
    near_miss(
        "C03", "文号、文件名称中的年度", _aside("按《{before}年绩效管理办法》和〔{last}〕12号文，执行更加严格。")
    ),
    firing("C05", "报告日期早于年度结束", _date("填报日期：{year}年11月3日")),
    near_miss("C05", "报告日期在截止之前", _date("填报日期：{next}年6月30日")),
    firing("C06", "缺少模板要求的部分", _omit),
    near_miss("C06", "各部分齐全", _without_grade),
    firing(
        "C12",
        "引号没有配对",
        _aside("各科室认真落实“谁支出、谁负责的要求，逐项核对。", "相关资料（含合同、票据均已归档。"),
    ),
    near_miss("C12", "引号、括号成对", _aside("各科室认真落实“谁支出、谁负责（含协办科室）”的要求，逐项核对。")),
    firing("C50", "自称是其他单位", _of_another("我单位（{other}）对上述绩效信息的真实性负责。")),
    near_miss("C50", "提到其他单位", _of_another("年内还与{other}就绩效管理工作开展了交流。")),
    firing(
        "C51",
        "错别字",
        _aside("绩效工作由财务科统一布署，各科室配合。", "对各钟偏差及时分析原因。", "项目资金及时拔付到位。"),
    ),
    near_miss("C51", "与错别字相近的正确写法", _aside("各项目按排名先后安排复核，公布署名的评价意见。")),
    firing("C52", "正文有个人手机号码", _mobile),
    near_miss("C52", "热线和编号不是个人号码", _hotline),
)
