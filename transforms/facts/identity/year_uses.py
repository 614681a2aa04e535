"""Years named for what became of an evaluation: the results of an earlier one taken up, a later budget built on them.

Which sentences say what a report is about is for reading.py.
"""

from __future__ import annotations

import re

from transforms.facts.outline.mentions import Span
from transforms.facts.years import Year

_TITLE = re.compile(
    r"(?:上一?|去|前一?|以?往|历|以前)年度?(?:的|部门|整体|绩效|支出|预算)*(?:自评|评价|审计|考核|问题|建议)"
    r"|(?:评价?|结果|成果)(?:的)?(?:应用|运用|使用)|整改"
)
_TAKEN_UP = re.compile(
    r"(?:根据|依据|据|按照?|参照|参考|结合|针对|[运应利]用|落实|对照|[吸汲]取|沿用|延续|借鉴|围绕|对|将|把|就|依)"
    r"(?:(?:我|本)[街镇]道?|(?:我|本)?(?:部门|单位|局)|区(?:财政局)?)?(?:上一?年度?)?(?:开展|进行)?的?[(]?$"
)
_LONGEST_LEAD = 16
_RESULT = re.compile(
    r"[^。;,]{0,16}?(?:自评|评价|考核|审计|监控|检查|评审)[^。;,\d]{0,8}?"
    r"(?:结果|情况|结论|等次|等级|意见|建议|问题|报告|发现|反映|提出|指出)"
)
_FOUND = re.compile(
    r"[^。;,]{0,16}?(?:自评|评价|考核|审计|监控|检查|评审)(?:工作|结果|报告)?(?:时|中|所)?"
    r"(?:发现|反映|提出|指出|查出|暴露|扣分|失分|基础上|以来)"
)
"""What an evaluation brought to light."""
_SAID_OF_IT = re.compile(r"得分|评分|总分|得\d|\d分(?!别)|执行率|(?:等级|等次|评定|评)[为是]|为[“\"]?[优良中差]")
"""What is said of a result itself: its year is that of the report."""
_BASIS = re.compile(r"[^。;,]{0,24}(?:依据|参考|挂钩|基础)")
_BASED_ON = re.compile(r"结果|成果|结论|自评|评价")
_DRAWN_UP = re.compile(r"[^。;,]{0,12}预算(?:的)?(?:编制|编报|安排|申报)|[^。;,]{0,6}预算时")
_TO_COME = re.compile(r"[将拟]|下一?步|今后|计划|用于|[应运]用|予以|参考|依据|作为")
"""What is said of the budget to come."""
_FOR = re.compile(r"(?:应用|运用|用|作用|落实)(?:于|到|至|在)(?:编制|安排|编报)?$|挂钩$")


def is_of_use(title: str) -> bool:
    """Whether a heading announces what became of an evaluation, mostly that of the year before."""
    return _TITLE.search(title) is not None


def is_used(text: str, year: Year, sentence: Span, expected: int | None) -> bool:
    """Whether a year is that of a result taken up (根据上年的自评结果), of a budget that results serve or, later than
    the ``expected`` one, of a budget still to be drawn up."""
    before = max(sentence.start, year.start - _LONGEST_LEAD)
    result = _RESULT.match(text, year.stop, sentence.end) if _TAKEN_UP.search(text, before, year.start) else None
    result = result or _FOUND.match(text, year.stop, sentence.end)
    if result:
        return _SAID_OF_IT.search(text, result.end(), sentence.end) is None
    if expected is not None and year.value > expected and _DRAWN_UP.match(text, year.stop, sentence.end):
        return _TO_COME.search(text, *sentence) is not None
    is_for = _FOR.search(text, before, year.start) or _BASIS.match(text, year.stop, sentence.end)
    return bool(is_for) and _BASED_ON.search(text, sentence.start, year.start) is not None
