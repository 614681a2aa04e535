"""The usual misconfigurations, each found by ``jixiao doctor`` and said with what to do."""

import os
import time

import pytest

from orchestration.dagster_home import instance_of
from orchestration.settings import load_settings
from warehouse.errors import UsageError
from warehouse.home import Home

pytestmark = pytest.mark.pipeline


def write_settings(home, text):
    home.config.write_text(home.config.read_text("utf-8") + text, "utf-8")


@pytest.fixture
def examined(jixiao, home):
    """Title of a check -> its mark and what it says; and the exit status."""

    def examine(at=home):
        code, out, _ = jixiao(at, "doctor")
        lines = [line.partition("：") for line in out.splitlines()]
        return code, {title[2:]: (title[0], said) for title, _, said in lines}

    return examine


def test_a_sound_installation(examined):
    code, said = examined()
    assert code == 0
    assert [mark for mark, _ in said.values() if mark == "✗"] == []
    assert list(said) == [
        "Python 与依赖", "数据目录", "收件夹", "磁盘空间", "配置、名录与决定", "告警通道", "系统时钟", "旧版文档",
        "台账", "当前发布", "定时运行",
    ]  # fmt: skip
    assert "最近一次任务在" in said["定时运行"][1]


def test_a_home_that_does_not_exist_yet_stays_away(examined, tmp_path):
    code, said = examined(Home(tmp_path / "nowhere"))
    assert code == 0
    assert "尚未建立" in said["数据目录"][1]
    assert not (tmp_path / "nowhere").exists()


BREAKS = {
    "an unknown key": ("deadlines = '06-30'\n", "配置、名录与决定", "✗", "“deadlines = '06-30'”：没有这一项"),
    "a wrong value": ("deadline = 5\n", "配置、名录与决定", "✗", "“deadline = 5”：应为带引号的文字"),
    "an unknown department": (
        '[channels.a]\nurl = "file:x"\ndepartments = ["s-nix"]\n', "配置、名录与决定", "✗", "s-nix 不在部门名录中",
    ),
    "a missing secret": ('[channels.a]\nurl = "mailto://${NIX}@x"\n', "告警通道", "✗", "环境变量 NIX 没有设置"),
    "a senseless address": ('[channels.a]\nurl = "dingtalk://hush-hush!"\n', "告警通道", "✗", "地址的写法不对"),
    "little space": ("least_free_gib = 1e9\n", "磁盘空间", "✗", "请腾出空间"),
}  # fmt: skip


@pytest.mark.parametrize("break_", BREAKS)
def test_wrong_settings(examined, home, break_):
    text, title, mark, words = BREAKS[break_]
    write_settings(home, text)
    code, said = examined()
    assert code == 1
    assert said[title][0] == mark
    assert words in said[title][1]
    assert sum(each == "✗" for each, _ in said.values()) == 1
    assert "hush" not in said[title][1]


def test_a_clock_that_went_back(examined, home):
    (home.archive / "receipts" / "29990101T000000Z-0001.jsonl").touch()
    assert examined()[1]["系统时钟"][0] == "✗"


def test_a_damaged_ledger_is_told_by_doctor_and_verify_and_mended_by_neither(examined, home, jixiao):
    noise = b"no database at all"
    home.ledger.write_bytes(noise)
    assert examined()[1]["台账"][0] == "✗"
    code, out, _ = jixiao(home, "verify")
    assert (code, "台账已损坏" in out) == (1, True)
    assert home.ledger.read_bytes() == noise


def test_a_link_into_nowhere(examined, home):
    home.current.unlink()
    home.current.symlink_to("releases/20200101T000000Z-0001")
    assert "jixiao rollback" in examined()[1]["当前发布"][1]
    home.current.unlink()
    mark, said = examined()[1]["当前发布"]
    assert (mark, "没有现行发布的链接" in said) == ("✗", True)


def test_a_release_that_was_tampered_with(examined, home):
    page = home.current / "dictionary.html"
    page.chmod(0o644)
    page.write_text("!")
    mark, said = examined()[1]["当前发布"]
    assert (mark, "dictionary.html" in said) == ("✗", True)


def test_decisions_that_cannot_be_read(examined, home):
    (home.decisions / "waivers.jsonl").write_text("{\n", "utf-8")
    assert examined()[1]["配置、名录与决定"][0] == "✗"


def test_a_program_that_is_missing_is_a_hint(examined, monkeypatch):
    monkeypatch.setenv("PATH", "")
    code, said = examined()
    assert (code, said["旧版文档"][0]) == (0, "!")


def test_no_night_for_long_and_no_clock_that_starts_one(examined, home):
    for path in (home.warehouse / "nights").iterdir():
        os.utime(path, (time.time() - 3 * 86400,) * 2)
    code, said = examined()
    mark, words = said["定时运行"]
    assert (code, mark) == (0, "!")
    assert "守护进程没有运行，定时任务没有打开" in words


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_a_home_of_another_user(examined, home):
    os.chown(home.path, 65534, -1)
    mark, words = examined()[1]["数据目录"]
    assert mark == "✗"
    assert "请改用" in words


@pytest.mark.skipif(os.getuid() == 0, reason="root may read and write everything")
def test_folders_without_rights(examined, home):
    home.alerts.chmod(0o500)
    home.inbox.chmod(0)
    said = examined()[1]
    home.inbox.chmod(0o755)
    assert (said["数据目录"][0], said["收件夹"][0]) == ("✗", "✗")


def test_wrong_settings_change_nothing_and_start_no_night(home, jixiao):
    with instance_of(home) as instance:
        before = instance.get_runs_count()
    right = home.config.read_text("utf-8")
    write_settings(home, "workers = 0\n")
    code, _, err = jixiao(home, "nightly")
    assert (code, "“workers = 0”：不能小于 1" in err) == (2, True)
    with pytest.raises(UsageError):
        load_settings(home)
    home.config.write_text(right, "utf-8")
    with instance_of(home) as instance:
        assert instance.get_runs_count() == before
