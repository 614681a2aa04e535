"""Letters through real servers on loopback: what arrives, what waits, and that no secret shows."""

import json
import logging
import os
import sys
from datetime import UTC, datetime, timedelta

import pytest
from listeners import http_server, mail_server

from orchestration.alerting.delivery import Delivery, deliver
from orchestration.alerting.outbox import Message, Outbox
from orchestration.alerting.wording import clipped, harmless
from orchestration.settings import Settings
from warehouse.home import Home

pytestmark = pytest.mark.pipeline

NOW = datetime(2024, 7, 1, 18, tzinfo=UTC)
MESSAGE = Message("failure-1", "failure", "绩效夜间任务失败", "磁盘已满。\n请腾出空间。")


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


@pytest.fixture
def hook():
    with http_server() as server:
        yield server


@pytest.fixture(scope="module")
def mail():
    with mail_server() as server:
        yield server


@pytest.fixture
def mailbox(mail):
    mail[1].mails.clear()
    mail[1].refuses = False
    return mail[1]


def send(home, *messages, now=NOW, attempts=3, **channels):
    settings = Settings.model_validate({"channels": channels, "alert_attempts": attempts})
    for message in messages:
        Outbox(home).put(message, settings.channels, now)
    return deliver(home, settings, now)


def test_mail_arrives_as_plain_text_once(home, mail, mailbox):
    channel = {"url": f"{mail[0]}ju@example.gov.cn"}
    assert send(home, MESSAGE, bureau=channel).sent == 1
    (received,) = mailbox.mails
    assert (received["Subject"], received["To"]) == ("绩效夜间任务失败", "ju@example.gov.cn")
    assert received.get_content_type() == "text/plain"
    assert received.get_content().replace("\r\n", "\n").strip() == MESSAGE.body
    assert send(home, MESSAGE, bureau=channel).sent == 0
    assert len(mailbox.mails) == 1


def test_a_webhook_gets_json(home, hook):
    address, taken = hook
    assert send(home, MESSAGE, hall={"url": f"json://{address}/alerts"}).sent == 1
    ((path, content),) = taken.posts
    assert (path, content["title"], content["message"]) == ("/alerts", MESSAGE.title, MESSAGE.body)


@pytest.mark.parametrize(
    ("url", "path", "text"),
    [
        ("wecombot://abcdef-key", "/cgi-bin/webhook/send?key=abcdef-key", lambda post: post["text"]["content"]),
        ("dingtalk://s3cret@t0ken", "/robot/send?access_token=t0ken&timestamp=", lambda post: post["text"]["content"]),
        ("feishu://t0ken", "/open-apis/bot/v2/hook/t0ken", lambda post: post["content"]["text"]),
    ],
)
def test_a_robot_says_it_in_its_group_and_mentions_nobody(home, hook, url, path, text):
    address, taken = hook
    assert send(home, MESSAGE, group={"url": url, "server": f"http://{address}"}).sent == 1
    ((posted, content),) = taken.posts
    assert posted.startswith(path)
    assert text(content) == f"{MESSAGE.title}\n{MESSAGE.body}"
    assert not content.get("at", {}).get("isAtAll")


@pytest.mark.parametrize("url", ["wecombot://abcdef-key", "dingtalk://t0ken", "feishu://t0ken"])
def test_a_robot_that_answers_200_and_refuses_has_not_sent(home, hook, url):
    address, taken = hook
    taken.answer = {"errcode": 310000, "code": 310000, "errmsg": "keywords not in content"}
    said = send(home, MESSAGE, attempts=1, group={"url": url, "server": f"http://{address}"})
    assert (said.sent, said.waiting) == (0, 1)
    assert "keywords not in content" in said.problems[0]


def test_a_folder_gets_a_file_a_message(home):
    assert send(home, MESSAGE, pickup={"url": "file:outgoing"}).sent == 1
    text = (home.path / "outgoing" / "failure-1.txt").read_text("utf-8")
    assert text == f"{MESSAGE.title}\n\n{MESSAGE.body}\n"


def test_what_cannot_be_sent_waits_and_goes_out_later_once(home, mail, mailbox):
    channel = {"url": f"{mail[0]}ju@example.gov.cn"}
    mailbox.refuses = True
    said = send(home, MESSAGE, bureau=channel)
    assert (said.sent, said.waiting) == (0, 1)
    assert said.problems == ("告警通道“bureau”有 1 条未送达（服务器没有接收，或连接不上），下次任务再发。",)
    (letter,) = Outbox(home).waiting()
    assert letter.tries == 3
    mailbox.refuses = False
    assert send(home, bureau=channel).sent == 1
    assert send(home, MESSAGE, bureau=channel).sent == 0
    assert len(mailbox.mails) == 1


