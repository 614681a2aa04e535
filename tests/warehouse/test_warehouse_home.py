"""The home folder: paths, the synthetic marker, the writer's lock; files that survive; identifiers."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.errors import HomeFault, JixiaoError, UsageError, WriterBusy
from warehouse.files import TEMPORARY, clear_temporaries, point_link, write_atomically
from warehouse.home import LAYOUT, MARKER, Home, exclusive
from warehouse.identifiers import instant_of, is_identifier, next_identifier, order
from warehouse.intake.intake import Limits, take_in

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
AT_ONCE = Limits(quiet_seconds=0)


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home").create()


def test_create_makes_every_folder_and_can_be_repeated(home) -> None:
    home.create()
    for folder in (home.inbox, home.archive, home.warehouse, home.releases, home.slips, home.alerts, home.decisions):
        assert folder.is_dir()
    assert not home.is_synthetic
    assert not home.holds_files


def test_an_older_home_is_brought_to_the_layout_of_today(home) -> None:
    assert home.layout() == LAYOUT
    home.version.unlink()
    assert home.layout() == 0
    home.create()
    assert home.layout() == LAYOUT


@pytest.mark.parametrize(
    ("text", "said"), [(f"{LAYOUT + 1}\n", "需要更新的程序"), ("一", "版本文件"), ("", "内容不对")]
)
def test_a_home_of_a_newer_or_unknown_layout_is_refused_and_left_alone(tmp_path, text, said) -> None:
    newer = Home(tmp_path / "newer")
    newer.path.mkdir()
    newer.version.write_text(text, "utf-8")
    with pytest.raises(HomeFault, match=said):
        newer.create()
    assert [path.name for path in newer.path.iterdir()] == ["VERSION"]


def test_a_home_that_cannot_be_made_says_so(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeFault) as caught:
        Home(tmp_path / "file" / "home").create()
    assert "无法建立数据目录" in caught.value.message


def test_invented_and_received_files_never_mix(home, tmp_path) -> None:
    samples = tmp_path / "samples" / "inbox"
    samples.mkdir(parents=True)
    (tmp_path / "samples" / MARKER).write_text("")
    (samples / "a.md").write_text("编造的")
    received = tmp_path / "received"
    received.mkdir()
    (received / "b.md").write_text("报送的")
    assert len(take_in(home, received, NOW, AT_ONCE).receipts) == 1
    with pytest.raises(UsageError, match="样例"):
        take_in(home, samples, NOW, AT_ONCE)
    with pytest.raises(UsageError):
        home.mark_synthetic()
    demo = Home(tmp_path / "demo").create()
    assert len(take_in(demo, samples, NOW, AT_ONCE).receipts) == 1
    assert demo.is_synthetic
    demo.mark_synthetic()
    with pytest.raises(UsageError, match="正式报送"):
        take_in(demo, received, NOW, AT_ONCE)
    (demo.inbox / "c.md").write_text("编造的 c")
    assert len(take_in(demo, demo.inbox, NOW, AT_ONCE).receipts) == 1, "a home of samples has an inbox of samples"


def test_the_marker_itself_is_no_submission(home) -> None:
    (home.inbox / MARKER).write_text("")
    assert take_in(home, home.inbox, NOW, AT_ONCE).receipts == []
    assert home.is_synthetic


def test_one_writer_at_a_time(home) -> None:
    with exclusive(home):
        with pytest.raises(WriterBusy) as caught, exclusive(home):
            pass
        assert str(os.getpid()) in caught.value.message
    with exclusive(home):
        pass


HOLDER = """
import sys, os, time
from pathlib import Path
from warehouse.home import Home, exclusive
with exclusive(Home(Path(sys.argv[1]))):
    is_parent = sys.argv[2] == "fork" and os.fork()
    if not is_parent:
        print("held", flush=True)
    time.sleep(30)
"""


@pytest.mark.parametrize("with_child", ["fork", "alone"])
def test_a_killed_writer_does_not_block_the_next(home, with_child) -> None:
    arguments = [sys.executable, "-c", HOLDER, str(home.path), with_child]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, start_new_session=True) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(WriterBusy), exclusive(home):
                pass
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            with exclusive(home):
                pass
        finally:
            with suppress(ProcessLookupError):
                os.killpg(holder.pid, signal.SIGKILL)


def test_writing_atomically_replaces_or_leaves(tmp_path, monkeypatch) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"one")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _fail)
        with pytest.raises(OSError, match="disk"):
            write_atomically(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def _fail(*_: object) -> None:
    raise OSError("the disk is gone")


def test_leftovers_are_known_by_their_names(tmp_path) -> None:
    (tmp_path / f"{TEMPORARY}1-1").write_text("")
    (tmp_path / f"{TEMPORARY}1-2").mkdir()
    (tmp_path / f"{TEMPORARY}1-3").symlink_to("nowhere")
    (tmp_path / "kept").write_text("")
    assert clear_temporaries(tmp_path) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert clear_temporaries(tmp_path / "absent") == 0


def test_a_link_is_moved_by_one_rename(tmp_path) -> None:
    link = tmp_path / "current"
    for target in ("a", "b"):
        (tmp_path / target).mkdir()
        point_link(link, target)
        assert link.resolve() == tmp_path / target


def test_errors_speak_chinese_to_people_and_english_to_the_log() -> None:
    error = JixiaoError("出错了。", "disk full")
    assert (error.message, error.detail, str(error)) == ("出错了。", "disk full", "出错了。 [disk full]")


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=30))
def test_identifiers_sort_in_the_order_in_which_they_were_made(jumps) -> None:
    made, now = [], NOW
    for jump in jumps:
        now += timedelta(seconds=jump)
        made.append(next_identifier(now, made[-1] if made else None))
    assert sorted(made, key=order) == made
    assert len(set(made)) == len(made)
    assert all(is_identifier(each) for each in made)


def test_identifiers_tell_their_instant_in_utc() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=8)))
    assert next_identifier(local, None) == "20261122T180000Z-0001"
    assert next_identifier(NOW, "20261122T180000Z-0001") == "20261122T180000Z-0002"
    assert next_identifier(NOW, "20301122T180000Z-9999") == "20301122T180000Z-10000"
    assert instant_of("20261122T180000Z-0001") == NOW
    with pytest.raises(UsageError):
        instant_of("current")


def test_a_second_writer_is_refused(home) -> None:
    with exclusive(home), pytest.raises(WriterBusy), exclusive(home):
        pass
