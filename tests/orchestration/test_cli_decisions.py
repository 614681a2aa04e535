"""``jixiao waive``, ``explain`` and ``decide``: what they record and list, and that a wrong entry changes nothing."""

from datetime import UTC, datetime, timedelta
from zipfile import ZipFile

import pytest
from homes import BAI, SONG, copy_of, drop, made_once, new_home, night, report

from warehouse.home import Home, exclusive

pytestmark = pytest.mark.pipeline

WHY = ("--reason", "系统切换，数额已核对", "--by", "张三")
TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
C22 = ("--rule", "C22", "--department", "禾浦镇", "--year", 2021)
HOSTILE = '=HYPERLINK("http://a.example","点")', "&lt;script&gt;alert(1)&lt;/script&gt;经费", "@SUM(A1)<b>粗</b>"
NEAR = "|老旧小区加装电梯补助|120.00|110.00|加装6台|加装6台电梯已完成验收并投入使用|\n"


def files_of(home):
    return {path.name: path.read_bytes() for path in home.decisions.iterdir()}


@pytest.fixture
def published_texts(common):
    """Two near names of 松溪, and hostile ones of 白塬."""

    def make(folder):
        home = new_home(folder)
        other = NEAR.replace("补助", "补贴").replace("120.00", "125.00")
        head = "|项目名称|预算数|支出数|绩效目标|完成情况|\n|---|---|---|---|---|\n"
        text = report(SONG).decode().replace("### （三）", f"{NEAR}\n### （三）", 1).replace("|\n\n|老旧", "|\n|老旧")
        text = text.replace("### （四）", f"单位：万元\n\n{head}{other}\n### （四）", 1)
        drop(home, "松溪.md", text.encode())
        rows = "".join(
            f"|{name}|-{number}.00|1.00|做事|做了12件事，全部完成|\n" for number, name in enumerate(HOSTILE, 1)
        )
        hostile = report(BAI).decode().replace("\n\n### （三）", f"\n{rows}\n### （三）", 1)
        drop(home, "=1+1.md", hostile.encode())
        night(home)

    return Home(made_once(common, "texts-home", make))


@pytest.fixture
def near_names(published_texts, tmp_path):
    return copy_of(published_texts, tmp_path / "home")


# --- recording


def test_a_waiver_is_recorded_listed_and_revoked(jixiao, told, home):
    code, out, err = jixiao(home, "waive", *C22, "--until", "2099-12-31", *WHY)
    assert (code, err) == (0, "")
    assert out.startswith("已记录豁免 W1：C22 对禾浦镇 2021 年度，至 2099-12-31。")
    (line,) = (home.decisions / "waivers.jsonl").read_text("utf-8").splitlines()
    assert '"recorded_by": "张三", "reason": "系统切换，数额已核对", "rule_id": "C22"' in line
    (row,) = told(home, "waive", "--list", "--json")
    assert [row[name] for name in ("id", "state", "rule_id", "department_id", "fiscal_year", "valid_until")] == [
        "W1", "in_force", "C22", "s-he", 2021, "2099-12-31",
    ]  # fmt: skip
    assert jixiao(home, "waive", "--revoke", "W1", *WHY)[0] == 0
    content = (home.decisions / "waivers.jsonl").read_text("utf-8")
    assert content.splitlines()[0] == line
    (row,) = told(home, "waive", "--list", "--json")
    assert (row["state"], row["revocation"]["recorded_by"]) == ("revoked", "张三")
    _, out, _ = jixiao(home, "waive", "--list")
    for said in ("豁免（1 项）", "W1", "禾浦镇", "已撤销", "系统切换，数额已核对"):
        assert said in out
    assert "s-he" not in out


def test_an_explanation_names_what_is_explained(jixiao, told, near_names):
    home = near_names
    warning = next(each for each in told(home, "findings", "--json") if each["level"] == "warning")
    place = ("--department", warning["department_id"], "--year", warning["fiscal_year"], "--rule", warning["rule_id"])
    code, out, err = jixiao(home, "explain", *place, "--finding", warning["finding_key"], *WHY)
    assert (code, err) == (0, "")
    assert "1 项" in out
    (row,) = told(home, "explain", "--list", "--json")
    assert row["findings"] == [{"subject": warning["subject"], "observed": warning["observed"]}]
    assert jixiao(home, "explain", "--revoke", 1, *WHY)[0] == 0


def test_stages_of_rules_are_recorded_and_revoked_by_letter(jixiao, told, home):
    assert jixiao(home, "decide", "--rule", "C40", "--stage", "shadow", *WHY)[0] == 0
    listed = told(home, "decide", "--list", "--json")
    assert [(row["id"], row["rule_id"], row["stage"]) for row in listed["decisions"]] == [("S1", "C40", "shadow")]
    code, _, err = jixiao(home, "decide", "--revoke", "1", *WHY)
    assert (code, "“1”不是编号。编号形如 P1（项目认定）或 S1（规则阶段）" in err) == (2, True)
    assert jixiao(home, "decide", "--revoke", "s1", *WHY)[0] == 0


