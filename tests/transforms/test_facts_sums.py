"""Stated sums with the parts that stand behind or in front of them."""

from decimal import Decimal

import pytest
from report_cases import facts_of, table

pytestmark = pytest.mark.unit


def read(told: str, heading: str = "三、工作成效") -> list[tuple[str, str, str]]:
    """The sum, its parts added up, and the word that says whether these are all."""
    return [
        (f"{row.value:f}", f"{sum(map(Decimal, row.addends)):f}", row.word)
        for row in facts_of(f"{heading}\n\n{told}\n").sums
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("经费31.20万元，其中用车21.40万元，接待5.90万元，出国4.90万元。", ("312000.00", "322000.00", "其中")),
        ("清运垃圾5.20万吨，其中厨余1.80万吨、其他3.60万吨。", ("52000.00", "54000.00", "其中")),
        ("支出1.20亿元，其中人员8,000万元，项目5,000万元。", ("120000000.00", "130000000", "其中")),
        ("慰问金12.60万元（困难家庭6.20万元、其他7.00万元）。", ("126000.00", "132000.00", "其中")),
        ("绿道6.5公里，分别为东段2.0公里、西段2.5公里、南段1.0公里。", ("6.5", "5.5", "分别为")),
        ("支出860万元，包括：人员500万元；公用200万元；项目150万元。", ("8600000", "8500000", "包括")),
        ("支出300万元，由养护120万元、保洁150万元、巡查40万元组成。", ("3000000", "3100000", "由")),
        ("新增碧道共计8.4公里，其中东段5.2公里，西段3.5公里。", ("8.4", "8.7", "共计")),
        ("投入180万元，其中道路、绿化、照明分别为90、50、60万元。", ("1800000", "2000000", "其中")),
    ],
)
def test_parts_behind_their_sum(told, expected):
    assert read(told) == [expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("收入构成为拨款3,100.00万元，其他130.00万元，收入合计3,200.00万元。", ("32000000.00", "32300000.00", "合计")),
        ("拨付甲社区10.5万元、乙社区12.3万元，两个社区合计23.8万元。", ("238000.0", "228000.0", "合计")),
        ("采购沙袋8.4万元、水泵15.2万元，共24.6万元。", ("246000.0", "236000.0", "共")),
        ("道路、绿化、照明分别投入90、50、60万元，合计180万元。", ("1800000", "2000000", "合计")),
        ("道路占35.2%、绿化占28.4%、照明占38.4%，合计100.0%。", ("100.0", "102.0", "合计")),
        ("垃圾30吨；绿化3公里；道路2公里，合计6公里。", ("6", "5", "合计")),
    ],
)
def test_parts_in_front_of_their_sum(told, expected):
    assert read(told) == [expected]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("减量53吨，其中厨余18吨、其他35吨，比上年增加5吨。", ("53", "53", "其中")),
        ("投入100万元，其中市级60万元、区级40万元，带动投资80万元。", ("1000000", "1000000", "其中")),
        ("付款230万元，其中上半年90万元，下半年140万元，按类别分为工程150万元、服务80万元。", ("2300000",) * 2),
        ("收集48吨，其中废纸30吨，包括纸箱20吨、报纸10吨，塑料18吨。", ("48", "48", "其中")),
        ("投入300万元，其中：1、道路150万元；2、绿化100万元；3、照明50万元。", ("3000000", "3000000", "其中")),
        ("合计6.05万元，其中甲2.02万元、乙2.02万元、丙2.02万元。", ("60500.00", "60600.00", "合计")),
        ("2020年、2021年、2022年分别投入10、20、30万元，三年合计60万元。", ("600000", "600000", "合计")),
        ("安排150万元，包括道路80万元、绿化50万元等。", ("1500000", "1300000", "其中")),
    ],
)
def test_what_else_stands_there_is_no_part(told, expected):
    assert read(told)[0][: len(expected)] == expected


