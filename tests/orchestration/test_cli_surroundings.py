"""The command line where its surroundings fail it: outputs that are full or closed, terminals without the characters,
folders without rights, files that people saved with other programs. One sentence each, and the right status."""

import errno
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from homes import HE, new_home, one_engine, report

from warehouse.home import Home
from warehouse.reasons import reason_of

pytestmark = pytest.mark.pipeline

FULL = Path("/dev/full")


def started(home, *arguments, **how):
    command = [sys.executable, "-m", "orchestration.cli", "--home", home.path, *arguments]
    return subprocess.Popen(command, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how})


def ended(home, *arguments, **how):
    """Status, output, errors."""
    with started(home, *arguments, **how) as process:
        out, err = process.communicate()
    return process.returncode, (out or b"").decode(), (err or b"").decode()


# --- outputs


def test_whoever_waits_at_a_terminal_is_told_at_once_what_is_checked(published, tmp_path):
    file = tmp_path / "a.md"
    file.write_bytes(report(HE))
    ours, theirs = os.openpty()
    code, out, _ = ended(published, "check", file, stderr=theirs)
    os.close(theirs)
    assert os.read(ours, 1000).decode().strip() == "正在检查 1 个文件……"
    os.close(ours)
    assert (code, out.startswith(f"{file}：")) == (0, True)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_output_onto_a_full_disk_is_told_in_one_sentence(published):
    with FULL.open("wb") as full:
        assert ended(published, "status", stdout=full)[::2] == (1, "错误：输出没有写完：磁盘已满。\n")
        assert ended(published, "--help", stdout=full)[::2] == (1, "错误：输出没有写完：磁盘已满。\n")
        assert ended(published, "sql", "selekt", stderr=full)[:2] == (2, "")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_workbook_onto_a_full_disk_is_told_in_one_sentence(published):
    told = ended(published, "findings", "--format", "xlsx", "--out", FULL)
    assert told == (1, "", "错误：无法写入“/dev/full”：磁盘已满。\n")


def test_a_full_disk_is_named_in_chinese_whatever_library_met_it():
    assert reason_of(RuntimeError("IO Error: cannot write x: No space left on device")) == "磁盘已满"
    assert reason_of(OSError("No space left on device (os error 28)")) == "磁盘已满"
    assert reason_of(OSError("something else")) == "something else"


@pytest.mark.parametrize(("command", "status"), [(("releases",), 0), (("verify",), 0), (("check", "{file}"), 3)])
def test_a_command_ends_as_ever_where_nobody_reads_what_it_says(published, tmp_path, command, status):
    file = tmp_path / "禾浦.md"
    file.write_bytes(report(HE, rate="90.0"))
    with started(published, *(word.format(file=file) for word in command)) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == status


