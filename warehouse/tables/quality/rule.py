"""Rules of the catalogue in force, one row a rule; thresholds by year stay in the catalogue's own files."""

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import (
    CATALOGUE,
    CATALOGUE_VERSION,
    FIRST_YEAR,
    LAST_YEAR,
    LEVEL,
    RESPONSIBLE,
    text,
)


def _year(name: str, title: str, title_en: str) -> Column:
    return Column(
        name,
        Kind.INTEGER,
        title,
        title_en,
        nullable=True,
        minimum=FIRST_YEAR,
        maximum=LAST_YEAR,
        unit="年",
        source=CATALOGUE,
    )


TABLE = Table(
    schema="quality",
    name="rule",
    title="审核规则",
    title_en="Rules",
    grain="每条规则一行",
    columns=(
        text("rule_id", "规则编号", "Rule", CATALOGUE),
        text("title", "规则名称", "Title", CATALOGUE),
        LEVEL,
        Column(
            "stage",
            Kind.TEXT,
            "启用阶段（试行、警告、正式）",
            "Stage: shadow, warning or full level",
            allowed=("shadow", "warning", "full"),
            source=CATALOGUE,
        ),
        Column("phase", Kind.INTEGER, "评判阶段（1 至 7）", "Phase", minimum=1, maximum=7, source=CATALOGUE),
        text("scope", "适用范围", "Scope", CATALOGUE),
        _year("valid_from_year", "适用起始年度", "First fiscal year"),
        _year("valid_to_year", "适用终止年度", "Last fiscal year"),
        text("basis", "依据", "Basis", CATALOGUE, nullable=True),
        text("remedy", "处理办法", "Remedy", CATALOGUE, nullable=True),
        Column(
            "responsible",
            Kind.TEXT,
            "由谁处理（报送单位或财政局）",
            "Who must act",
            allowed=RESPONSIBLE,
            source=CATALOGUE,
        ),
        CATALOGUE_VERSION,
    ),
    primary_key=("rule_id",),
    checks=(Check("year_order", "valid_to_year >= valid_from_year", "适用终止年度不得早于起始年度"),),
)
