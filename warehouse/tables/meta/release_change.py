"""What differs from the release before, by department and table."""

from warehouse.schema import Column, ForeignKey, Kind, Table
from warehouse.tables.common import DEPARTMENT_ID, SYSTEM, TO_DEPARTMENT_ID, text


def _rows(name: str, title: str, title_en: str) -> Column:
    return Column(name, Kind.BIGINT, title, title_en, minimum=0, unit="行", source=SYSTEM)


TABLE = Table(
    schema="meta",
    name="release_change",
    title="发布版本的变化",
    title_en="Changes of a release",
    grain="每次发布中每个单位每张有变化的表一行",
    columns=(
        text("release_id", "发布编号", "Release", SYSTEM),
        DEPARTMENT_ID,
        text("table_name", "数据表（含模式名）", "Table, with its schema", SYSTEM),
        _rows("rows_added", "新增行数", "Rows added"),
        _rows("rows_removed", "移除行数", "Rows removed"),
    ),
    primary_key=("release_id", "department_id", "table_name"),
    foreign_keys=(ForeignKey(("release_id",), "meta.release", ("release_id",)), TO_DEPARTMENT_ID),
    volatile=("release_id",),
    warning="改动的行计为移除一行、新增一行。",
)
