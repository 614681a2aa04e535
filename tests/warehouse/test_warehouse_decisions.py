"""The files of decisions: what is written, what stands when, and a malformed line named with its reason."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from warehouse.decisions.history import DecisionError, read_history, record, revoke
from warehouse.decisions.records import EXPLANATION, IDENTITY, STAGE, WAIVER, Explained, Explanation, Identity, Waiver
from warehouse.decisions.standing import Decisions, decisions_at
from warehouse.home import Home
from warehouse.registry import table

pytestmark = pytest.mark.unit

NOON = datetime(2022, 5, 9, 4, tzinfo=UTC)
LINE = (
    '{"number": 1, "recorded_at": "2022-05-09T12:00:00+08:00", "recorded_by": "张三", "reason": "系统切换",'
    ' "rule_id": "C22", "department_id": "s-he", "fiscal_year": 2021, "valid_until": "2022-12-31"}'
)
REVOCATION = (
    '{"number": 2, "recorded_at": "2022-05-10T12:00:00+08:00", "recorded_by": "李四", "reason": "误记", "revokes": 1}'
)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


def waiver(number, at=NOON, until=date(2022, 12, 31), rule="C22", reason="系统切换"):
    return Waiver(
        number=number, recorded_at=at, recorded_by="张三", reason=reason,
        rule_id=rule, department_id="s-he", fiscal_year=2021, valid_until=until,
    )  # fmt: skip


def waive(home, **content):
    return record(home, WAIVER, lambda number: waiver(number, **content), lambda history, row: None)


def write(home, *lines, kind=WAIVER):
    (home.decisions / kind.file_name).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def test_rows_are_added_and_never_changed(home):
    path = home.decisions / "waivers.jsonl"
    waive(home, reason="一行\n两行")
    first = path.read_bytes()
    waive(home, rule="C17")
    revoke(home, WAIVER, 1, reason="误记", by="李四", at=NOON + timedelta(hours=1))
    content = path.read_bytes()
    assert content.startswith(first)
    assert [line.count("张三") for line in content.decode().splitlines()] == [1, 1, 0]
    assert "2022-05-09T13:00:00+08:00" in content.decode()
    assert not list(home.decisions.glob(".writing-*"))
    history = read_history(home, WAIVER)
    assert [row.number for row in history.rows] == [1, 2, 3]
    assert history.decisions[0].reason == "一行\n两行"


def test_what_is_revoked_or_over_does_not_stand(home):
    waive(home)
    waive(home, rule="C17", until=date(2022, 5, 9))
    revoke(home, WAIVER, 1, reason="误记", by="李四", at=NOON + timedelta(days=2))

    def standing(at):
        return [row.rule_id for row in read_history(home, WAIVER).standing(at)]

    assert standing(NOON - timedelta(seconds=1)) == []
    assert standing(NOON) == ["C22", "C17"]
    assert standing(datetime(2022, 5, 9, 15, 59, tzinfo=UTC)) == ["C22", "C17"]
    assert standing(datetime(2022, 5, 9, 16, 0, tzinfo=UTC)) == ["C22"], "the day ends in Beijing"
    assert standing(NOON + timedelta(days=2)) == []


@pytest.mark.parametrize("number", [1, 2, 9])
def test_what_is_not_there_cannot_be_revoked(home, number):
    waive(home)
    revoke(home, WAIVER, 1, reason="误记", by="李四", at=NOON)
    before = (home.decisions / "waivers.jsonl").read_bytes()
    with pytest.raises(DecisionError, match="已经撤销" if number == 1 else "没有豁免 W"):
        revoke(home, WAIVER, number, reason="误记", by="李四", at=NOON)
    assert (home.decisions / "waivers.jsonl").read_bytes() == before


def test_what_the_check_refuses_is_not_written(home):
    def refuse(history, row):
        raise DecisionError("不行")

    with pytest.raises(DecisionError, match="不行"):
        record(home, WAIVER, waiver, refuse)
    with pytest.raises(DecisionError, match="reason 不能为空"):
        waive(home, reason="  ")
    assert not (home.decisions / "waivers.jsonl").exists()


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ((LINE, "{"), 2, "不是一条完整的 JSON 记录"),
        (("[1]",), 1, "不是一条记录"),
        ((LINE, "", REVOCATION), 2, "不是一条完整的 JSON 记录"),
        ((LINE.replace('"C22"', '"22"'),), 1, "rule_id 写法不对"),
        ((LINE.replace('"张三"', '""'),), 1, "recorded_by 不能为空"),
        ((LINE.replace("2021,", '"2021",'),), 1, "fiscal_year 须为整数"),
        ((LINE.replace("2022-12-31", "2022-13-31"),), 1, "valid_until 须写成 2021-10-31 的样子"),
        ((LINE.replace("+08:00", ""),), 1, "recorded_at 须写明时区，如 2021-10-31T09:00:00+08:00"),
        ((LINE.replace(', "valid_until": "2022-12-31"', ""),), 1, "valid_until 缺少"),
        ((LINE.replace('"reason"', '"why"'),), 1, "reason 缺少；why 不是这里的字段"),
        ((LINE, REVOCATION.replace("2,", "3,")), 2, "number 应为 2，现为 3"),
        ((LINE, REVOCATION.replace('"revokes": 1', '"revokes": 2')), 2, "第 2 行没有可以撤销的记录"),
        ((LINE, REVOCATION, REVOCATION.replace("2,", "3,", 1)), 3, "第 1 行的记录已经撤销"),
    ],
)
def test_a_malformed_line_is_named_with_its_reason(home, lines, line, reason):
    write(home, *lines)
    with pytest.raises(DecisionError) as raised:
        decisions_at(home, NOON)
    assert f"waivers.jsonl 第 {line} 行有误：" in raised.value.message
    assert reason in raised.value.message
    before = (home.decisions / "waivers.jsonl").read_bytes()
    with pytest.raises(DecisionError):
        waive(home)
    assert (home.decisions / "waivers.jsonl").read_bytes() == before


def test_another_encoding_is_named_with_its_line(home):
    (home.decisions / "waivers.jsonl").write_bytes(LINE.encode() + b"\n" + REVOCATION.encode("gb18030"))
    with pytest.raises(DecisionError, match="第 2 行不是 UTF-8 编码"):
        decisions_at(home, NOON)


def test_a_file_saved_by_an_editor_is_read_and_added_to(home):
    (home.decisions / "waivers.jsonl").write_bytes(b"\xef\xbb\xbf" + LINE.encode() + b"\r\n" + REVOCATION.encode())
    assert waive(home).number == 3
    assert [row.number for row in read_history(home, WAIVER).standing(NOON + timedelta(days=9))] == [3]


def test_the_last_decision_on_a_pair_or_a_stage_counts(home):
    def identity(is_same, *names):
        def make(number):
            who = {"recorded_at": NOON, "recorded_by": "张三", "reason": "核对"}
            return Identity(
                number=number, **who, department_id="d", project=names[0], other_project=names[1], is_same=is_same
            )

        return record(home, IDENTITY, make, lambda history, row: None)

    identity(True, "甲", "乙")
    identity(False, "乙", "甲")
    identity(True, "甲", "丙")
    assert [each.number for each in decisions_at(home, NOON).identities] == [2, 3]
    with pytest.raises(DecisionError, match="两个项目名称相同"):
        identity(True, "甲", "甲")
    write(
        home,
        *(
            f'{{"number": {number}, "recorded_at": "2022-05-09T12:00:00+08:00", "recorded_by": "张三",'
            f' "reason": "试行", "rule_id": "C40", "stage": "{stage}"}}'
            for number, stage in ((1, "shadow"), (2, "full"))
        ),
        kind=STAGE,
    )
    assert decisions_at(home, NOON).stage_of == {"C40": "full"}


def test_the_frames_have_their_tables_columns_and_one_waiver_a_rule_and_unit():
    waivers = (waiver(1, until=date(2023, 1, 1)), waiver(2, until=date(2022, 6, 1)), waiver(3, rule="C17"))
    explanation = Explanation(
        number=1, recorded_at=NOON, recorded_by="张三", reason="按实结算",
        rule_id="C40", department_id="s-he", fiscal_year=2021, findings=[Explained(subject=None, observed="甲")],
    )  # fmt: skip
    decisions = Decisions(waivers, (explanation,))
    frame = decisions.waiver_frame()
    assert frame.schema == table("quality.waiver").polars_schema
    assert frame.select("rule_id", "valid_until", "decided_on").rows() == [
        ("C17", date(2022, 12, 31), date(2022, 5, 9)),
        ("C22", date(2023, 1, 1), date(2022, 5, 9)),
    ]
    assert decisions.explained_frame().rows() == [("C40", "s-he", 2021, None, "甲")]
    assert Decisions().waiver_frame().is_empty()
    assert Decisions().explained_frame().is_empty()
    units = pl.DataFrame(
        {"department_id": ["s-he", "s-he", "s-bai", None], "fiscal_year": [2021, 2020, 2021, 2021]},
        schema_overrides={"fiscal_year": pl.Int32()},
    )
    identity = Identity(
        number=7, recorded_at=NOON, recorded_by="张三", reason="核对",
        department_id="s-he", project="甲", other_project="乙", is_same=True,
    )  # fmt: skip
    stamped = Decisions(waivers, (explanation,), (identity,)).stamped(units)
    assert stamped["decisions"].to_list() == ["E1、P7、W1、W2、W3", "P7", None, None]
    assert Decisions().stamped(units)["decisions"].to_list() == [None] * 4
    assert EXPLANATION.letter == "E"
