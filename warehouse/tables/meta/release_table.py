"""Row counts and content checksums of the tables of a release."""

from warehouse.schema import Column, ForeignKey, Kind, Table
from warehouse.tables.common import SYSTEM, text

TABLE = Table(
    schema="meta",
    name="release_table",
    title="发布版本的数据表",
    title_en="Tables of a release",
    grain="每次发布的每张表一行",
    columns=(
        text("release_id", "发布编号", "Release", SYSTEM),
        text("table_name", "数据表（含模式名）", "Table, with its schema", SYSTEM),
        Column("row_count", Kind.BIGINT, "行数", "Rows", minimum=0, unit="行", source=SYSTEM),
        text("checksum", "内容校验值", "Content checksum, volatile columns left out", SYSTEM),
    ),
    primary_key=("release_id", "table_name"),
    foreign_keys=(ForeignKey(("release_id",), "meta.release", ("release_id",)),),
    volatile=("release_id",),
)
