"""Departments by period of validity (type 2); no figures of any year."""

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import DEPARTMENT_ID, REGISTRY, key, text

TABLE = Table(
    schema="core",
    name="dim_department",
    title="单位",
    title_en="Departments (type 2)",
    grain="每个单位的每段有效期一行",
    columns=(
        key("department_key", "单位键（有效期版本）", "Department key, one a period of validity"),
        DEPARTMENT_ID,
        text("name", "单位全称", "Full name", REGISTRY),
        text("short_name", "单位简称", "Short name", REGISTRY),
        Column("kind", Kind.TEXT, "单位类别", "Kind", allowed=("街道", "镇", "其他"), source=REGISTRY),
        text("division_code", "行政区划代码", "Division code", REGISTRY, nullable=True),
        text("district_code", "所属区县代码", "District code", REGISTRY, nullable=True),
        text("district_name", "所属区县", "District", REGISTRY, nullable=True),
        Column("valid_from", Kind.DATE, "有效期起", "Valid from", nullable=True, source=REGISTRY),
        Column("valid_to", Kind.DATE, "有效期止", "Valid to, inclusive", nullable=True, source=REGISTRY),
        Column("is_current", Kind.BOOLEAN, "是否现行", "Whether current (valid_to is NULL)", source=REGISTRY),
    ),
    primary_key=("department_key",),
    unique=(("department_id", "valid_from"),),
    checks=(
        Check("period_order", "valid_to >= valid_from", "有效期止不得早于有效期起"),
        Check("current_is_open", "is_current = (valid_to IS NULL)", "现行版本的有效期止须为空，其余须不为空"),
    ),
    warning="更名或改制的单位有多行；按单位统计请用 department_id，不要用 department_key 或 name。",
)
