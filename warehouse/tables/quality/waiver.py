"""Waivers in force, as people decided them; expired ones stop by themselves and are not listed."""

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import DECISION, DEPARTMENT_ID, FISCAL_YEAR, TO_DEPARTMENT_ID, TO_RULE, text

TABLE = Table(
    schema="quality",
    name="waiver",
    title="生效的豁免",
    title_en="Waivers in force",
    grain="每条规则对每个单位每个年度一行",
    columns=(
        text("rule_id", "规则编号", "Rule", DECISION),
        DEPARTMENT_ID,
        FISCAL_YEAR,
        text("reason", "理由", "Reason", DECISION),
        text("decided_by", "决定人", "Decided by", DECISION),
        Column("decided_on", Kind.DATE, "决定日期", "Decided on", nullable=True, source=DECISION),
        Column("valid_until", Kind.DATE, "有效期至", "Valid until, inclusive", nullable=True, source=DECISION),
    ),
    primary_key=("rule_id", "department_id", "fiscal_year"),
    foreign_keys=(TO_RULE, TO_DEPARTMENT_ID),
    checks=(Check("period_order", "valid_until >= decided_on", "有效期不得早于决定日期"),),
)
