"""Internal offices told one by one with what they do, where no list is as long as it says."""

import pytest
from report_cases import blocks, facts_of, value

pytestmark = pytest.mark.unit

A, B, C, D = NAMED = ["党政办公室", "组织人事办公室", "民生服务办公室", "平安法治办公室"]


def offices(body: str) -> tuple[list[str], str | None]:
    """The offices named and the number stated."""
    facts = facts_of("一、机构设置\n\n" + body + "\n")
    return [one.name for one in facts.offices], value(facts, "stated_office_count")


@pytest.mark.parametrize(
    "body",
    [
        f"党政内设机构共设4个办公室。党务方面为{A}、{B}（加挂统战办公室牌子）；政务方面为{C}、{D}。其中{A}承办会务。",
        f"党政机构共计4个，分两类。综合类2个：{A}（人大办公室）主任由委员兼任，统筹文秘、后勤；{B}统筹人事、统战。"
        f"业务类2个：{C}（主任1名），{D}（司法办公室）。",
        f"设下列4个综合性办公室：{A}，牵头文秘和机要；{B}，负责组织、统战和群团；{C}，负责民政、教育、残联；"
        f"{D}，负责信访。各办公室主任由班子成员分管，其中{C}由副书记联系。",
        f"综合性办事机构4个。综合类：{A}、{B}；业务类：{C}、{D}。",
        f"内设机构4个。{A}负责日常运转，{B}负责党建和人事，{C}负责民政卫健，{D}负责平安建设。",
        f"设置综合性办事机构4个，分别为①{A}：负责文秘；②{B}：负责党建；③{C}：负责民政；④{D}：负责信访。",
        f"职能科室为4个。第一类是党政类，包括{A}、{B}；第二类是服务类，包括{C}、{D}。",
        f"街道内设机构由6个调整为4个，即{A}、{B}、{C}、{D}，原文体办公室、司法办公室职能并入{C}、{D}。",
        f"街道设置4个内设机构，即“{A}”“{B}”“{C}”“{D}”。",
        f"内设机构有4个。其中：{A}3人，{B}4人，{C}8人，{D}6人。",
        f"党政内设机构为{A}、{B}、{C}、{D}4个，事业单位为白鹤街综合服务中心、白鹤街文化站2个。",
        f"街道内设机构4个——{A}、{B}、{C}、{D}——均为正科级。",
        f"街道内设机构4个：{A}/{B}/{C}/{D}。",
        blocks(
            "机关设置内设机构4个，负责人由党工委任免。",
            f"1. {A}。负责党务和会务，主任1名。",
            f"2. {B}。负责组织、宣传、群团。",
            f"3. {C}。加挂退役军人办公室牌子，负责民政、教育。",
            f"4. {D}。负责信访。",
        ),
    ],
)
def test_offices_told_with_what_they_do(body: str) -> None:
    assert offices(body) == (NAMED, "4")


def test_second_names_stand_with_the_office() -> None:
    facts = facts_of(
        "一、机构设置\n\n"
        + blocks(
            "机关设置内设机构2个，负责人由党工委任免。",
            f"1. {A}。同时加挂人大办公室牌子，负责会务。",
            f"2. {B}（统战办公室）。负责组织。",
        )
        + "\n"
    )
    assert [(one.name, one.also_named) for one in facts.offices] == [(A, ["人大办公室"]), (B, ["统战办公室"])]


def test_an_office_not_told_is_missed() -> None:
    told = f"党政内设机构设4个办公室。党务方面为{A}、{B}（加挂统战办公室牌子）；政务方面为{C}，受区委政法办公室指导。"
    assert offices(told) == ([A, B, C], "4")


@pytest.mark.parametrize(
    "body",
    [
        "机关共设4个办公室。各办公室主任由党工委任免，原文体办公室、司法办公室不再保留。",
        "街道设综合性办公室4个。办公室、科室的负责人均已到位，由党政领导分管。",
    ],
)
def test_words_about_offices_name_none(body: str) -> None:
    assert offices(body)[0] == []


def test_a_number_of_offices_in_brackets() -> None:
    body = blocks("党政内设机构（4个）：", f"- {A}（加挂人大办公室牌子）", f"- {B}", f"- {C}", f"- {D}")
    assert offices(body) == (NAMED, "4")