def test_proposals_are_listed_and_decided(jixiao, told, near_names):
    home = near_names
    (proposal,) = told(home, "decide", "--list", "--json")["proposals"]
    assert {proposal["project"], proposal["other_project"]} == {"老旧小区加装电梯补助", "老旧小区加装电梯补贴"}
    assert "待定：疑似同一项目（1 对）" in jixiao(home, "decide", "--list")[1]
    pair = ("--department", "松溪街道", "--project", proposal["project"])
    code, out, err = jixiao(home, "decide", *pair, "--same-as", proposal["other_project"], *WHY)
    assert (code, err) == (0, "")
    assert "是同一项目" in out
    code, out, _ = jixiao(home, "decide", *pair, "--different-from", proposal["other_project"], *WHY)
    assert (code, "不是同一项目" in out) == (0, True)
    states = [(row["id"], row["is_same"]) for row in told(home, "decide", "--list", "--json")["decisions"]]
    assert states == [("P1", True), ("P2", False)]


def test_a_withdrawal_is_recorded_once_listed_and_revoked(jixiao, told, home):
    code, out, err = jixiao(home, "withdraw", *C22[2:], *WHY)
    assert (code, err) == (0, "")
    assert out.startswith("已记录撤回 T1：禾浦镇 2021 年度第 1 版。下一次 jixiao nightly 起生效。")
    (row,) = told(home, "withdraw", "--list", "--json")
    assert (row["id"], row["state"], row["versions"]) == ("T1", "in_force", [1])
    before = files_of(home)
    code, _, err = jixiao(home, "withdraw", *C22[2:], *WHY)
    assert (code, "已经记录撤回 T1" in err) == (2, True)
    assert files_of(home) == before
    assert jixiao(home, "withdraw", "--revoke", "T1", *WHY)[0] == 0
    for said in ("撤回（1 项）", "已撤销", "第 1 版"):
        assert said in jixiao(home, "withdraw", "--list")[1]
    assert jixiao(home, "withdraw", *C22[2:], *WHY)[0] == 0, "what was revoked may be taken back again"


# --- wrong entries


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("waive", *C22, *WHY), "缺少选项 --until"),
        (("waive", *C22[2:], "--until", "2099-12-31", *WHY), "缺少选项 --rule"),
        (("waive", *C22, "--until", "2099-12-31"), "缺少选项 --reason"),
        (("waive", *C22, "--until", "2099-12-31", "--reason", " "), "reason 不能为空"),
        (("waive", *C22, "--until", "明天", *WHY), "--until 不对：“明天”不是日期，应写成 2021-10-31 的样子"),
        (("waive", *C22, "--until", TODAY - timedelta(days=1), *WHY), "已经过去"),
        (("waive", "--rule", "C99", *C22[2:], "--until", "2099-12-31", *WHY), "没有规则 C99"),
        (("waive", "--rule", "c22", *C22[2:], "--until", "2099-12-31", *WHY), "没有规则 c22"),
        (("waive", "--rule", "C14", *C22[2:], "--until", "2099-12-31", *WHY), "规则 C14（金额单位不明）不能豁免"),
        (("waive", "--rule", "C01", *C22[2:], "--until", "2099-12-31", *WHY), "不能豁免"),
        (("waive", "--rule", "C37", *C22[2:], "--until", "2099-12-31", *WHY), "不能豁免"),
        (
            ("waive", *C22[:2], "--department", "青竹街道", *C22[4:], "--until", "2099-12-31", *WHY),
            "单位名录中没有“青竹街道”",
        ),
        (("waive", *C22[:4], "--year", 20, "--until", "2099-12-31", *WHY), "--year 不对"),
        (("waive", *C22, "--until", "2099-12-31", "--reason", "x", "--by", ""), "选项 --by 不能为空"),
        (("waive", "--revoke", "W1", *WHY), "没有豁免 W1"),
        (("waive", "--revoke", "甲", *WHY), "“甲”不是编号"),
        (("withdraw", *C22[4:], *WHY), "缺少选项 --department"),
        (("withdraw", *C22[2:4], *WHY), "缺少选项 --year"),
        (("withdraw", *C22[2:]), "缺少选项 --reason"),
        (("withdraw", "--department", "青竹街道", "--year", 2021, *WHY), "单位名录中没有“青竹街道”"),
        (("withdraw", "--department", "禾浦镇", "--year", 2020, *WHY), "没有收到禾浦镇 2020 年度的材料"),
        (("withdraw", *C22[2:], "--version", 2, *WHY), "没有第 2 版"),
        (("withdraw", "--revoke", "T1", *WHY), "没有撤回 T1"),
        (("withdraw", "--file", "空.md", *WHY), "“空.md”无法读取，不属于任何报送"),
        (("withdraw", "--file", "禾浦.md", *WHY), "“禾浦.md”属于禾浦镇 2021 年度的报送，请用 --department 和 --year"),
        (("withdraw", "--file", "没有.md", *WHY), "没有收到过文件“没有.md”"),
        (("withdraw", "--file", "空.md", "--year", 2021, *WHY), "不与 --department、--year、--version 合用"),
        (("explain", *C22, *WHY), "C22 在这里是阻断问题，不能只作说明"),
        (("explain", "--rule", "C99", *C22[2:], *WHY), "没有规则 C99"),
        (("explain", "--rule", "C15", *C22[2:], *WHY), "没有这样的 C15 警告"),
        (("explain", *C22, "--finding", 1, *WHY), "没有这样的 C22 警告"),
        (("decide", "--rule", "C99", "--stage", "full", *WHY), "没有规则 C99"),
        (("decide", "--rule", "C40", "--stage", "later", *WHY), "“later”不是可选的值"),
        (("decide", "--rule", "C40", *WHY), "缺少选项 --stage"),
        (("decide", "--department", "松溪街道", "--project", "道路保洁经费", *WHY), "缺少选项 --same-as"),
        (
            ("decide", "--department", "松溪街道", "--project", "道路保洁经费", "--same-as", "桥梁经费", *WHY),
            "没有名为“桥梁经费”的项目",
        ),
        (
            ("decide", "--department", "松溪街道", "--project", "道路保洁经费", "--same-as", "道路保洁经费", *WHY),
            "两个项目名称相同",
        ),
        (
            ("decide", "--department", "甲", "--project", "甲", "--same-as", "乙", "--different-from", "乙", *WHY),
            "只能写一个",
        ),
    ],
)
def test_a_wrong_entry_is_told_and_changes_nothing(jixiao, published, words, said):
    before = files_of(published)
    code, out, err = jixiao(published, *words)
    assert (code, out) == (2, "")
    assert err.startswith("错误：")
    assert err.count("\n") == 1
    assert said in err
    assert files_of(published) == before


