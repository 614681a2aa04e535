"""Defects of forms: weights, points, grades, indicators, funds, and how many there are.

Every change leaves the rest of its form sound: the total follows its points, amounts agree with the report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from samples.defects.model import Defect, Deforming, Mutation, firing, near_miss, of_forms
from samples.defects.rows import ROW
from samples.defects.structure import amount_table
from samples.forms.content import forms_of, score_of, whole
from samples.forms.model import Form, Indicator
from samples.model import Report

REASON = "受天气影响，部分工作顺延，已加快进度"
UNACCEPTED = "工程已完工，尚未验收"
OUTPUT = ("quantity", "quality", "timeliness")


def _projects(forms: list[Form]) -> list[Form]:
    return [form for form in forms if form.project is not None]


def _first(change: Callable[[Form], None]) -> Deforming:
    """Changes the first form of a project."""
    return lambda forms: change(_projects(forms)[0])


def _make_full(one: Indicator) -> Indicator:
    one.actual, one.score, one.reason = one.target, one.weight, None
    return one


def _of_kind(form: Form, kind: str) -> Indicator:
    return next(one for one in form.indicators if one.kind == kind)


def _quantity(change: Callable[[Indicator], None]) -> Deforming:
    """Changes the first indicator of quantity, which has full marks before."""
    return _first(lambda form: change(_make_full(_of_kind(form, "quantity"))))


def _weigh(form: Form, *shifts: int) -> None:
    """Adds to the weights of the form's first indicators, which have full marks."""
    for one, shift in zip(form.indicators, shifts, strict=False):
        one.weight += shift
        _make_full(one)


def _fall_short(reason: str | None, parts: int = 10) -> Callable[[Indicator], None]:
    """All but one of so many parts of the target reached, the points by the formula."""

    def change(one: Indicator) -> None:
        assert one.target is not None
        one.target *= parts
        one.actual = one.target * (parts - 1) / parts
        one.score, one.reason = score_of(one), reason

    return change


def _lose(points: str) -> Callable[[Indicator], None]:
    def change(one: Indicator) -> None:
        _fall_short(REASON)(one)
        one.score -= Decimal(points)

    return change


def _execution(points: str) -> Deforming:
    return _first(lambda form: setattr(form, "execution_score", form.execution_score - Decimal(points)))


def _grade(words: dict[str, str]) -> Deforming:
    return _first(lambda form: setattr(form, "stated_grade", words[form.grade]))


def _costs(direction: str, actual: str) -> Deforming:
    """The last indicator becomes one of cost."""

    def change(form: Form) -> None:
        form.indicators[-1] = replace(
            _make_full(form.indicators[-1]),
            kind="cost", level_1="产出指标", level_2="成本指标", level_3="单位服务成本", direction=direction,
            target=Decimal(80), actual=Decimal(actual), unit="元/人", words=None,
        )  # fmt: skip

    return _first(change)


def _exceed(share: str) -> Callable[[Indicator], None]:
    def change(one: Indicator) -> None:
        assert one.target is not None
        one.target *= 10
        one.actual = whole(one.target * Decimal(share), one.unit or "")

    return change


def _named(name: str) -> Deforming:
    return _quantity(lambda one: setattr(one, "level_3", name))


def _same_name(kinds: tuple[str, ...]) -> Deforming:
    """The first indicator of one of the kinds bears the name of the first of quantity."""

    def change(form: Form) -> None:
        other = next(one for one in form.indicators if one.kind in kinds)
        other.level_3 = _of_kind(form, "quantity").level_3

    return _first(change)


def _full_marks(forms: list[Form], keeps_all: bool) -> None:
    """Only the projects that spent their budget are evaluated, with full marks each, unless one is kept as it is."""
    full = [form for form in _projects(forms) if form.funds[0].executed == form.funds[0].adjusted]
    for form in full:
        form.indicators = [_make_full(one) for one in form.indicators]
    forms[:] = full
    if not keeps_all:
        _fall_short(REASON)(_of_kind(full[0], "quantity"))


def _spend(report: Report, draw: Random) -> None:
    """All projects but one spend their budget."""
    del draw
    for place, row in enumerate(amount_table(report).rows):
        if place in (0, 1, 2):
            row.spent = row.budget


def _spent(share: str) -> Mutation:
    def change(report: Report, draw: Random) -> None:
        del draw
        row = amount_table(report).rows[ROW]
        assert row.budget is not None
        row.spent = (row.budget * Decimal(share)).quantize(Decimal(1))
        row.completion = ("完成前期准备工作2项", "受招标流标影响，其余款项尚未支付")
        row.needs_texts = True

    return change


