"""Composes the figures of the whole department: budget, performance management, conclusion."""

from __future__ import annotations

from decimal import Decimal

from samples.compose.elements import Element, Paragraph
from samples.compose.narrative import goals
from samples.compose.tables import plain_table
from samples.compose.voice import Voice
from samples.figures import chinese_numeral, fraction, money_digits, percent_text
from samples.phrases import wording

WAN = Decimal(10_000)


def stated_rate(voice: Voice) -> tuple[Decimal, str]:
    """The execution rate as the report states it: the fraction and its printed form."""
    finance = voice.report.finance
    decimals = voice.style.rate_decimals if finance.rate_decimals is None else finance.rate_decimals
    rate = fraction(finance.executed, finance.reference, decimals) + finance.rate_shift
    return rate, percent_text(rate, decimals)


def _change(voice: Voice) -> str:
    finance = voice.report.finance
    if finance.change is None:
        return ""
    is_more = finance.change > 0
    texts = wording("statements")["finance"]
    text = voice.say(
        texts["change"],
        WORD="增加" if is_more else "减少",
        CHANGE=voice.money("figure:prior_year_change_yuan", abs(finance.change)),
    )
    if voice.draw.random() < 0.35:
        percent = percent_text(fraction(abs(finance.change), finance.prior, 2), 2)
        text += voice.say(texts["percent"], TREND="增长" if is_more else "下降", PERCENT=percent)
    return text


def _split(voice: Voice) -> str:
    finance = voice.report.finance
    if finance.basic is None or finance.project is None:
        return ""
    return voice.say(
        wording("statements")["finance"]["split"],
        BASIC=voice.money("figure:basic_expenditure_yuan", finance.basic),
        PROJECT=voice.money("figure:project_expenditure_yuan", finance.project),
    )


def _restated(voice: Voice) -> str:
    finance = voice.report.finance
    if finance.restated is None:
        return ""
    amount = voice.money("figure:restated", finance.restated, finance.restated_unit)
    return voice.say(wording("statements")["finance"]["restate"], RESTATED=amount)


def _figure_table(voice: Voice, amounts: dict[str, Decimal | None]) -> Element:
    names = wording("statements")["finance"]["rows"]
    unit, look = voice.style.headline_unit, voice.style.headline_number
    rows = [
        [voice.draw.choice(names[column]), voice.mark(f"figure:{column}", money_digits(yuan, unit, look))]
        for column, yuan in amounts.items()
        if yuan is not None
    ]
    return plain_table(voice, ["指标", f"金额（{unit}）"], rows)


def _finance_table(voice: Voice, closing: str) -> list[Element]:
    finance, texts = voice.report.finance, wording("statements")["finance"]
    amounts = {
        "total_budget_yuan": finance.total,
        "basic_expenditure_yuan": finance.basic,
        "project_expenditure_yuan": finance.project,
    }
    after = voice.say(texts["changed"], CHANGE=_change(voice).removeprefix("，")) if finance.change else ""
    after += _restated(voice) + closing
    table = [Paragraph(voice.say(texts["table_intro"])), _figure_table(voice, amounts)]
    return [*table, Paragraph(after)] if after else table


def finance(voice: Voice) -> list[Element]:
    """The total budget, its change, its split; in prose or in a little table."""
    texts = wording("statements")["finance"]
    figures = voice.report.finance
    closing = voice.say(texts["three"]) if voice.report.speaks_of_three else ""
    if voice.style.money == "table":
        return _finance_table(voice, closing)
    total = voice.say(texts["total"], TOTAL=voice.money("figure:total_budget_yuan", figures.total))
    return [Paragraph(f"{total}{_change(voice)}。{_split(voice)}{_restated(voice)}{closing}")]


def _threshold(voice: Voice, yuan: Decimal) -> str:
    wan = int(yuan / WAN)
    forms = (f"{wan}万元", f"{wan}万", f"{chinese_numeral(wan)}万元")
    return voice.mark("figure:large_project_threshold_yuan", voice.draw.choices(forms, (6, 4, 1))[0])


def _monitored(voice: Voice) -> str:
    figures, texts = voice.report.finance, wording("statements")["management"]
    if figures.monitored is None:
        return ""
    text = voice.say(texts["monitor"], MONITORED=voice.money("figure:monitored_yuan", figures.monitored))
    if figures.threshold is None or figures.large is None:
        return f"{text}。"
    choices = [choice for choice in texts["large"] if choice.startswith("，") or not figures.joins_large]
    return text + voice.say(
        choices,
        THRESHOLD=_threshold(voice, figures.threshold),
        COUNT=voice.mark("figure:large_project_count", str(figures.large_count)),
        LARGE=voice.money("figure:large_project_yuan", figures.large),
    )


def monitoring(voice: Voice) -> list[Element]:
    """How performance is managed: rules, mid-year monitoring, what came of it."""
    texts = wording("statements")["management"]
    elements: list[Element] = [Paragraph(voice.say(texts["rules"]))]
    elements += [Paragraph(text) for aside in voice.report.asides for text in aside.split("\n")]
    return [*elements, Paragraph(_monitored(voice) + voice.say(texts["closing"]))]


def management(voice: Voice) -> list[Element]:
    """Goals and their management in one section."""
    kinds = Paragraph(voice.say(wording("statements")["goals"]["kinds"]))
    return [*goals(voice), kinds, *monitoring(voice)]


def _score(voice: Voice) -> str:
    figures = voice.report.finance
    if figures.score is None or figures.grade is None:
        return ""
    score = voice.mark("figure:self_score", f"{figures.score.normalize():f}")
    grade = voice.mark("figure:grade", figures.grade)
    return voice.say(wording("statements")["conclusion"]["score"], SCORE=score, GRADE=grade)


def _survey(voice: Voice) -> str:
    if voice.report.survey is None:
        return ""
    count, share = voice.report.survey
    texts = wording("statements")["conclusion"]["satisfied"]
    return voice.say(texts, SAMPLE=str(count), SATISFACTION=f"{share.normalize():f}%")


def _execution(voice: Voice) -> str:
    texts, figures = wording("statements")["conclusion"], voice.report.finance
    slots = {
        "EXECUTED": voice.money("figure:executed_yuan", figures.executed),
        "RATE": voice.mark("figure:stated_execution_rate", stated_rate(voice)[1]),
    }
    if figures.annual is None:
        return voice.say(texts["unstated"], **slots)
    return voice.say(texts["stated"], ANNUAL=voice.money("figure:annual_budget_yuan", figures.annual), **slots)


def conclusion(voice: Voice) -> list[Element]:
    """Annual budget, execution and rate, in prose or in a little table; the score where there is one."""
    texts, figures = wording("statements")["conclusion"], voice.report.finance
    closing = _score(voice) + _survey(voice) + voice.say(texts["comment"])
    if voice.style.money != "table":
        return [Paragraph(_execution(voice) + closing)]
    table = _figure_table(voice, {"annual_budget_yuan": figures.annual, "executed_yuan": figures.executed})
    rate = voice.mark("figure:stated_execution_rate", stated_rate(voice)[1])
    return [
        Paragraph(voice.say(texts["table_intro"])),
        table,
        Paragraph(voice.say(texts["after_table"], RATE=rate) + closing),
    ]
