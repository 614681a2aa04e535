"""Function classes (类) of the government revenue and expenditure classification."""

from warehouse.schema import Table
from warehouse.tables.common import CONFIGURATION, text

TABLE = Table(
    schema="core",
    name="dim_function",
    title="支出功能分类（类）",
    title_en="Function classes",
    grain="每个功能分类的类一行",
    columns=(
        text("function_code", "功能分类代码（类）", "Function class code", CONFIGURATION),
        text("name", "功能分类名称", "Name", CONFIGURATION),
    ),
    primary_key=("function_code",),
)