@pytest.mark.parametrize(("query", "status"), [("select 1", 0), ("selekt 1", 2)])
def test_outputs_that_are_closed_are_no_error(published, query, status):
    command = [sys.executable, "-m", "orchestration.cli", "--home", str(published.path), "sql", query]
    closed = subprocess.run(["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *command], check=False)
    assert closed.returncode == status


def test_characters_that_a_terminal_does_not_know_are_escaped(published):
    ascii_only, gbk = (os.environ | {"PYTHONIOENCODING": name} for name in ("ascii", "gbk"))
    code, out, err = ended(published, "status", "--year", "2021", env=ascii_only)
    assert (code, err) == (0, "")
    assert "松溪街道" in out
    with started(published, "sql", "select '✓', '绩效' as x", env=gbk) as process:
        said = process.stdout.read().decode("gbk")
    assert process.returncode == 0
    assert r"\u2713" in said
    assert "绩效" in said


# --- folders and rights


def test_going_back_in_a_home_that_is_not_there_makes_none(jixiao, tmp_path):
    code, _, err = jixiao(Home(tmp_path / "nowhere"), "rollback", "20200101T000000Z-0001")
    assert (code, err.count("\n")) == (2, 1)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", ["rollback {release}", "decide --rule C22 --stage shadow --reason x", "rebuild"])
def test_a_home_that_may_not_be_written_is_told_in_one_sentence(jixiao, home, command):
    home.lock.unlink(missing_ok=True)
    home.lock.mkdir()
    code, out, err = jixiao(home, *command.format(release=home.current.readlink().name).split())
    assert (code, out) == (1, "")
    assert err == f"错误：无法写入数据目录“{home.path}”：是文件夹。请用 jixiao doctor 检查。\n"


def test_a_place_that_cannot_be_written_is_named(jixiao, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = jixiao(None, "sample", "--out", tmp_path / "file" / "demo")
    assert (code, out) == (1, "")
    assert err.startswith(f"错误：无法读写“{tmp_path}/file/demo")
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["status", "nightly", "doctor", "sql x"])
@pytest.mark.parametrize("kind", ["a file", "a pipe", "a link into nowhere"])
def test_a_home_that_is_no_folder_is_told_by_every_command(jixiao, tmp_path, kind, command):
    path = tmp_path / "home"
    match kind:
        case "a file":
            path.touch()
        case "a pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to("x")
    code, out, err = jixiao(Home(path), *command.split())
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"错误：“{path}”不是目录")


@pytest.mark.parametrize("name", ["inbox", "archive", "decisions"])
@pytest.mark.parametrize("kind", ["a file", "a link into nowhere"])
def test_what_stands_in_the_place_of_a_folder_is_named(jixiao, tmp_path, name, kind):
    home = new_home(tmp_path / "home")
    place = home.path / name
    place.rmdir()
    place.touch() if kind == "a file" else place.symlink_to("/no/such/share")
    code, out, err = jixiao(home, "nightly")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith(f"错误：“{place}”不是目录")
    if name == "inbox":
        assert f"✗ 收件夹：“{place}”不是目录" in jixiao(home, "doctor")[1]


def test_a_place_that_cannot_be_written_is_told_before_a_rebuild(jixiao, home, tmp_path, monkeypatch):
    monkeypatch.delattr("orchestration.reprocessing.rebuilding.Replay")
    place = tmp_path / "file" / "x"
    place.parent.touch()
    told = jixiao(home, "rebuild", "--out", place)
    assert told == (1, "", f"错误：无法写入“{place}”：路径中有一段不是文件夹。请用 --out 另写一个目录。\n")


def test_a_night_that_cannot_be_recorded_says_why(jixiao, tmp_path, monkeypatch):
    def full(home):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("orchestration.jobs.instance_of", full)
    with one_engine():
        code, out, err = jixiao(new_home(tmp_path / "home"), "nightly")
    assert (code, out) == (1, "")
    assert err.startswith("错误：磁盘已满，没有写完。")


def test_damaged_records_of_runs_are_told_with_what_to_do(jixiao, home):
    for path in home.dagster.rglob("*.db"):
        path.write_bytes(b"no database at all" * 500)
    code, out, err = jixiao(home, "nightly")
    assert (code, out) == (1, "")
    assert f"错误：运行记录“{home.dagster}”已损坏。请把这个文件夹移走" in err
    shutil.rmtree(home.dagster)
    with one_engine():
        assert jixiao(home, "nightly")[0] == 0


def test_who_decides_is_a_number_where_the_machine_knows_no_name(jixiao, published, monkeypatch):
    def unknown(number):
        raise KeyError(f"getpwuid(): uid not found: {number}")

    monkeypatch.setattr("pwd.getpwuid", unknown)
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    assert jixiao(published, "waive", "--list")[0] == 0


def test_what_doctor_says_of_an_entry_that_is_no_file(jixiao, home):
    os.mkfifo(home.inbox / "管道.md")
    line = next(line for line in jixiao(home, "doctor")[1].splitlines() if "收件夹" in line)
    assert line.startswith("! 收件夹：有 1 项任务收不到：管道.md，不是普通文件")
    assert "权限" not in line


def test_a_copy_of_a_home_without_its_links_is_told_with_what_to_do(jixiao, home, tmp_path):
    release_id = home.current.readlink().name
    home.current.unlink()
    shutil.copytree(home.releases / release_id, home.current)
    for command in ("status", "verify", f"rollback {release_id}", "nightly"):
        with one_engine():
            code, out, err = jixiao(home, *command.split())
        assert (code, out) == (1, "")
        assert err.startswith(f"错误：“{home.current}”应是指向现行发布的链接")
        assert err.count("\n") == 1
    home.current.rename(tmp_path / "aside")
    with one_engine():
        assert jixiao(home, "nightly")[0] == 0
    assert home.current.readlink().name == release_id


def test_a_folder_that_is_gone_is_told(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    command = [sys.executable, "-m", "orchestration.cli", "--home", "home", "status"]
    result = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", *command],
        cwd=gone, capture_output=True, check=False, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode() == "错误：所在的目录已经不在了。请换到另一个目录（cd），再运行一次。\n"


# --- files that people write


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"workers = 2\nregistry = \n", "第 2 行第 12 个字处写错（Invalid value）"),
        (b"registry = [", "文件没有写完"),
        (b"workers = 2\nbureau = '\xd6\xd0'", "第 2 行不是 UTF-8 编码"),
        (b'registry = "."', "不能读取：是文件夹"),
    ],
)
def test_a_configuration_is_told_to_the_line(jixiao, tmp_path, content, said):
    home = new_home(tmp_path / "home")
    home.config.write_bytes(content)
    code, out, err = jixiao(home, "status")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_configuration_that_an_editor_of_windows_saved_is_read(jixiao, told, tmp_path):
    home = new_home(tmp_path / "home", deadline="05-31")
    home.config.write_bytes(b"\xef\xbb\xbf" + home.config.read_bytes())
    assert told(home, "status", "--year", 2021, "--json")[0]["due_on"] == "2022-05-31"