def test_contradicting_decisions_are_refused(jixiao, home):
    pair = ("decide", "--department", "松溪街道", "--project")
    a, b, c = "道路保洁经费", "文化活动经费", "安全巡查经费"
    assert jixiao(home, *pair, a, "--same-as", b, *WHY)[0] == 0
    assert jixiao(home, *pair, b, "--same-as", c, *WHY)[0] == 0
    before = files_of(home)
    code, _, err = jixiao(home, *pair, a, "--different-from", c, *WHY)
    assert (code, "既被认定为不同项目，又经其他认定成为同一项目" in err) == (2, True)
    assert files_of(home) == before


def test_while_a_night_writes_nothing_is_recorded(jixiao, home):
    with exclusive(home):
        code, _, err = jixiao(home, "waive", *C22, "--until", "2099-12-31", *WHY)
    assert (code, "正在写入" in err) == (1, True)
    assert files_of(home) == {}


def test_a_home_that_is_not_there_is_not_made(jixiao, tmp_path):
    code, _, err = jixiao(Home(tmp_path / "nowhere"), "waive", *C22, "--until", "2099-12-31", *WHY)
    assert code == 2
    assert not (tmp_path / "nowhere").exists()
    assert err.count("\n") == 1


# --- a file edited by hand


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("W", "V"), "不是一条完整的 JSON 记录"),
        (('"C22"', '"C98"'), "没有规则 C98"),
        (('"C22"', '"C14"'), "规则 C14（金额单位不明）不能豁免"),
        (('"s-he"', '"s-nobody"'), "单位名录中没有单位 s-nobody"),
    ],
)
def test_a_malformed_file_stops_the_night_before_anything_is_judged(jixiao, home, change, said):
    assert jixiao(home, "waive", *C22, "--until", "2099-12-31", *WHY)[0] == 0
    path = home.decisions / "waivers.jsonl"
    text = path.read_text("utf-8")
    path.write_text(text.replace(*change) if change[0] in text else text[:-3], "utf-8")
    drop(home, "新.md", report(BAI, year=2022))
    releases = sorted(home.releases.iterdir())
    code, out, err = jixiao(home, "nightly")
    assert (code, out) == (2, "")
    assert "豁免文件 " in err
    assert "waivers.jsonl 第 1 行有误：" in err
    assert said in err
    assert sorted(home.releases.iterdir()) == releases


# --- text from reports


def test_text_from_reports_is_letters_wherever_it_is_shown(jixiao, told, published_texts, tmp_path):
    home = published_texts
    found = told(home, "findings", "--json")
    texts = {str(row[name]) for row in found for name in ("subject", "raw_text", "message", "file_name")}
    assert any(text.startswith("=HYPERLINK") for text in texts)
    assert "<script>alert(1)</script>经费" in texts
    assert jixiao(home, "findings", "--format", "xlsx", "--out", tmp_path / "a.xlsx")[0] == 0
    with ZipFile(tmp_path / "a.xlsx") as book:
        for name in book.namelist():
            content = book.read(name).decode("utf-8", "replace")
            assert "<f>" not in content, name
            assert "<script" not in content, name
            assert "hyperlink " not in content, name
    _, out, _ = jixiao(home, "findings")
    assert "=HYPERLINK" in out
    for page in (home.current / "dictionary.html", *(home.current / "quality").rglob("*.html")):
        assert "<script>alert" not in page.read_text("utf-8")
    for alert in home.alerts.rglob("*"):
        assert "\x1b" not in alert.read_text("utf-8")