@pytest.mark.parametrize(
    "told",
    [
        "监控资金430万元，其中50万元以上的项目2项252万元，跨年的200万元。",
        "总投资500万元，其中道路预算200万元、支出190万元，绿化预算150万元、支出140万元。",
        "支出95万元（预算120万元，节约25万元）。",
        "新增A段60公里、B段50公里，全镇绿道合计120公里。",
        "上年结转20万元，本年收入80万元，支出90万元，收支合计100万元。",
        "总支出100万元，其中基本支出40万元，项目支出55万元。",
        "甲村投入30万元、乙村25万元及其他资金，合计80万元。",
        "合计支出90万元，其中工程60万元，其中材料50万元；服务20万元。",
        "甲工程60万元，其中材料50万元；乙工程20万元；丙工程30万元。",
        "支出90万元，其中工程60万元，其中材料50万元，服务20万元。",
        "共收运3吨，甲村投入30万元，乙村25万元。",
    ],
)
def test_what_is_no_sum_of_these(told):
    assert read(told) == []


def test_people_and_things_among_duties_are_counted_elsewhere():
    told = "名册合计36个，其中甲20个，乙18个；经费合计36万元，其中甲20万元，乙18万元。"
    assert [word for *_, word in read(told)] == ["合计", "合计"]
    assert read(told, "一、部门概况") == [("360000", "380000", "合计")]


@pytest.mark.parametrize(
    ("told", "is_additive"),
    [
        ("投放垃圾桶420个，包括东片180个、西片160个、南片90个。", True),
        ("添置桌椅60套，分别为甲馆30套、乙馆40套。", True),
        ("投放垃圾桶420个，其中分类桶380个、大桶90个。", False),
        ("走访300户，包括低保120户、独居老人200户。", False),
    ],
)
def test_things_do_not_overlap_where_all_are_listed(told, is_additive):
    assert [row.is_additive for row in facts_of(f"三、工作成效\n\n{told}\n").sums] == [is_additive]


def columns(*rows: str, title: str = "收入来源（单位：万元）") -> list[tuple[str, str, str, str]]:
    """What the columns of a table state and come to, with their unit, and where."""
    facts = facts_of(f"三、收支情况\n\n{title}\n\n{table(*rows)}")
    sources = {one.row_ordinal: one for one in facts.sources if one.group == "sums"}
    return [
        (
            f"{row.value:f}",
            f"{sum(map(Decimal, row.addends)):f}",
            row.unit,
            f"{sources[row.ordinal].row_number}/{sources[row.ordinal].column_number}",
        )
        for row in facts.sums
    ]


def test_columns_of_tables_with_a_row_of_their_sums():
    rows = ("来源|年初|全年|占比", "拨款|50.00|60.00|90%", "基金|5.00|—|10%", "合计|55.00|61.00|100%")
    assert columns(*rows) == [("550000.00", "550000.00", "元", "3/2")]
    assert columns(*rows[:2], "基金|5.00|2.00|10%", rows[3])[1] == ("610000.00", "620000.00", "元", "3/3")


@pytest.mark.parametrize(
    "rows",
    [
        ("类别|金额", "收入|60.00", "其中：拨款|50.00", "其他|20.00", "合计|80.00"),
        ("类别|金额", "上年结转|20.00", "本年收入|80.00", "合计|100.00"),
    ],
)
def test_parts_of_parts_are_left_aside_in_tables(rows):
    assert [stated == observed for stated, observed, *_ in columns(*rows)] == [True]


@pytest.mark.parametrize(
    "rows",
    [
        ("类别|人数", "行政|60", "事业|50", "合计|120"),
        ("指标|得分", "产出|40", "效益|50", "合计|95"),
        ("类别|金额", "拨款|60.00", "基金|若干", "合计|80.00"),
        ("类别|金额", "拨款|60.00", "合计|80.00"),
        ("类别|金额", "本年收入合计|60.00", "上年结转|10.00", "其他|15.00", "总计|80.00"),
        ("类别|单价|占比", "甲|60.00|2", "乙|50.00|3", "合计|80.00|4"),
        ("类别|金额", *(f"{name}|10.00" for name in "甲乙丙丁戊己庚辛壬癸子丑寅"), "合计|120.00"),
    ],
)
def test_tables_whose_columns_are_no_sums(rows):
    assert columns(*rows) == []
