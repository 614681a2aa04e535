"""The outcome of each rule on each submission version; single violations stand in quality.finding."""

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import (
    CATALOGUE,
    CATALOGUE_VERSION,
    JUDGEMENT,
    SUBMISSION_KEY,
    TO_RULE,
    TO_VERSION,
    text,
)

TABLE = Table(
    schema="quality",
    name="evaluation",
    title="规则评判",
    title_en="Evaluations",
    grain="每条规则对每个报送版本一行",
    columns=(
        text("rule_id", "规则编号", "Rule", CATALOGUE),
        SUBMISSION_KEY,
        Column(
            "outcome",
            Kind.TEXT,
            "结果（通过、不通过、不适用）",
            "Outcome",
            allowed=("pass", "fail", "not_applicable"),
            source=JUDGEMENT,
        ),
        text("reason", "不适用的原因", "Reason", JUDGEMENT, nullable=True),
        text("observed", "实际", "Observed", JUDGEMENT, nullable=True),
        text("expected", "应为", "Expected", JUDGEMENT, nullable=True),
        text("difference", "差额", "Difference", JUDGEMENT, nullable=True),
        CATALOGUE_VERSION,
    ),
    primary_key=("rule_id", "submission_key"),
    foreign_keys=(TO_RULE, TO_VERSION),
    checks=(Check("reason_given", "outcome <> 'not_applicable' OR reason IS NOT NULL", "不适用须写明原因"),),
    is_large=True,
)
