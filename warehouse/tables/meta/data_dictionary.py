"""The data dictionary: every column of every table and view of a release."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import SYSTEM, text

TABLE = Table(
    schema="meta",
    name="data_dictionary",
    title="数据字典",
    title_en="Data dictionary",
    grain="每张表或视图的每一列一行",
    columns=(
        text("schema_name", "模式", "Schema", SYSTEM),
        text("table_name", "表或视图", "Table or view", SYSTEM),
        text("column_name", "列", "Column", SYSTEM),
        Column("position", Kind.INTEGER, "列序号", "Position from 1", minimum=1, source=SYSTEM),
        text("data_type", "数据类型", "Data type", SYSTEM),
        text("title_zh", "中文名", "Chinese title", SYSTEM),
        text("title_en", "英文名", "English title", SYSTEM),
        text("unit", "单位", "Unit", SYSTEM, nullable=True),
        text("source", "来源", "Source", SYSTEM, nullable=True),
        text("warning", "使用提示", "Usage warning", SYSTEM, nullable=True),
        Column("is_nullable", Kind.BOOLEAN, "可否为空", "Whether it may be empty", source=SYSTEM),
        Column("allowed_values", Kind.TEXT_LIST, "可取的值", "Permitted values", nullable=True, source=SYSTEM),
        Column(
            "raw_headings",
            Kind.TEXT_LIST,
            "原文中的表头或用语",
            "Headings and words of the source that feed the column",
            nullable=True,
            source=SYSTEM,
            warning="已统一为半角并去掉空格；正文中的数只列常见的说法。系统计算的列为空。",
        ),
        text("table_title_zh", "表或视图的中文名", "Chinese title of the table", SYSTEM),
        text("table_title_en", "表或视图的英文名", "English title of the table", SYSTEM),
    ),
    primary_key=("schema_name", "table_name", "column_name"),
)
