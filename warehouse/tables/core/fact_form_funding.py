"""Funding of a form by source; the total row also stands in fact_project_spending (listing form)."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import FORM, SUBMISSION_KEY, SYSTEM, TO_SUBMISSION, key, money, rate
from warehouse.tables.core.fact_form import TO_FORM

TABLE = Table(
    schema="core",
    name="fact_form_funding",
    title="自评表资金来源",
    title_en="Form funding by source",
    grain="每份自评表的每种资金来源一行",
    columns=(
        key("form_funding_key", "资金来源键", "Form funding key"),
        key("form_key", "自评表键", "Form key"),
        SUBMISSION_KEY,
        Column(
            "funding_source",
            Kind.TEXT,
            "资金来源",
            "Source of funds",
            allowed=("合计", "当年财政拨款", "上年结转", "其他"),
            source=FORM,
            warning="合计已含其余来源，不可与其余行相加。",
        ),
        money("initial_yuan", "年初预算数", "Initial budget", FORM, signed=True),
        money("adjusted_yuan", "全年（调整后）预算数", "Adjusted budget", FORM, signed=True),
        money("executed_yuan", "全年执行数", "Executed", FORM, signed=True),
        rate("execution_rate", "计算执行率", "Execution rate, computed", SYSTEM, signed=True),
    ),
    primary_key=("form_funding_key",),
    foreign_keys=(TO_FORM, TO_SUBMISSION),
    is_large=True,
    warning="合计行已含各来源；求和时只取一种 funding_source。",
)
