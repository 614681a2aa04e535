"""Self-evaluation forms; their rows stand in fact_form_funding and fact_indicator."""

from warehouse.schema import Column, ForeignKey, Kind, Table
from warehouse.tables.common import (
    DOCUMENT_KEY,
    FACT_COLUMNS,
    FACT_KEYS,
    FORM,
    FORM_KINDS,
    PROJECT_KEY,
    TO_DOCUMENT,
    TO_PROJECT,
    key,
    nullable,
    position,
    text,
)


def _points(name: str, title: str, title_en: str) -> Column:
    return Column(name, Kind.QUANTITY, title, title_en, nullable=True, minimum=0, maximum=1000, unit="分", source=FORM)


TABLE = Table(
    schema="core",
    name="fact_form",
    title="绩效自评表",
    title_en="Self-evaluation forms",
    grain="每份自评表一行",
    columns=(
        key("form_key", "自评表键", "Form key"),
        *FACT_COLUMNS,
        DOCUMENT_KEY,
        Column("kind", Kind.TEXT, "自评表种类（整体、项目）", "Kind of form", allowed=FORM_KINDS, source=FORM),
        nullable(PROJECT_KEY),
        position(FORM),
        _points("total_score", "总分", "Total score"),
        text("grade", "等级", "Grade", FORM, nullable=True),
        _points("execution_weight", "预算执行率权重", "Weight of execution"),
        _points("execution_score", "预算执行率得分", "Score of execution"),
    ),
    primary_key=("form_key",),
    foreign_keys=(*FACT_KEYS, TO_DOCUMENT, TO_PROJECT),
    is_large=True,
)

TO_FORM = ForeignKey(("form_key",), "core.fact_form", ("form_key",))
"""For the tables of a form's rows."""
