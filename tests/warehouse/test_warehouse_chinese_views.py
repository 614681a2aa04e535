"""Schema 报表: the same views under Chinese names that can be typed; made anew with each release."""

import re
from dataclasses import replace

import pytest
from warehouse_rows import database, insert, records

from warehouse.registry import quote_name
from warehouse.views import views
from warehouse.views.chinese import SCHEMA, chinese_view, identifier
from warehouse.views.creation import column_types, create_views, created_views

pytestmark = pytest.mark.contract

LONGEST = 12
NAME = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def warehouse():
    connection = database()
    department = {"department_key": 1, "department_id": "a", "name": "某区甲街道", "short_name": "甲街道"}
    insert(connection, "core.dim_department", department)
    insert(connection, "core.fact_department_budget", {"submission_key": 7, "department_key": 1, "fiscal_year": 2021})
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def made(warehouse):
    return {view.qualified_name: (view, types) for view, types in created_views(warehouse)}


def test_every_view_has_a_twin_with_as_many_columns_of_the_same_types(warehouse, made):
    assert len(made) == 2 * len(views())
    for view in views():
        types = column_types(warehouse, view)
        twin = chinese_view(view, types)
        assert twin.schema == SCHEMA
        assert list(column_types(warehouse, twin).values()) == list(types.values())
        assert made[twin.qualified_name][1] == column_types(warehouse, twin)


def test_names_are_chinese_unique_and_short(made):
    twins = [view for view, _ in made.values() if view.schema == SCHEMA]
    names = [view.name for view in twins]
    assert len(set(names)) == len(names)
    for view in twins:
        assert len(set(view.described)) == len(view.described)
        for name in (view.name, *view.described):
            assert NAME.fullmatch(name), name
            assert len(name) <= LONGEST, name


def test_names_need_no_quotes(warehouse, made):
    for view, types in made.values():
        warehouse.execute(f"SELECT {', '.join(types)} FROM {view.qualified_name}")
        assert quote_name(view.qualified_name) == ".".join(f'"{part}"' for part in view.qualified_name.split("."))


def test_twins_show_the_same_rows(warehouse):
    rows = records(warehouse, "SELECT 单位简称, 预算年度, 报送版本键 FROM 报表.部门预算执行情况")
    assert rows == [{"单位简称": "甲街道", "预算年度": 2021, "报送版本键": 7}]


def test_examples_speak_chinese_and_run(warehouse, made):
    for view, _ in made.values():
        assert view.qualified_name in view.example
        warehouse.execute(view.example)
    example = made["报表.人员结构"][0].example
    assert example.startswith(
        "SELECT 单位简称, 总人数, 编外占比, 编制使用率\nFROM 报表.人员结构\nWHERE 预算年度 = 2021"
    )


def test_warnings_name_columns_as_the_twin_does(made):
    assert "见备注" in made["报表.部门预算执行情况"][0].warning
    assert "is_inferred" not in made["报表.支出功能分类构成"][0].warning


def test_twins_and_their_columns_carry_comments(warehouse):
    rows = warehouse.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE schema_name = '报表' "
        "UNION ALL SELECT view_name, NULL, comment FROM duckdb_views() WHERE schema_name = '报表'"
    ).fetchall()
    comments = {row[:2]: row[2] for row in rows}
    assert all(comments.values())
    assert comments["人员结构", "编外占比"] == "编外占比，单位：比例（1 即 100%）"
    assert comments["人员结构", None].startswith("人员结构：每个单位每个年度现行的已采纳版本一行。注意：")


def test_what_stands_in_brackets_is_no_part_of_a_name():
    assert identifier("全年（调整后）预算数") == "全年预算数"
    assert identifier("规则触发率（不通过 ÷ 作出判断的报送）") == "规则触发率"


def test_two_columns_of_one_name_are_refused(warehouse):
    (view,) = (view for view in views() if view.name == "coverage")
    doubled = {**view.described, "base_yuan": view.described["listed_row_count"]}
    with pytest.raises(ValueError, match=r"mart\.coverage: two columns have the same Chinese name"):
        chinese_view(replace(view, described=doubled), column_types(warehouse, view))


def test_views_of_an_earlier_release_go(warehouse):
    warehouse.execute("BEGIN")
    warehouse.execute("CREATE VIEW 报表.旧名 AS SELECT 1")
    warehouse.execute("CREATE VIEW mart.old AS SELECT 1")
    create_views(warehouse)
    left = warehouse.execute("SELECT count(*) FROM duckdb_views() WHERE view_name IN ('旧名', 'old')").fetchone()
    warehouse.execute("ROLLBACK")
    assert left == (0,)
