"""The registry: how departments are found, and what a faulty file is told."""

from datetime import date

import pytest
from report_cases import REGISTRY

from transforms.departments.registry import Registry, RegistryError, default_registry

pytestmark = pytest.mark.unit

HEADER = "department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to\n"


def test_the_shipped_registry_equals_the_shared_one(shared):
    assert len({version.department_id for version in default_registry().versions}) == 16
    assert default_registry().versions == Registry.load(shared / "registry" / "panyu.csv").versions


@pytest.mark.parametrize(
    ("text", "department", "name"),
    [
        ("云山市东湖区人民政府白鹤街道办事处", "baihe", "云山市东湖区人民政府白鹤街道办事处"),
        ("东湖区白鹤街道办事处2021年", "baihe", "白鹤街道"),
        ("白鹤街2021年度", "baihe", "白鹤街"),
        ("青云镇人民政府关于报送", "qingyun", "青云镇"),
        ("东湖区财政局部门整体", "caizheng", "东湖区财政局"),
    ],
)
def test_find(text, department, name):
    match = REGISTRY.find(text)
    assert match is not None
    assert (match.department_id, match.matched_name) == (department, name)
    assert text[match.start : match.end] == name


def test_the_longest_name_that_may_stand_there_is_found():
    rows = ("a,清岚区财政局,财政局,财政局二〇一八,其他", "b,清岚区财政局预算评审处,评审处,,其他")
    registry = Registry.parse(HEADER + "".join(f"{row},1,1,清岚区,,\n" for row in rows), "registry.csv")
    told = {
        text: registry.find(text) for text in ("清岚区财政局", "清岚区财政局预算评审处", "财政局二〇一八", "财政局二〇")
    }
    assert {
        text: (match.department_id, match.start, match.end, match.stop) for text, match in told.items() if match
    } == {
        "清岚区财政局": ("a", 0, 6, 6),
        "清岚区财政局预算评审处": ("b", 0, 11, 11),
        "财政局二〇一八": ("a", 0, 7, 7),
        "财政局二〇": ("a", 0, 3, 3),
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "南山区白鹤街道办事处2021年",
        "白鹤街综合服务中心2021年",
        "白鹤街道总工会",
        "黑鹤街道办事处",
        "东湖区司法局白鹤司法所",
    ],
)
def test_find_nothing(text):
    assert REGISTRY.find(text) is None


def test_the_name_tells_the_version():
    old, new = REGISTRY.find("青云镇人民政府"), REGISTRY.find("青云街道办事处")
    assert old is not None
    assert new is not None
    assert (old.version.valid_to, new.version.valid_from) == (date(2020, 12, 31), date(2021, 1, 1))
    assert old.version.is_valid_within(date(2020, 1, 1), date(2021, 3, 31))
    assert not old.version.is_valid_within(date(2021, 1, 1), date(2022, 3, 31))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("", "没有任何单位"),
        ("a,甲街道办事处,甲街道,,街到,1,1,东区,,\n", "第 2 行：kind 只能写 街道、镇、其他、乡、.*，现为“街到”"),
        ("a,,甲街道,,街道,1,1,东区,,\n", "第 2 行：name 不能为空"),
        ("a,甲街道办事处,甲街道,,街道,1,1,东区,2021/1/1,\n", "第 2 行：valid_from"),
        (
            "a,甲街道办事处,甲街道,,街道,1,1,东区,,\nb,乙街道办事处,乙街道,甲街道,街道,1,1,东区,,\n",
            "第 3 行：“甲街道”已是第 2 行",
        ),
        (
            "a,甲镇政府,甲镇,,镇,1,1,东区,,2021-10-30\na,甲街道办事处,甲街道,,街道,1,1,东区,2021-10-01,\n",
            "第 3 行：有效期",
        ),
        ("a,甲镇政府,甲镇,,镇,1,1,东区,2021-10-30,2020-10-30\n", "第 2 行：valid_to 早于"),
        (f"a,{'甲' * 200_000},甲镇,,镇,1,1,东区,,\n", "不是 CSV 文件"),
    ],
)
def test_faulty_files(rows, message):
    with pytest.raises(RegistryError, match=message):
        Registry.parse(HEADER + rows, "名录.csv")


@pytest.mark.parametrize(
    ("written", "kind"),
    [("街道", "街道"), ("镇", "镇"), *((each, "其他") for each in ("其他", "乡", "民族乡", "苏木", "农场", "开发区"))],
)
def test_a_kind_that_the_warehouse_has_no_name_for_is_another(written, kind):
    (version,) = Registry.parse(f"{HEADER}a,甲山苗族乡人民政府,甲山乡,,{written},1,1,东区,,\n", "名录.csv").versions
    assert version.kind == kind


def test_missing_columns():
    with pytest.raises(RegistryError, match=r"名录\.csv 第 1 行缺少列：name"):
        Registry.parse(HEADER.replace(",name,", ","), "名录.csv")


def test_encodings(tmp_path):
    row = "a,甲街道办事处,甲街道,,街道,1,1,东区,,\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes((HEADER + row).encode(encoding))
        assert Registry.load(path).versions[0].short_name == "甲街道"
    path.write_bytes(b"\xff\xff\xff\x80")
    with pytest.raises(RegistryError, match="编码"):
        Registry.load(path)
