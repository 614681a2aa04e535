"""Tables of labels with sentences beside them, read as running text is."""

import pytest
from report_cases import blocks, facts_of, headcount, table, value

pytestmark = pytest.mark.unit

OWN = "云山市东湖区人民政府白鹤街道办事处"
STAFF = {"established": 80, "administrative": 45, "institution": 35}


def facts_beside(*rows: str, heading: str = "一、基本信息"):
    return facts_of(blocks(heading, table(*rows), "二、年度目标", "保持道路整洁。"))


@pytest.mark.parametrize(
    "row",
    [
        "在编人员|80人（行政45人、事业35人）",
        "人员情况|在编80人，其中行政编制45人，事业编制35人",
        "人员编制|年末实有在编人员80名：公务员45名，事业人员35名。",
        "在职在编人员|80人，其中：行政45人，事业35人",
        "2.人员构成|在编人员80人（其中行政人员45人，事业人员35人）",
    ],
)
@pytest.mark.parametrize("header", ["项目|内容", "指标|情况说明"])
def test_staff_told_in_a_cell(row: str, header: str) -> None:
    facts = facts_beside(header, "部门名称|白鹤街道办事处", row)
    assert headcount(facts) == STAFF
    people = [one for one in facts.sources if one.group == "figures" and one.column == "people"]
    assert {(one.table_number, one.row_number, one.column_number) for one in people} == {(1, 2, 2)}


def test_staff_told_in_tables_of_three_and_four_columns() -> None:
    cell = "80人（行政45人、事业35人）"
    assert headcount(facts_beside("序号|项目|内容", f"1|在编人员|{cell}", "2|地址|河岸路1号")) == STAFF
    assert headcount(facts_beside("项目|内容|项目|内容", f"名称|白鹤街|在编人员|{cell}")) == STAFF


@pytest.mark.parametrize(
    "rows",
    [
        ("科室|职责", "城建办|在编人员80人，其中行政45人、事业35人"),
        ("项目|内容", "培训场次|培训在编人员80人，其中行政45人、事业35人"),
        ("项目|内容|完成", "在编人员|80人（行政45人、事业35人）|是"),
    ],
)
def test_what_stands_beside_no_label_of_staff_is_none(rows: tuple[str, ...]) -> None:
    assert headcount(facts_beside(*rows)) == {}


UNITS = ["综合服务中心", "文化站", "白鹤街小学"]


@pytest.mark.parametrize(
    "row",
    [
        "所属预算单位|共4个：街道本级、综合服务中心、文化站、白鹤街小学",
        "预算单位|共有4个，分别为街道本级、综合服务中心、文化站、白鹤街小学。",
        "机构设置|纳入部门预算的单位4个，包括街道本级、综合服务中心、文化站、白鹤街小学",
        "单位构成|预算单位共4个，即街道本级和3个下属单位：综合服务中心、文化站、白鹤街小学",
        "基本情况|本部门预算单位共4个：街道本级、综合服务中心、文化站、白鹤街小学。在编80人。",
    ],
)
def test_units_told_in_a_cell(row: str) -> None:
    facts = facts_beside("项目|内容", "部门名称|白鹤街道办事处", row)
    assert [one.name for one in facts.units] == [OWN, *UNITS]
    assert value(facts, "stated_unit_count") == "4"
    assert {one.line for one in facts.units} == {8}


def test_a_count_of_subordinates_in_a_cell_stays_one() -> None:
    facts = facts_beside("项目|内容", "下属单位|共3个：综合服务中心、文化站、白鹤街小学")
    assert (value(facts, "subordinate_unit_count"), value(facts, "stated_unit_count")) == ("3", None)
    assert [one.name for one in facts.units] == UNITS


def test_a_wrong_count_in_a_cell_is_kept_as_printed() -> None:
    facts = facts_beside("项目|内容", "预算单位|共6个：街道本级、综合服务中心、文化站、白鹤街小学")
    assert (value(facts, "stated_unit_count"), len(facts.units)) == ("6", 4)


@pytest.mark.parametrize(
    "row",
    [
        "预算执行情况|全年预算500.00万元，全年支出450.00万元，预算执行率90.00%",
        "收支情况|2022年全年预算数500.00万元，支出决算数450.00万元，执行率90.00%。",
    ],
)
def test_headline_figures_told_in_a_cell(row: str) -> None:
    facts = facts_beside("项目|内容", row, "自评结论|自评得分95.50分，等级为优")
    figures = ("annual_budget_yuan", "executed_yuan", "stated_execution_rate", "self_score")
    assert [value(facts, name) for name in figures] == ["5000000", "4500000", "0.9", "95.5"]


def test_targets_told_in_a_cell_are_no_headline_figures() -> None:
    facts = facts_beside("类别|内容", "预算执行|预算执行率达到95.00%", heading="一、年度绩效目标")
    assert value(facts, "stated_execution_rate") is None
