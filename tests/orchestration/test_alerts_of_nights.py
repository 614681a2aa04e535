"""What people are told of real nights, through a channel that writes files; what the settings of one may be."""

import json
import shutil
from datetime import timedelta
from unittest import mock

import pytest
from homes import FIRST_NIGHT, HE, SONG, bare_night, copy_of, drop, made_once, new_home, night, report, try_night

from orchestration.alerting.outbox import Outbox
from orchestration.alerting.telling import tell_of_failure, tell_of_night
from orchestration.night.log import night_logs
from orchestration.settings import load_settings
from warehouse.archive.archive import Archive
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.ledger.ledger import Ledger
from warehouse.ledger.rows import Version

pytestmark = pytest.mark.pipeline

FILES = '\n[channels.all]\nurl = "file:outgoing"\n'
HOSTILE = "<at user_id=all> [点这里](x) @all.md"


@pytest.fixture(scope="module")
def first(common):
    """A home after a night with a channel: one report accepted, one refused, and an empty file with a hostile name."""

    def make(folder):
        home = new_home(folder)
        home.config.write_text(home.config.read_text("utf-8") + FILES, "utf-8")
        drop(home, "松溪.md", report(SONG))
        drop(home, "禾浦.md", report(HE, rate="90.0"))
        drop(home, HOSTILE, b"")
        bare_night_told_of(home, 0)

    return Home(made_once(common, "told-home", make))


@pytest.fixture
def home(first, tmp_path):
    return copy_of(first, tmp_path / "home")


def bare_night_told_of(home, day):
    bare_night(home, day)
    tell_of_night(home, load_settings(home), f"night-{day}", FIRST_NIGHT + timedelta(days=day))


def told(home):
    return {path.stem: path.read_text("utf-8") for path in (home.path / "outgoing").glob("*.txt")}


def of_kind(home, kind):
    return [text for name, text in told(home).items() if name.startswith(kind)]


def test_after_a_night_the_bureau_gets_a_digest(first):
    (digest,) = of_kind(first, "digest")
    assert digest.startswith("绩效夜间任务 2022-05-10：采纳 1 份，退回 1 份，无法读取 1 份\n")
    assert "收到新文件 3 份" in digest
    assert first.current.readlink().name in digest
    assert "退回  禾浦.md（禾浦镇 2021）：C22" in digest


def test_nothing_in_a_file_name_mentions_anybody_or_links(first):
    (digest,) = of_kind(first, "digest")
    assert "＜at user_id=all＞ ［点这里］(x) ＠all.md" in digest
    assert not set("@<>[]") & set(digest)


def test_a_department_is_told_what_is_new_then_what_is_settled_and_nothing_twice(home):
    (before,) = of_kind(home, "department")
    assert before.startswith("绩效自评材料的问题：禾浦镇新出现 1 处，已了结 0 处，仍待处理 0 处\n")
    sentence = next(line for line in before.splitlines() if "C22 阻断" in line)
    shutil.rmtree(home.path / "outgoing")
    drop(home, "禾浦（再报）.md", report(HE, rate="90.0").replace(b"96%", b"97%"))
    bare_night_told_of(home, 1)
    assert of_kind(home, "department") == []
    drop(home, "禾浦（更正）.md", report(HE))
    bare_night_told_of(home, 2)
    (after,) = of_kind(home, "department")
    assert after.startswith("绩效自评材料的问题：禾浦镇新出现 0 处，已了结 1 处，仍待处理 0 处\n")
    assert f"已了结的问题（更正、说明、豁免或不再适用）：\n{sentence}" in after


def test_nights_without_news_are_told_of_once_a_day(home):
    shutil.rmtree(home.path / "outgoing")
    night(home, 1)
    night(home, 1.1)
    assert list(told(home)) == ["digest-2022-05-11-nothing"]


def test_a_night_told_of_again_tells_nothing_twice(home):
    (log,) = night_logs(home)
    shutil.rmtree(home.path / "outgoing")
    (home.alerts / "told.json").unlink()
    assert tell_of_night(home, load_settings(home), log.stem, FIRST_NIGHT).sent == 0
    assert not (home.path / "outgoing").exists()


def test_where_the_second_engine_counts_otherwise_nothing_is_published_and_it_is_told_at_once_with_what_is_left(home):
    current = home.current.readlink()
    drop(home, "松溪 2020.md", report(SONG, 2020))
    with mock.patch("homes.Echo.counts", lambda echo: {**echo.violations(), "C17": 1}):
        result = try_night(home, 1)
    assert not result.success
    assert "两套引擎" in result.message
    assert "C17: 0 against 1" in result.detail
    assert home.current.readlink() == current
    (failure,) = of_kind(home, "failure")
    assert result.message in failure
    (unpublished,) = of_kind(home, "unpublished")
    assert "松溪 2020.md" in unpublished
    (stuck,) = of_kind(home, "stuck")
    assert "s-song 2020 第 1 版：停在“已评判”" in stuck
    assert bare_night(home, 2).release_id is not None


