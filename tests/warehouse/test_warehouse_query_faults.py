"""Queries that cannot be run: each is told in one Chinese sentence that says what to write instead."""

import pytest

from warehouse.connection import open_reader
from warehouse.desk import run_query
from warehouse.errors import UsageError

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def reader(release):
    with open_reader(release.database, confined=True) as connection:
        yield connection


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select * from covrage", "没有数据表或视图“covrage”。是不是coverage、"),
        ("select * from core.dim_departmnt", "“dim_departmnt”。是不是dim_department、"),
        ("from 报表.绝无此表", "没有数据表或视图“绝无此表”。全部名称见发布中的 dictionary.html"),
        ("select * from nix.coverage", "没有“nix”这一组表。表名前可写 core、mart"),
        ("select department from mart.coverage", "没有列“department”。是不是department_id、department_name、"),
        ("select c.nix from mart.coverage as c", "没有列“nix”。"),
        ("select x.fiscal_year from mart.coverage", "FROM 中没有“x”这张表"),
        ("select summe(1)", "没有函数“summe”"),
        ("select fiscal_year\nfro mart.coverage as c", "第 2 行“mart”处写错"),
        ("select * from mart.coverage where", "查询没有写完"),
        ("select 'x", "引号没有成对"),
        ("select sum(department_name) from mart.coverage", "sum(VARCHAR) 的参数个数或类型不对"),
        ("from mart.search()", "应写成 search(words, "),
        ("select department_id, count(*) from mart.coverage", "列“department_id”没有汇总，请写入 GROUP BY"),
        (
            "select fiscal_year from mart.coverage join mart.large_projects using (department_id)",
            "列“fiscal_year”不止一张表有，请写明是 coverage.fiscal_year 或 large_projects.fiscal_year",
        ),
        ("select * from mart.coverage where fiscal_year = '二〇二一'", "文字“二〇二一”不能转换成 INT32"),
        ("select * from mart.coverage where department_name > 3", "两种类型不能比较"),
        ("from read_csv('/etc/hosts')", "不能读写其他文件"),
        ("select date '2020-13-01'", "有的值不能转换成所要的类型（date field value out of range"),
        ("select * from mart.coverage order by 99", "查询写得不对（ORDER term out of range"),
        ("select error('x')", "DuckDB 不接受（x）"),
        ("insert into core.dim_project values (1)", "只能查询，不能修改"),
        ("delete from core.fact_goal; select 1", "一次只能执行一条查询"),
        ("set threads = 1", "也不能改设置"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(reader, query, said):
    with pytest.raises(UsageError) as refused:
        run_query(reader, query)
    assert said in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "query",
    [
        "show all tables",
        "describe core.fact_goal",
        "summarize mart.coverage",
        "explain select 1",
        "call pragma_version()",
        "pivot mart.project_execution on fiscal_year using sum(budget_yuan)",
        "pivot (from mart.project_execution) on fiscal_year using sum(budget_yuan) group by department_id;",
        "with y as (select 2021 as n) select n from y",
    ],
)
def test_whatever_only_reads_is_run(reader, query):
    assert run_query(reader, query)[1] != []


def test_two_pivots_are_two_queries(reader):
    pivot = "pivot mart.project_execution on fiscal_year using sum(budget_yuan)"
    with pytest.raises(UsageError, match="一次只能执行一条查询"):
        run_query(reader, f"{pivot}; {pivot}")