def test_a_channel_that_is_down_costs_a_few_tries_and_holds_up_no_other(home, hook):
    address, taken = hook
    taken.status = 503
    others = [Message(f"digest-{number}", "digest", "摘要", "…") for number in range(9)]
    down, up = {"url": f"json://{address}/"}, {"url": "file:outgoing"}
    said = send(home, *others, down=down, up=up)
    assert (said.sent, said.waiting, len(taken.posts)) == (9, 9, 3)
    assert len(said.problems) == 1


def test_a_letter_that_is_never_taken_blocks_no_later_one(home, hook):
    address, taken = hook
    taken.status = 400
    channel = {"url": f"json://{address}/"}
    send(home, MESSAGE, hall=channel)
    taken.status = 200
    taken.posts.clear()
    send(home, Message("digest-1", "digest", "摘要", "…"), hall=channel, now=NOW + timedelta(days=1))
    assert [post["title"] for _, post in taken.posts] == ["摘要", MESSAGE.title]


def test_channels_get_only_the_kinds_and_departments_they_want(home):
    messages = [
        MESSAGE,
        Message("department-a", "department", "甲", "…", "a"),
        Message("department-b", "department", "乙", "…", "b"),
    ]
    send(
        home,
        *messages,
        all={"url": "file:all"},
        urgent={"url": "file:urgent", "kinds": ["failure", "disk"]},
        a={"url": "file:a", "departments": ["a"]},
    )
    got = {folder: {path.stem for path in (home.path / folder).iterdir()} for folder in ("all", "urgent", "a")}
    names = {message.name for message in messages}
    assert got == {"all": names, "urgent": {"failure-1"}, "a": {"department-a"}}


def test_what_was_sent_long_ago_is_forgotten(home):
    channel = {"url": "file:outgoing"}
    send(home, MESSAGE, pickup=channel)
    send(home, pickup=channel, now=NOW + timedelta(days=399))
    assert len(list((home.alerts / "sent").glob("*/*.json"))) == 1
    send(home, pickup=channel, now=NOW + timedelta(days=401))
    assert list((home.alerts / "sent").glob("*/*.json")) == []


def test_a_letter_of_a_channel_that_is_gone_stays_and_says_so(home, tmp_path):
    send(home, MESSAGE, pickup={"url": f"json://127.0.0.1:1/{'x' * 9}"})
    said = send(home, other={"url": "file:outgoing"})
    assert "配置中已没有通道“pickup”" in said.problems[0]
    assert said.waiting == 1


def test_secrets_come_from_the_environment_and_show_nowhere(home, hook, monkeypatch, caplog):
    address, taken = hook
    secret = "p@ss/w0rd:x#9"
    monkeypatch.setenv("HALL_TOKEN", secret)
    caplog.set_level(logging.DEBUG)
    channels = {"hall": {"url": f"json://user:${{HALL_TOKEN}}@{address}/${{HALL_TOKEN}}"}, "bot": {"url": "${BOT_URL}"}}
    monkeypatch.setenv("BOT_URL", f"dingtalk://{secret}!")
    taken.status = 500
    said = send(home, MESSAGE, attempts=1, **channels)
    assert said.waiting == 2
    assert [path for path, _ in taken.posts] == ["/p@ss%2Fw0rd:x%239"]
    shown = [*said.problems, caplog.text, *(path.read_text() for path in home.alerts.rglob("*.json"))]
    assert not any(part in text for text in shown for part in ("p@ss", "w0rd", "p%40ss", "x%239"))


def test_a_variable_that_is_missing_is_named_with_its_key(home, monkeypatch):
    monkeypatch.delenv("MAIL_PASSWORD", raising=False)
    said = send(home, MESSAGE, bureau={"url": "mailtos://a:${MAIL_PASSWORD}@mail.example.gov.cn"})
    assert "“channels.bureau.url”引用的环境变量 MAIL_PASSWORD 没有设置" in said.problems[0]
    assert said.waiting == 1


