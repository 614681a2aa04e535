"""Headings, columns, units and figures that no lexicon entry explains: template drift, for review."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import (
    DOCUMENT_KEY,
    PLACE_COLUMNS,
    READER,
    SUBMISSION_KEY,
    SYSTEM,
    TO_VERSION,
    key,
    text,
)

TABLE = Table(
    schema="quality",
    name="unrecognised",
    title="未能识别的内容",
    title_en="Unrecognised content",
    grain="每处未能识别的标题、列、单位或数字一行",
    columns=(
        key("unrecognised_key", "未识别键", "Unrecognised key"),
        SUBMISSION_KEY,
        DOCUMENT_KEY,
        Column(
            "what",
            Kind.TEXT,
            "内容种类（标题、列、单位、数字）",
            "What it is",
            allowed=("heading", "column", "unit", "figure"),
            source=READER,
        ),
        text("text", "原文", "Text", READER),
        next(column for column in PLACE_COLUMNS if column.name == "line"),
        text("proposal", "建议", "Proposal", SYSTEM, nullable=True),
    ),
    primary_key=("unrecognised_key",),
    foreign_keys=(TO_VERSION,),
    is_large=True,
)