def _full_output(forms: list[Form]) -> None:
    """Full marks for the output of projects that spent little."""
    for form in forms:
        total = form.funds[0]
        if form.project is not None and total.executed < total.adjusted * Decimal("0.6"):
            form.indicators = [_make_full(one) if one.kind in OUTPUT else one for one in form.indicators]


def _part_output(forms: list[Form]) -> None:
    """Likewise, but for the indicators of quantity."""
    _full_output(forms)
    for form in _projects(forms):
        _fall_short(REASON)(_make_full(_of_kind(form, "quantity")))


def _unaccepted(form: Form) -> None:
    for one in form.indicators:
        if one.kind == "quantity":
            _make_full(one)
    _of_kind(form, "quality").reason = UNACCEPTED


def _shift(source: int, yuan: int) -> Callable[[Form], None]:
    def change(form: Form) -> None:
        form.funds[source].executed += yuan

    return change


def _balanced(form: Form) -> None:
    _shift(1, -10_000)(form)
    _shift(3, 10_000)(form)


def _say_count(report: Report, draw: Random) -> None:
    del draw
    count = len(_projects(forms_of(report, report.seed)))
    report.asides.append(f"本单位对{count}个项目开展绩效自评。")


def _keep(forms: list[Form]) -> None:
    del forms


def _drop_last(forms: list[Form]) -> None:
    forms.pop()


def _less_basic(report: Report, draw: Random) -> None:
    del draw
    if report.finance.basic is not None:
        report.finance.basic -= 1_230_000


def _low_execution(completion: str) -> Deforming:
    """The form of the project that spent the least of its budget says why in its completion, or says nothing of it."""

    def change(forms: list[Form]) -> None:
        form = min(_projects(forms), key=lambda each: each.funds[0].executed / each.funds[0].adjusted)
        form.completion = completion
        form.indicators = [_make_full(one) for one in form.indicators]

    return change


DEFECTS: tuple[Defect, ...] = (
    *of_forms("F01", "权重合计不是一百", _first(lambda form: _weigh(form, -2)),
        ("权重互有增减，合计一百", _first(lambda form: _weigh(form, -2, 2)))),
    *of_forms("F02", "执行率得分少了半分", _execution("0.5"), ("执行率得分相差不到 0.1", _execution("0.08"))),
    *of_forms("F03", "得分不合公式", _quantity(_lose("1")), ("得分四舍五入", _quantity(_fall_short(REASON, 3)))),
    *of_forms("F04", "未完成而没有原因", _quantity(_fall_short(None)),
        ("未完成而写明原因", _quantity(_fall_short(REASON)))),
    *of_forms("F05", "等级与得分不符", _grade({"优": "中", "良": "优", "中": "良", "差": "中"}),
        ("等级用全称", _grade({"优": "优秀", "良": "良好", "中": "中等", "差": "较差"}))),
    *of_forms("F06", "成本指标越高越好", _costs("≥", "80"), ("成本低于目标", _costs("≤", "72"))),
    *of_forms("F07", "实际为目标的一倍半", _quantity(_exceed("1.5")),
        ("实际为目标的 1.2 倍", _quantity(_exceed("1.2")))),
    *of_forms("F08", "资金支出占比列为数量指标", _named("项目资金支出占比"),
        ("设备使用率列为数量指标", _named("设备使用率"))),
    *of_forms("F09", "同一指标既是产出又是效益", _same_name(("social_benefit", "ecological_benefit")),
        ("同一名称都在产出之下", _same_name(("quality",)))),
    *of_forms("F10", "全部项目满分", lambda forms: _full_marks(forms, keeps_all=True),
        ("一个项目不是满分", lambda forms: _full_marks(forms, keeps_all=False)), _spend),
    *of_forms("F11", "几乎没有支出而产出满分", _full_output, ("几乎没有支出，产出没有满分", _part_output),
        _spent("0.02")),
    *of_forms("F12", "尚未验收而数量满分", _first(_unaccepted),
        ("数量没有满分", _quantity(_fall_short(UNACCEPTED)))),
    *of_forms("F13", "少附一份项目自评表", _drop_last, ("项目自评表份数相符", _keep), _say_count, is_joint=True),
    *of_forms("F14", "资金来源之和不等于总额", _first(_shift(1, 10_000)),
        ("来源之间互有增减", _first(_balanced))),
    *of_forms("C23", "自评表执行率不到九成而没有原因", _low_execution("已完成主要工作。"),
        ("自评表执行率不到九成而写明原因", _low_execution("已完成主要工作，因合同跨年，尾款未付。")),
        _spent("0.85"), "-form"),
    firing("F15", "基本支出与项目支出之和不等于总额", _less_basic),
    near_miss("F15", "基本支出与项目支出之和等于总额", lambda report, draw: None),
)  # fmt: skip