def test_an_address_that_makes_no_sense_is_said_to_be_so(home):
    said = send(home, MESSAGE, group={"url": "dingtalk://not-a-token!"})
    assert "地址的写法不对" in said.problems[0]
    assert "not-a-token" not in said.problems[0]


def test_two_deliveries_at_once_send_once(home, hook):
    address, taken = hook
    with Outbox(home).alone() as is_alone:
        assert is_alone
        said = send(home, MESSAGE, hall={"url": f"json://{address}/"})
    assert (said.sent, said.waiting, taken.posts) == (0, 1, [])


def test_nothing_to_send_loads_no_library(home, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert send(home, hall={"url": "json://127.0.0.1:1/"}).problems == ()


def half(path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def folder(path):
    path.unlink()
    path.mkdir()


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def elsewhere(path):
    path.write_text(path.read_text("utf-8").replace('"name": "failure-1"', '"name": "failure-2"'), "utf-8")


DAMAGES = {
    "half a JSON": half,
    "nothing": lambda path: path.write_bytes(b""),
    "bytes": lambda path: path.write_bytes(b"\x80\xff\x00" * 99),
    "another JSON": lambda path: path.write_text('["x"]', "utf-8"),
    "another kind": lambda path: path.write_text(path.read_text("utf-8").replace('"failure"', '"nix"'), "utf-8"),
    "no time": lambda path: path.write_text(path.read_text("utf-8").replace(NOW.isoformat(), "gestern"), "utf-8"),
    "the name of another": elsewhere,
    "a folder": folder,
    "a pipe": pipe,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_letter_is_told_with_its_file_and_holds_up_no_other(home, jixiao, damage):
    home.config.write_text('[channels.hall]\nurl = "json://127.0.0.1:1/"\n', "utf-8")
    send(home, MESSAGE, hall={"url": "json://127.0.0.1:1/"})
    path = home.alerts / "outbox" / "hall" / "failure-1.json"
    DAMAGES[damage](path)
    digest = Message("digest-1", "digest", "摘要", "…")
    said = send(home, digest, attempts=1, hall={"url": "json://127.0.0.1:1/"})
    assert said.waiting == 1
    assert any(str(path) in problem for problem in said.problems)
    assert all("\n" not in problem for problem in said.problems)
    code, out, err = jixiao(home, "alerts", "--json")
    assert ([each["title"] for each in json.loads(out)], code) == (["摘要"], 1)
    assert err.startswith(f"错误：告警文件“{path}”已损坏")
    assert err.count("\n") == 1
    code, out, _ = jixiao(home, "doctor")
    (line,) = [line for line in out.splitlines() if "告警通道" in line]
    assert (code, line.startswith(f"✗ 告警通道：告警文件“{path}”已损坏")) == (1, True)
    assert send(home, hall={"url": "file:outgoing"}).sent == 1
    assert path.exists()


def test_a_damaged_memory_of_what_was_sent_still_says_that_it_was(home):
    channel = {"url": "file:outgoing"}
    send(home, MESSAGE, pickup=channel)
    (home.alerts / "sent" / "pickup" / "failure-1.json").write_bytes(b"")
    assert send(home, MESSAGE, pickup=channel, now=NOW + timedelta(days=401)) == Delivery()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@all 请看\r\nSubject: 假", "＠all 请看 Subject: 假"),
        ('<at user_id="all">', '＜at user_id="all"＞'),
        ("[点这里](https://坏.cn)", "［点这里］(https：／／坏.cn)"),
        ("报告\u202egpj.docx", "报告 gpj.docx"),
        ("**重要** `rm`", "＊＊重要＊＊ ｀rm｀"),
        ("字" * 300, "字" * 159 + "…"),
    ],
)
def test_foreign_text_is_made_harmless(text, shown):
    assert harmless(text) == shown


@pytest.mark.unit
def test_a_long_message_is_cut_at_a_line_and_says_so():
    body = "\n".join(f"第 {number} 行" for number in range(1000))
    cut = clipped(body, 650)
    assert len(cut) <= 650
    assert cut.startswith("第 0 行\n")
    assert "其余从略" in cut
    assert len(cut.encode()) < 2048
    assert clipped("短", 650) == "短"


def test_letters_are_files_that_a_person_can_read(home):
    send(home, MESSAGE, hall={"url": "json://127.0.0.1:1/"})
    content = json.loads((home.alerts / "outbox" / "hall" / "failure-1.json").read_text("utf-8"))
    assert content["message"]["title"] == MESSAGE.title
    assert content["problem"]