@pytest.mark.parametrize(("name", "status"), [("jixiao.toml", 2), ("VERSION", 1)])
def test_a_file_of_the_home_that_cannot_be_read_is_named_with_the_reason(jixiao, tmp_path, name, status):
    home = new_home(tmp_path / "home", registry=None)
    (home.path / name).unlink()
    (home.path / name).mkdir()
    code, out, err = jixiao(home, "status")
    assert (code, out) == (status, "")
    assert name in err
    assert err.endswith("：是文件夹。\n")
    assert err.count("\n") == 1


def pipe(path):
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def zeros(path):
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def socket_at(path):
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


NO_FILES = {"a pipe": pipe, "a device": zeros, "a socket": socket_at}


@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize(
    ("name", "command", "status"),
    [
        ("jixiao.toml", "check {home}/inbox/松溪.md", 2),
        ("registry.csv", "check {home}/inbox/松溪.md", 2),
        ("VERSION", "status", 1),
        ("decisions/waivers.jsonl", "waive --list", 1),
        ("rules.toml", "rejudge --catalogue {}", 2),
        ("rules/1.toml", "rejudge --catalogue {folder}", 2),
        ("报告.md", "check {}", 2),
        ("cert.pem", "serve --cert {0} --key {0}", 2),
        ("truth/a.md.truth.json", "score {home}", 2),
    ],
)
def test_what_is_no_file_is_refused_and_not_waited_for(jixiao, home, kind, name, command, status):
    path = home.path / name
    path.parent.mkdir(exist_ok=True)
    NO_FILES[kind](path)
    code, out, err = jixiao(home, *command.format(path, folder=path.parent, home=home.path).split())
    assert (code, out) == (status, "")
    assert path.name in err
    assert "不是普通文件" in err
    assert err.count("\n") == 1


# --- what is said


@pytest.mark.parametrize("command", ["findings", "search 预算"])
def test_no_department_is_none_of_the_registry(jixiao, published, command):
    code, out, err = jixiao(published, *command.split(), "--department", "")
    assert (code, out) == (2, "")
    assert "单位名录中没有“”" in err


def test_sql_shows_instants_in_beijing_and_other_times_as_they_are(jixiao, published):
    def shown(query):
        code, out, _ = jixiao(published, "sql", f"select {query} as x")
        assert code == 0
        return out.splitlines()[-1].strip()

    assert shown("timestamptz '2021-06-30 20:00:00+00'") == "2021-07-01 04:00"
    assert shown("timestamp '2021-06-30 20:00:00'") == "2021-06-30 20:00"
    assert shown("timestamptz '9999-12-31 23:59:00+00'") == "9999-12-31 23:59"
    assert shown("timestamp 'infinity'") == "9999-12-31 23:59"