def test_versions_left_in_a_middle_state_are_told_of_once(home):
    with Ledger.open(home.ledger, Archive(home.archive)) as ledger:
        ledger.register([Version(77, "s-bai", 2021, 1)], FIRST_NIGHT)
    for run in ("a", "b"):
        tell_of_failure(home, run, "坏了", FIRST_NIGHT)
    (stuck,) = of_kind(home, "stuck")
    assert "s-bai 2021 第 1 版：停在“已收取”" in stuck
    assert len(of_kind(home, "failure")) == 2


def test_a_full_disk_is_told_once_a_day(home):
    home.config.write_text("least_free_gib = 1e9\n" + home.config.read_text("utf-8"), "utf-8")
    for run in ("a", "b"):
        tell_of_failure(home, run, "坏了", FIRST_NIGHT)
    (disk,) = of_kind(home, "disk")
    assert "只剩" in disk


def test_what_was_not_delivered_stands_in_the_summary_and_fails_nothing(home):
    text = home.config.read_text("utf-8").replace("file:outgoing", "json://127.0.0.1:1/")
    home.config.write_text(text, "utf-8")
    log = night(home, 1)
    assert log.problems == ("告警通道“all”有 1 条未送达（服务器没有接收，或连接不上），下次任务再发。",)
    assert [letter.message.kind for letter in Outbox(home).waiting()] == ["digest"]


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b"[1]", b'{"a": {}}'])
def test_a_damaged_memory_of_what_was_told_is_named_and_holds_up_no_other_message(home, content):
    path = home.alerts / "told.json"
    path.write_bytes(content)
    before = len(of_kind(home, "digest"))
    (problem,) = night(home, 1).problems
    assert problem.startswith(f"记着已告知哪些问题的文件“{path}”已损坏")
    assert len(of_kind(home, "digest")) == before + 1


def test_messages_that_cannot_be_made_fail_no_night(home):
    path = home.alerts / "told.json"
    path.unlink()
    path.mkdir()
    assert night(home, 1).problems == (f"记着已告知哪些问题的文件“{path}”不能读取：是文件夹。",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[channels.a]\nurl = "slack://secret-token"',
            "“channels.a.url”：不认识这种地址，应以其中之一加“://”开头：mailto",
        ),
        ('[channels.a]\nkinds = ["digest"]', "“channels.a.url”：缺少这一项"),
        ('[channels.a]\nurl = "file:x"\nkind = ["digest"]', "“channels.a.kind”：没有这一项，可用的有 url、kinds"),
        ('[channels.a]\nurl = "file:x"\nkinds = ["every"]', "“channels.a.kinds.0 = 'every'”：只能是 'digest', "),
        ('[channels.a]\nurl = "file:x"\nkinds = "digest"', "“channels.a.kinds = 'digest'”：应为方括号中的列表"),
        ('[channels.a]\nurl = "file:x"\nserver = "x"', "“channels.a.server”：应以 http:// 或 https:// 开头"),
        ('[channels.a]\nurl = "file:x"\nkinds = ["disk"]\ndepartments = ["s-he"]', "只能收 department 一类的消息"),
        ('[channels."a/b"]\nurl = "file:x"', "通道名只能用文字、数字、下划线和连字符"),
        ('channels = "x"', "“channels”：应为若干节，写成 [channels.名称]"),
        ("[channels]\na = 1", "“channels.a”：应为一节，写成 [channels.a]"),
        ("alert_attempts = 0", "“alert_attempts = 0”：不能小于 1"),
    ],
)
def test_a_wrong_channel_names_key_and_what_is_allowed_and_no_secret(tmp_path, text, said):
    home = Home(tmp_path).create()
    home.config.write_text(text, "utf-8")
    with pytest.raises(UsageError) as error:
        load_settings(home)
    assert said in error.value.message
    assert "secret-token" not in str(error.value)


def test_the_list_of_what_waits(home, jixiao, told):
    assert told(home, "alerts", "--json") == []
    home.config.write_text(home.config.read_text("utf-8").replace("file:outgoing", "json://127.0.0.1:1/"), "utf-8")
    tell_of_failure(home, "x", "磁盘已满", FIRST_NIGHT)
    (letter,) = told(home, "alerts", "--json")
    assert (letter["channel"], letter["kind"], letter["tries"]) == ("all", "failure", 3)
    code, out, _ = jixiao(home, "alerts")
    assert (code, "系统失败" in out, "未送达的告警（1 条" in out) == (0, True, True)


def test_a_channel_is_tried_out(home, jixiao):
    assert jixiao(home, "alerts", "--test", "all")[0] == 0
    assert "试发" in of_kind(home, "test")[0]
    code, _, err = jixiao(home, "alerts", "--test", "nix")
    assert (code, "没有通道“nix”" in err) == (2, True)
    home.config.write_text('[channels.all]\nurl = "json://127.0.0.1:1/"\n', "utf-8")
    code, _, err = jixiao(home, "alerts", "--test", "all")
    assert (code, "没有送达" in err) == (1, True)
    assert json.loads(jixiao(home, "alerts", "--json")[1]) == []
