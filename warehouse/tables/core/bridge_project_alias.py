"""Names under which projects appear, with the certainty of the match; proposals do not merge projects."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import PROJECT_KEY, REPORT_TABLE, SYSTEM, TO_PROJECT, text

TABLE = Table(
    schema="core",
    name="bridge_project_alias",
    title="项目别名",
    title_en="Project aliases (bridge)",
    grain="每个项目的每个出现名称一行",
    columns=(
        PROJECT_KEY,
        text("alias", "出现名称", "Name as it appears", REPORT_TABLE),
        Column(
            "certainty",
            Kind.TEXT,
            "确定程度",
            "Certainty",
            allowed=("certain", "proposed", "decided"),
            source=SYSTEM,
        ),
        text("basis", "认定依据", "Basis", SYSTEM, nullable=True),
    ),
    primary_key=("project_key", "alias"),
    foreign_keys=(TO_PROJECT,),
    warning="proposed 仅为疑似，尚未合并；只有 certain 与 decided 的名称属于同一项目。",
)
