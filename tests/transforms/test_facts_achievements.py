"""Measured statements: what counts as one, what only looks like it, and what it is called."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from fact_cases import facts_of, real_facts
from hypothesis import given
from hypothesis import strategies as st

from transforms.facts.achievements.metric_names import name_metrics
from transforms.facts.achievements.metric_numbers import find_metrics
from transforms.facts.model import AchievementRow
from transforms.language.text import normalise

pytestmark = pytest.mark.unit


def found(sentence: str) -> list[tuple[str, str]]:
    return [(str(metric.value), metric.unit) for metric in find_metrics(normalise(sentence))]


def names(sentence: str) -> list[str]:
    text = normalise(sentence)
    metrics = find_metrics(text)
    return [
        "".join(text[start:stop] for start, stop in name.stretches) + (f"/{name.remark}" if name.remark else "")
        for name in name_metrics(text, 0, metrics)
    ]


def achievements(body: str) -> list[AchievementRow]:
    return facts_of(f"二、综合评价分析\n\n（三）主要工作成效\n\n{body}\n").achievements


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("区对街道的市容考核平均得分92.3分，群众满意度测评95分。", [("92.3", "分"), ("95", "分")]),
        ("建成公园和广场两个，均已开放。", [("2", "个")]),
        ("新建口袋公园3个、碧道12.5公里，种植乔木1,200余棵。", [("3", "个"), ("12.5", "公里"), ("1200", "棵")]),
        ("改造老旧小区十二个，修复路灯１２００多盏。", [("12", "个"), ("1200", "盏")]),
        ("受理12345热线工单2345件，办结率99.8%。", [("2345", "件"), ("99.8", "%")]),
        ("庆祝建党100周年文艺汇演吸引观众约3万人次。", [("3", "万人次")]),
        ("完成改造项目2宗，面积约十二万平方米。", [("2", "宗"), ("12", "万平方米")]),
        ("开展3轮排查，发现隐患123处，整改率百分之九十五。", [("3", "轮"), ("123", "处"), ("95", "%")]),
        ("查扣三轮车120辆，立案45宗，罚款23.6万元。", [("120", "辆"), ("45", "宗"), ("23.6", "万元")]),
        ("培训80场次，参训人员逾五千人次。", [("80", "场次"), ("5000", "人次")]),
        ("融资1.2亿元，新增企业8家。", [("1.2", "亿元"), ("8", "家")]),
        ("收入增长6.5%，提高3个百分点。", [("6.5", "%"), ("3", "个百分点")]),
        ("空气质量优良天数320天，建成垃圾房5座。", [("320", "天"), ("5", "座")]),
        ("连续三年获评优秀，连续第四年位居全区前3名。", [("3", "年")]),
        ("惠及困难群众一千二百余户，发放慰问金30万余元。", [("1200", "户"), ("30", "万元")]),
        ("新建公厕一座，新增一处公园，完成一次演练。", [("1", "座")]),
        ("5G基站新增22座，A4宣传单派发10万份。", [("22", "座"), ("10", "万份")]),
        ("派驻村第一书记4名，户均增收3000元。", [("4", "名"), ("3000", "元")]),
        ("为80岁以上长者1,356名发放津贴135.6万元。", [("1356", "名"), ("135.6", "万元")]),
        ("荣获省级奖项五项，两次获得表彰。", [("5", "项"), ("2", "次")]),
        ("清运垃圾3.2万吨，拆除违建二十三宗共1.5万㎡。", [("3.2", "万吨"), ("23", "宗"), ("1.5", "万㎡")]),
        ("常住人口8.6万人，流转土地1500亩，铺管30米。", [("8.6", "万人"), ("1500", "亩"), ("30", "米")]),
        ("举办讲座12期，发放书籍300册、宣传画40幅。", [("12", "期"), ("300", "册"), ("40", "幅")]),
        ("志愿服务时长3200小时，压缩办理时限5个工作日。", [("3200", "小时"), ("5", "个工作日")]),
        ("投入800万元以上更新车辆25台，推动1600名以上党员报到。", [("800", "万元"), ("25", "台"), ("1600", "名")]),
        ("组建75支队伍，整治5条次干道，安置房12套房屋。", [("75", "支"), ("5", "条"), ("12", "套")]),
        ("完成32项目标任务，建成3家长者饭堂。", [("32", "项"), ("3", "家")]),
        ("实现零投诉、零事故，确保“零病例”。", [("0", "宗"), ("0", "起"), ("0", "例")]),
        ("全年火灾起数为零，越级上访“零”，纠纷发生数均为0。", [("0", "起"), ("0", "次"), ("0", "宗")]),
        ("食堂餐具抽检致病菌零检出。", [("0", "例")]),
        ("受理投诉0.5万宗，失误率为零，违建零星分布，事故为零的目标。", [("0.5", "万宗")]),
        ("热线中心接听居民来电话1205次。", [("1205", "次")]),
        (
            "发动近百场、百余场、上千名，惠及近万人次，投资超百亿元。",
            [("100", "场"), ("100", "场"), ("1000", "名"), ("1", "万人次"), ("100", "亿元")],
        ),
        ("警情下降三成，产值占四成多，近三成居民参与。", [("3", "成"), ("4", "成"), ("3", "成")]),
        (
            "接种三十二万剂次，巡查1.6万间次、1300公里次，整治12个次要路口。",
            [("32", "万剂次"), ("1.6", "万间次"), ("1300", "公里次"), ("12", "个")],
        ),
        (
            "GMV超60亿元，出口11.5亿美元，平均年龄下降5.2岁，清淤3.1万方。",
            [("60", "亿元"), ("11.5", "亿美元"), ("5.2", "岁"), ("3.1", "万方")],
        ),
        ("用电节约1200度，群众满意度得分96.5分。", [("1200", "度"), ("96.5", "分")]),
    ],
)
def test_what_is_measured(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert found(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "第三次全国国土调查、第七次人口普查工作圆满完成。",
        "坚持“四个意识”“两个维护”，推进四个自信教育，落实八项规定精神。",
        "粤府〔2021〕59号文件下发后，2021年12月31日前完成1-11月任务。",
        "获评四星级，打造15分钟服务圈，实行24小时值班，365天不打烊。",
        "投入500万元以上的项目纳入重点管理。",
        "推行“1+3+N”模式，建立三级网格体系，开展“百场万人”宣讲。",
        "建成一批示范点，形成一套机制，实现一次性办结、一站式服务。",
        "完成“一厅二室一墙”建设，推进两网融合和一厅二室一墙制度。",
        "“万无一失，一失万无”，打通“最后一米”。",
        "组建三人小组，落实五类车整治，推进二次供水改造。",
        "拨打12345热线，公布咨询电话020-12345678。",
        "获评“2021年度先进集体”“十佳街道”，颁发“光荣在党50年”纪念章。",
        "落实“十四五”规划，推进三年行动计划和三期工程。",
        "完成街、村（社区）两级妇联换届，建立五级组织架构。",
        "在每10户中选出代表，为0-3岁婴幼儿服务。",
        "区第十届人大三次会议召开，学习党的十九届六中全会精神。",
        "升级2.0版平台，建设3A级景区，接入5G网络。",
        "拟定1:2000地形图，安装DN300管道。",
        "编印《100个怎么办》。",
        "超额完成任务（年度任务6万平方米）。",
        "引进超亿元项目，培育税收超千万元企业。",
        "深入千家万户，服务百姓，百日攻坚，百强企业，千村示范，万人评议，百年奋斗。",
        "桥梁加固和河道清淤两项的质量目标全部达到。",
        "合并原来零散的四个片区后，巡查更加顺畅。",
        "按评分表打分，街道整体支出自评得分93.5分，等级为优。",
        "落实五个一工程、三个一行动，发放残疾人两项补贴，为80岁以上长者服务。",
    ],
)
def test_what_only_looks_measured(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "qualifier", "text"),
    [
        ("走访约300户。", "约", "约300户"),
        ("走访逾2500人。", "逾", "逾2500人"),
        ("走访近两千人。", "近", "近两千人"),
        ("问题700余个。", "余", "700余个"),
        ("垃圾6000多吨。", "多", "6000多吨"),
        ("小广告24万余张。", "余", "24万余张"),
        ("满意度达到95%以上。", "以上", "95%以上"),
        ("不少于30场。", "以上", "不少于30场"),
        ("走访300户左右。", "约", "300户左右"),
        ("附近300户，节约30万元。", None, "300户"),
    ],
)
def test_qualifiers(sentence: str, qualifier: str | None, text: str) -> None:
    normalised = normalise(sentence)
    metric = find_metrics(normalised)[0]
    assert (metric.qualifier, normalised[metric.start : metric.stop]) == (qualifier, text)


@pytest.mark.parametrize(
    ("sentence", "normalized"),
    [
        ("64万人次。", "640000"),
        ("30万元。", "300000"),
        ("1.2亿元。", "120000000"),
        ("6.1万平方米。", "61000"),
        ("98%。", "98"),
    ],
)
def test_normalised_values(sentence: str, normalized: str) -> None:
    assert find_metrics(sentence)[0].normalized == Decimal(normalized)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("全年走访群众8947户、入户率100%。", ["走访群众", "入户率"]),
        ("完成全街33个党组织换届选举工作。", ["完成全街党组织换届选举工作"]),
        ("出动人员997人次开展整治，劝导不文明行为3540宗。", ["出动人员", "劝导不文明行为"]),
        ("将31个网格细分至69个。", ["网格/细分前", "网格/细分后"]),
        ("企业总数由12家增至20家。", ["企业总数/增前", "企业总数/增后"]),
        ("回收率从85%提升到92.5%。", ["回收率/提升前", "回收率/提升后"]),
        ("街道下辖6个社区、2个行政村。", ["街道下辖社区", "行政村"]),
        ("设立“微心愿”209个。", ["设立“微心愿”"]),
        ("拆除违建23宗共1.5万平方米。", ["拆除违建", "拆除违建"]),
        ("实现“零病例”。", ["实现病例"]),
        ("辖区火灾起数为零。", ["辖区火灾起数"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


def test_numbers_of_items_are_no_part_of_a_name() -> None:
    rows = achievements("1、全年走访企业720家次。\n\n2.更换路灯33盏。\n\n——建成公园3个。\n\n（4）整治河涌6条。\n")
    assert [row.metric for row in rows] == ["走访企业", "更换路灯", "建成公园", "整治河涌"]


def test_sections_sentences_and_places() -> None:
    rows = achievements(
        "1、**党建引领有力。**举办培训 12 期。发展党员三十二名，\n\n组织活动6场。\n\n"
        "一是安全平稳。检查企业560家。二是城市更美。种树30棵。\n\n（四）其他\n\n召开会议9次。"
    )
    assert [(row.section, row.value, row.value_text) for row in rows] == [
        ("党建引领有力", 12, "12期"),
        ("党建引领有力", 32, "三十二名"),
        ("党建引领有力", 6, "6场"),
        ("安全平稳", 560, "560家"),
        ("城市更美", 30, "30棵"),
    ]
    assert rows[0].sentence == "举办培训12期。"
    assert rows[2].line == rows[0].line + 2  # type: ignore[operator]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["领域|成果|数值", "民生|发放补贴|2,356万元", "民生|招聘会|近百场"],
            [("2356", "万元", "发放补贴"), ("100", "场", "招聘会")],
        ),
        (["序号|指标|单位|完成数", "1|新建管网|公里|12.6"], [("12.6", "公里", "新建管网")]),
        (["指标|数量（个）", "口袋公园|3", "合计|3"], [("3", "个", "口袋公园"), ("3", "个", "合计")]),
        (
            ["工作|完成情况", "绿化|种植乔木300棵，补植120平方米"],
            [("300", "棵", "种植乔木"), ("120", "平方米", "补植")],
        ),
        (["预算项目|预算金额|支出数|完成情况", "绿化经费|12万元|12万元|种植乔木300棵"], []),
    ],
)
def test_values_in_tables(rows: list[str], expected: list[tuple[str, str, str]]) -> None:
    found = achievements("\n".join(row.replace("|", "\t") for row in rows))
    assert [(str(row.value), row.unit, row.metric) for row in found] == expected


def test_a_value_in_a_table_has_its_cell_for_a_place() -> None:
    facts = facts_of("二、综合评价分析\n\n（三）主要工作成效\n\n成果\t数值\n种树\t30余棵\n")
    (source,) = facts.sources
    place = (source.line, source.table_number, source.row_number, source.column_number)
    assert (place, source.raw_text, facts.achievements[0].sentence) == ((8, 1, 1, 2), "30余棵", "种树 30余棵")


def test_only_the_achievements_section_counts() -> None:
    facts = facts_of("一、基本情况\n\n（一）部门概况\n\n下辖社区6个。\n\n三、存在问题\n\n一是仍有隐患5处。\n")
    assert facts.achievements == []


def test_duties_performed_count_where_no_section_is_given_to_achievements() -> None:
    body = (
        "（二）履职效能分析\n\n1.整体效能\n\n新建驿站7处。\n\n2.专项效能\n\n专项资金支出率100%。\n\n"
        "（三）管理效率分析\n\n签订合同3份。\n"
    )
    assert [row.value for row in facts_of("二、自评情况\n\n" + body).achievements] == [7]
    facts = facts_of("二、自评情况\n\n" + body + "\n（四）主要成效\n\n种树30棵。\n")
    assert [row.value for row in facts.achievements] == [30]


@pytest.mark.parametrize(
    "body",
    [
        "（一）效益\n\n经济效益：新增企业8家。\n\n（二）自评结论\n\n问卷50份。\n",
        "（一）社会效益。新增企业8家。\n\n（二）组织实施。印发通知2份。\n",
        "（一）社会效益。新增企业8家。\n\n（二）主要经验做法\n\n建立月调度制度。\n",
        "（一）绩效目标完成情况\n\n1、新增企业8家。\n\n2、资金合计30万元。\n",
        "（一）目标完成情况\n\n- 产业：新增企业8家。\n\n（二）资产管理\n\n盘活房屋2处。\n",
        "（一）完成情况\n\n1、产业。新增企业8家。\n\n（二）监督检查\n\n整改事项2项。\n",
        "（一）实施效果\n\n一是产业兴旺，新增企业8家。\n\n（二）决算情况\n\n公开表格2张。\n",
    ],
)
def test_effects_count_where_no_section_is_given_to_achievements(body: str) -> None:
    assert [row.value for row in facts_of("二、绩效分析\n\n" + body).achievements] == [8]


def test_a_value_can_be_traced_to_its_raw_text() -> None:
    facts = facts_of("二、综合评价分析\n\n（三）主要工作成效\n\n督促整改问题 700 余个。\n")
    (source,) = facts.sources
    assert (source.group, source.column, source.raw_text, source.line) == ("achievements", "value", "700 余个", 7)


@given(
    st.integers(2, 10**7),
    st.sampled_from(["个", "项", "宗", "户", "场", "名", "吨", "亩", "公里", "人次", "万元", "%"]),
)
def test_every_printed_count_is_found_once(value: int, unit: str) -> None:
    for printed in (str(value), f"{value:,}"):
        assert found(f"完成整治工作{printed}{unit}，成效明显。") == [(str(value), unit)]


def test_every_metric_of_a_line_without_an_end_is_found() -> None:
    text = "整治“六乱”点位1234处、清理垃圾56吨，" * 20_000
    metrics = find_metrics(text)
    name_metrics(text, 0, metrics)
    assert len(metrics) == 40_000


def test_the_real_report(shared: Path) -> None:
    truth = json.loads((shared / "truth" / "xiaoguwei-2021.truth.json").read_text("utf-8"))["achievements"]
    waiting = [(str(row["line"]).split("-"), Decimal(str(row["value"])), row["unit"]) for row in truth]
    false = []
    for row in real_facts(shared).achievements:
        match = next(
            (
                (lines, value, unit)
                for lines, value, unit in waiting
                if int(lines[0]) <= (row.line or 0) <= int(lines[-1]) and (value, unit) == (row.value, row.unit)
            ),
            None,
        )
        if match:
            waiting.remove(match)
        else:
            false.append(row)
    assert false == []
    assert len(truth) - len(waiting) >= 39
