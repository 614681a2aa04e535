"""The command line on a small published home: what each command prints, its JSON, its exit status, wrong use."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from homes import HE, SONG, copy_of, drop, lived, new_home, one_engine, report
from python_calamine import CalamineWorkbook

from orchestration.cli import _COMMANDS, cli
from orchestration.cli.outcome import run
from orchestration.cli.search import excerpt
from warehouse.connection import open_writer
from warehouse.home import Home
from warehouse.release.releases import Releases

pytestmark = pytest.mark.pipeline

KEYS = ["file", "outcome", "department_id", "fiscal_year", "kind", "findings", "facts"]
FINDING = ["rule", "level", "message", "observed", "expected", "page", "line", "table", "row", "column"]


# --- help


@pytest.mark.parametrize("command", ["", *_COMMANDS])
def test_help_is_chinese_and_plain(jixiao, command):
    code, out, _ = jixiao(None, *command.split(), "--help")
    assert code == 0
    assert out.startswith("用法：")
    for english in ("Usage", "Options", "Show this message", "TEXT", "INTEGER", "[default", "[required]", "[OPTIONS]"):
        assert english not in out


def test_help_needs_none_of_the_heavy_libraries():
    heavy = "polars", "duckdb", "dagster", "pandera", "great_expectations", "rich"
    code = (
        "import sys\nfrom orchestration.cli import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        f"loaded = [name for name in {heavy!r} if name in sys.modules]\nassert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_a_command_that_ends_early_has_said_and_done_all_that_it_was_to():
    code = (
        "import atexit\nfrom orchestration.cli.outcome import leave\n"
        "atexit.register(print, 'done')\nprint('said')\nleave(3)\nprint('never')"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.PIPE, text=True)
    assert (ended.returncode, ended.stdout) == (3, "said\ndone\n")


# --- before the first release


def test_before_the_first_release_all_are_missing_and_sql_says_what_to_do(jixiao, told, tmp_path):
    home = new_home(tmp_path / "home")
    rows = told(home, "status", "--year", 2021, "--json")
    assert [(row["department_id"], row["condition"]) for row in rows] == [
        ("s-bai", "missing"),
        ("s-he", "missing"),
        ("s-song", "missing"),
    ]
    assert jixiao(home, "status")[0] == 0
    for command in (
        ("sql", "select 1"),
        ("findings",),
        ("verify",),
        ("trace", "fact_goal", "1"),
        ("search", "预算"),
    ):
        code, out, err = jixiao(home, *command)
        assert (code, out) == (2, "")
        assert err == "错误：还没有任何发布。请先运行 jixiao nightly。\n"
    assert jixiao(home, "releases")[0] == 0


def test_status_of_the_real_registry_lists_its_sixteen_departments(told, tmp_path):
    assert len(told(Home(tmp_path / "nowhere"), "status", "--year", 2022, "--json")) == 16
    assert not (tmp_path / "nowhere").exists()


# --- nightly


def test_nightly_tells_what_found_no_room_then_what_came_in_what_was_refused_and_where_it_went(
    jixiao, tmp_path, monkeypatch
):
    """A night that has no room for what came is none that found nothing; commands to try next can be typed as they are
    shown."""
    monkeypatch.chdir(tmp_path)
    home = new_home(tmp_path / "数据 目录")
    drop(home, "松溪.md", report(SONG))
    drop(home, "禾浦.md", report(HE, rate="90.0"))
    drop(home, "空.md", b"")
    with one_engine():
        with monkeypatch.context() as patch:
            patch.setattr("warehouse.archive.archive.ArchiveBatch.free_bytes", lambda _: 1000)
            code, out, err = jixiao(home, "nightly")
        assert (code, out) == (1, "")
        assert err.endswith("错误：磁盘空间不足，收件夹中有 3 份文件没有收下。请腾出空间，再运行一次。\n")
        code, out, err = jixiao(home, "nightly")
        assert code == 3, err
        for said in ("收取：", "读取：2 份，无法读取 1 份", "评判：", "建库：", "“禾浦.md”"):
            assert said in err
        for said in (
            "新文件 3 份",
            "采纳 1 份",
            "退回 1 份",
            "禾浦.md",
            "C22（第 21 行）",
            "已发布：",
            ".venv/bin/jixiao --home '数据 目录' status",
        ):
            assert said in out
        commands = [shlex.split(line) for line in out.splitlines() if ".venv/bin/jixiao" in line]
        assert [words[3] for words in commands] == ["status", "sql"]
        assert [jixiao(home, *words[3:])[0] for words in commands] == [0, 0]
        code, out, _ = jixiao(home, "nightly")
    assert (code, "不产生新的发布" in out) == (0, True)


def test_nightly_refuses_to_mix_invented_and_received_files(jixiao, home, tmp_path):
    samples = tmp_path / "samples"
    assert jixiao(None, "sample", "--out", samples, "--departments", 1, "--years", 2021)[0] == 0
    code, out, err = jixiao(home, "nightly", "--inbox", samples / "inbox")
    assert (code, out) == (2, "")
    assert err.startswith("错误：“")
    assert err.count("\n") == 1
    assert "编造的样例" in err
    code, _, err = jixiao(None, "sample", "--out", home.path)
    assert (code, "编造的样例" in err) == (2, True)


def test_samples_go_nowhere_where_other_files_lie(jixiao, tmp_path):
    home = new_home(tmp_path / "home")
    registry = home.path / "registry.csv"
    before = registry.read_bytes()
    for place in (home.path, home.inbox, home.path / "samples"):
        code, out, err = jixiao(None, "sample", "--out", place, "--departments", 1, "--years", 2021)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "编造的样例" in err
    assert (registry.read_bytes(), home.is_synthetic, list(home.inbox.iterdir())) == (before, False, [])
    (tmp_path / "notes.txt").touch()
    (tmp_path / "inbox").mkdir()
    assert jixiao(None, "sample", "--out", tmp_path, "--departments", 1, "--years", 2021)[0] == 0


def test_samples_go_into_a_folder_of_something_that_has_a_version_too(jixiao, tmp_path):
    (tmp_path / "VERSION").write_text("2.1\n")
    assert jixiao(None, "sample", "--out", tmp_path / "demo", "--departments", 1, "--years", 2021)[0] == 0


@pytest.mark.parametrize(
    "command", ["export --format csv --out", "findings --format xlsx --out", "rebuild --as-of 2099-01-01 --out"]
)
@pytest.mark.parametrize(
    "place", ["inbox/x", "published/current/x", "jixiao.toml/x", "decisions/x", "archive/x/y", "SYNTHETIC"]
)
def test_nothing_is_written_among_what_a_home_is_made_of(jixiao, published, command, place):
    before = sorted(published.path.rglob("*"))
    code, out, err = jixiao(published, *command.split(), published.path / place)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "在数据目录的" in err
    assert sorted(published.path.rglob("*")) == before


def test_a_home_that_cannot_be_written_is_told_in_one_sentence(jixiao, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = jixiao(Home(tmp_path / "file" / "home"), "nightly")
    assert code == 1
    assert err.startswith("错误：无法建立数据目录“")
    assert err.count("\n") == 1


# --- check


def test_check_gives_an_object_a_file_in_order_and_stores_nothing(told, published, tmp_path):
    files = [tmp_path / name for name in ("c.md", "a.md", "b.txt", "d.md")]
    for path, content in zip(files, (report(HE, rate="90.0"), b"", report(HE), report(SONG)), strict=True):
        path.write_bytes(content)
    told_as = [*map(str, files), f"{tmp_path}/报告\\n.md"]
    before = sorted(path.relative_to(published.path) for path in published.path.rglob("*"))
    results = told(published, "check", *files, named_in_no_text(tmp_path), "--json", status=3)
    assert sorted(path.relative_to(published.path) for path in published.path.rglob("*")) == before
    assert [result["file"] for result in results] == told_as
    assert [result["outcome"] for result in results] == ["quarantined", "unreadable", *["accepted"] * 3]
    assert all(list(result) == KEYS for result in results)
    assert results[2] | {"findings": 0, "facts": 0} == {
        "file": str(files[2]),
        "outcome": "accepted",
        "department_id": "s-he",
        "fiscal_year": 2021,
        "kind": "overall_report",
        "findings": 0,
        "facts": 0,
    }
    (finding,) = results[0]["findings"]
    assert list(finding) == FINDING
    assert (finding["rule"], finding["level"], finding["line"]) == ("C22", "blocking", 21)
    (unreadable,) = results[1]["findings"]
    assert (unreadable["rule"], unreadable["level"]) == (None, "blocking")
    assert "空" in unreadable["message"]
    assert results[0]["facts"]["fact_headcount"] == results[2]["facts"]["fact_headcount"]
    assert_rows_of_core_tables_without_keys_amounts_as_text(results[3]["facts"])


def assert_rows_of_core_tables_without_keys_amounts_as_text(facts):
    assert {"dim_document", "dim_budget_unit", "dim_internal_office", "fact_department_budget"} <= facts.keys()
    assert "provenance" not in facts
    assert not [(table, name) for table, rows in facts.items() for row in rows for name in row if name.endswith("_key")]
    budget = facts["fact_department_budget"][0]
    assert (budget["total_budget_yuan"], budget["stated_execution_rate"]) == ("10000000.00", "0.950000")
    assert [(row["reported_name"], row["listing"], row["budget_yuan"]) for row in facts["fact_project_spending"]] == [
        ("道路保洁经费", "task", "3000000.00"),
        ("文化活动经费", "task", "2005000.00"),
        ("安全巡查经费", "task", "2500000.00"),
    ]
    assert [(row["name"], row["role"]) for row in facts["dim_budget_unit"]] == [
        (SONG, "本级"),
        ("松溪街道综合服务中心", "下属"),
    ]


def test_check_judges_each_file_on_its_own(told, published, tmp_path):
    """Two different reports of one department and year conflict in one intake; each alone is sound."""
    files = [tmp_path / f"{number}.md" for number in range(2)]
    for path, rate in zip(files, ("95.0", "94.0"), strict=True):
        path.write_bytes(report(SONG, rate=rate, spent=f"9{rate[1]}0.00"))
    results = told(published, "check", *files, "--json")
    assert [result["outcome"] for result in results] == ["accepted"] * 2
    alone = [told(published, "check", path, "--json")[0] for path in files]
    assert results == alone


def test_check_for_people_names_file_outcome_and_place(jixiao, published, tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(report(HE, rate="90.0"))
    code, out, _ = jixiao(published, "check", path, named_in_no_text(tmp_path))
    assert code == 3
    assert f"{path}：退回（禾浦镇 2021）" in out
    assert "[阻断] C22（第 21 行）：" in out
    assert f"{tmp_path}/报告\\n.md：通过（禾浦镇 2021）\n" in out


def named_in_no_text(folder):
    """A file whose name is no text; it is checked under a name that can be read."""
    path = os.fsdecode(os.fsencode(folder) + "/报告".encode("gb18030") + b"\n.md")
    Path(path).write_bytes(report(HE))
    return path


def test_check_says_of_a_file_beyond_the_limit_what_the_night_says(jixiao, tmp_path):
    home = new_home(tmp_path / "home", largest_file_mib=1)
    (tmp_path / "大.md").write_bytes(b"a" * (1 << 20) + b"b")
    (result,) = json.loads(jixiao(home, "check", tmp_path / "大.md", "--json")[1])
    assert result["outcome"] == "unreadable"
    assert "上限 1 MiB" in result["findings"][0]["message"]


# --- status, findings, releases


def test_status_shows_state_version_lateness_and_open_findings(told, jixiao, published):
    rows = {row["department_id"]: row for row in told(published, "status", "--year", 2021, "--json")}
    assert (rows["s-song"]["condition"], rows["s-song"]["status"]) == ("submitted", "accepted")
    assert (rows["s-he"]["status"], rows["s-he"]["open_blocking_count"]) == ("quarantined", 1)
    code, out, _ = jixiao(published, "status")
    assert code == 0
    assert "退回" in out
    assert "按时" in out


def test_findings_can_be_narrowed(told, jixiao, published):
    everything = told(published, "findings", "--json")
    assert [row["rule_id"] for row in everything] == ["C22"]
    assert (everything[0]["line"], everything[0]["file_name"]) == (21, "禾浦.md")
    for named in ("s-he", "禾浦镇", HE):
        assert told(published, "findings", "--department", named, "--format", "json") == everything
    assert told(published, "findings", "--year", 2020, "--json") == []
    assert "没有符合条件的问题" in jixiao(published, "findings", "--level", "warning")[1]
    assert "C22" in jixiao(published, "findings")[1]


def test_findings_as_a_workbook(jixiao, published, tmp_path):
    book = tmp_path / "问题.xlsx"
    code, out, _ = jixiao(published, "findings", "--format", "xlsx", "--out", book)
    assert (code, "1 条" in out) == (0, True)
    sheet = CalamineWorkbook.from_path(book).get_sheet_by_name("问题清单").to_python()
    row = dict(zip(*sheet, strict=True))
    assert (row["规则"], row["文件"], row["位置"], row["部门"]) == ("C22", "禾浦.md", "第 21 行", "禾浦镇")
    assert row["怎样改"]
    assert jixiao(published, "findings", "--format", "xlsx", "--out", tmp_path / "无" / "问题.xlsx")[0] == 1


def test_releases_rollback_and_verify(told, jixiao, common, tmp_path):
    home = copy_of(lived(common), tmp_path / "home")
    listed = told(home, "releases", "--json")
    third, second, first = (row["release_id"] for row in listed)
    assert [(row["is_current"], row["base"]) for row in listed] == [(True, second), (False, first), (False, None)]
    code, out, _ = jixiao(home, "rollback", second)
    assert (code, second in out) == (0, True)
    assert [row["is_current"] for row in told(home, "releases", "--json")] == [False, True, False]
    assert "*" in jixiao(home, "releases")[1]
    spent = "select sum(executed_yuan) as s from core.fact_department_budget where fiscal_year = 2021"
    assert told(home, "sql", spent, "--json") == [{"s": "28500000.00"}]
    assert told(home, "sql", spent, "--release", third, "--json") == [{"s": "19000000.00"}]
    assert jixiao(home, "verify", "--full")[0] == 0
    path = home.current.resolve() / "dictionary.html"
    path.chmod(0o644)
    path.write_text("x")
    code, out, _ = jixiao(home, "verify")
    assert (code, "dictionary.html" in out) == (1, True)
    assert jixiao(home, "verify", third)[0] == 0


# --- trace


def test_trace_leads_to_file_line_cell_and_raw_text(told, jixiao, published):
    query = (
        "select project_spending_key as k from core.fact_project_spending s join core.dim_department d"
        " using (department_key) where department_id = 's-bai' and reported_name = '道路保洁经费'"
    )
    ((row),) = told(published, "sql", query, "--json")
    (place,) = told(published, "trace", "fact_project_spending", row["k"], "spent_yuan", "--json")
    assert (place["value"], place["raw_text"].strip(), place["file_name"]) == ("3000000.00", "300.00", "白塬.md")
    assert (place["line"], place["row_number"], place["column_number"]) == (29, 1, 3)
    code, out, _ = jixiao(published, "trace", "core.fact_project_spending", row["k"])
    assert code == 0
    assert "budget_yuan" in out
    assert "道路保洁经费" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", "1"), "没有可追溯的表"),
        (("provenance", "1"), "没有可追溯的表"),
        (("fact_goal", "1"), "没有键为 1 的行"),
        (("fact_goal", "x"), "不是整数"),
    ],
)
def test_trace_of_what_is_not_there(jixiao, published, arguments, said):
    code, out, err = jixiao(published, "trace", *arguments)
    assert (code, out) == (2, "")
    assert said in err


# --- search


def test_search_finds_texts_that_hold_all_words_with_their_place(told, jixiao, published):
    rows = told(published, "search", "保洁", "主次干道", "--json")
    assert [(row["short_name"], row["kind"], row["title"]) for row in rows] == [
        ("白塬街道", "completion", "道路保洁经费"),
        ("松溪街道", "completion", "道路保洁经费"),
    ]
    assert (rows[0]["file_name"], rows[0]["line"], rows[0]["fiscal_year"]) == ("白塬.md", 29, 2021)
    assert told(published, "search", "保洁 主次干道", "--department", "松溪街道", "--json") == rows[1:]
    assert told(published, "search", "保洁", "--year", 2020, "--json") == []
    code, out, _ = jixiao(published, "search", "预算编制", "--department", "s-bai", "--limit", 1)
    assert code == 0
    assert out.startswith("找到 2 条，只显示前 1 条")
    assert "白塬.md 第 49 行" in out
    assert jixiao(published, "search", "没有的词")[:2] == (0, "没有找到。\n")


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("短文\n两行", ["两"], "短文 两行"),
        ("甲" * 60 + "垃圾" + "乙" * 90, ["没有", "垃圾"], "…" + "甲" * 30 + "垃圾" + "乙" * 68 + "…"),
        ("甲" * 10 + "垃圾" + "乙" * 200, ["垃圾"], "甲" * 10 + "垃圾" + "乙" * 88 + "…"),
        ("甲" * 200 + "垃圾", ["垃圾"], "…" + "甲" * 98 + "垃圾"),
        ("甲" * 120, ["题目里的词"], "甲" * 100 + "…"),
    ],
)
def test_search_shows_a_long_text_around_the_first_word(text, words, shown):
    assert excerpt(text, words) == shown


def test_search_in_a_release_of_a_program_that_had_none_says_what_to_do(jixiao, published, tmp_path):
    home = copy_of(published, tmp_path / "home")
    release = Releases(home).current()
    release.database.chmod(0o644)
    with open_writer(release.database) as connection:
        connection.execute("DROP MACRO TABLE mart.search")
    code, out, err = jixiao(home, "search", "保洁")
    assert (code, out) == (2, "")
    assert err.startswith(f"错误：当前发布 {release.release_id} 由较早的程序做成，不能查找。")
    assert "jixiao rebuild" in err


def test_search_without_words_is_wrong_use(jixiao, published):
    code, out, err = jixiao(published, "search")
    assert (code, out) == (2, "")
    assert "缺少 WORDS" in err


# --- sql


def test_sql_prints_tables_blocks_and_json(told, jixiao, published):
    query = "select 1 as a, 2 as a, null as n, [1.5::decimal(4,2)] as l, 'inf'::double as x"
    assert told(published, "sql", query, "--json") == [{"a": 1, "a_2": 2, "n": None, "l": ["1.50"], "x": None}]
    code, out, _ = jixiao(published, "sql", "select 1 as 年度, '甲' as 部门")
    assert code == 0
    assert out.splitlines()[0].split() == ["年度", "┃", "部门"]
    out = jixiao(published, "sql", "select repeat('长', 90) as long, 1 as short")[1]
    assert out.startswith("── 第 1 行 ──\nlong   长长")
    out = jixiao(published, "sql", "select * from range(5)", "--limit", 2)[1]
    assert "只显示前 2 行" in out
    out = jixiao(published, "sql", "select chr(27) || '[31m' as x, interval 1 day as y")[1]
    assert "\x1b" not in out
    assert "1 day" in out


def test_sql_reads_standard_input(published):
    result = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "--home", published.path, "sql", "--json"],
        input="select count(*) as n from core.dim_submission",
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout) == [{"n": 2}]
    assert result.stderr == ""


@pytest.mark.parametrize(("given", "said"), [(b"select '\xff\xfe'", "不是 UTF-8 编码"), (None, "没有给出查询")])
def test_sql_says_of_standard_input_that_holds_no_text_what_is_wrong(published, given, said):
    command = [sys.executable, "-m", "orchestration.cli", "--home", str(published.path), "sql"]
    closed = [] if given else ["sh", "-c", 'exec "$@" <&-', "sh"]
    result = subprocess.run([*closed, *command], input=given, capture_output=True, check=False)
    assert (result.returncode, result.stdout) == (2, b"")
    assert said in result.stderr.decode()
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "query",
    [
        "select * from core.nothing",
        "selekt 1",
        "",
        "select 1; select 2",
        "delete from core.fact_goal",
        "create table core.x as select 1",
        "create temp table x as select 1",
        "update quality.rule set title = 'x'",
        "drop table core.fact_goal",
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "copy (select 1) to '{file}.out'",
        "copy core.fact_goal to '{file}.out'",
        "attach '{file}.duckdb' as other",
        "set enable_external_access = true",
        "install httpfs",
        "load '{file}'",
    ],
)
def test_sql_bars_writing_and_other_files(jixiao, published, tmp_path, query):
    file = tmp_path / "secret.csv"
    file.write_text("geheim\n1\n")
    code, out, err = jixiao(published, "sql", query.format(file=file))
    assert (code, out) == (2, "")
    assert err.startswith("错误：")
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert Releases(published).verify(published.current.readlink().name) == []


def test_output_that_nobody_reads_to_the_end_is_no_error(published):
    query = "select repeat('x', 100) as x from range(100000)"
    command = [sys.executable, "-m", "orchestration.cli", "--home", published.path, "sql", query, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


# --- sample, score


def test_sample_check_and_score_go_together(told, jixiao, tmp_path):
    out = tmp_path / "demo"
    code, said, _ = jixiao(None, "sample", "--out", out, "--departments", 2, "--years", "2021", "--seed", 5)
    assert (code, "2 份" in said) == (0, True)
    assert Home(out).is_synthetic
    rows = told(None, "score", out, "--json")
    assert {"group", "expected", "found", "right", "precision", "recall"} <= rows[0].keys()
    code, said, _ = jixiao(None, "score", out, "--misses")
    assert (code, "精确率" in said) == (0, True)
    again = tmp_path / "again"
    jixiao(None, "sample", "--out", again, "--departments", 2, "--years", "2021", "--seed", 5)
    files = {path.relative_to(out): path.read_bytes() for path in (out / "inbox").rglob("*") if path.is_file()}
    assert files == {
        path.relative_to(again): path.read_bytes() for path in (again / "inbox").rglob("*") if path.is_file()
    }


def test_samples_of_several_media_are_read_alike(told, jixiao, tmp_path):
    arguments = ("--departments", 4, "--years", "2021", "--media", "md,docx", "--seed", 6)
    jixiao(None, "sample", "--out", tmp_path / "demo", *arguments)
    files = (tmp_path / "demo" / "inbox").rglob("*.*")
    assert {path.suffix for path in files} == {".md", ".docx"}
    rows = {row["group"]: row for row in told(None, "score", tmp_path / "demo", "--json")}
    assert rows["projects"]["precision"] == rows["projects"]["recall"] == "100.00%"


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "没有说明要做什么"),
        (("nix",), "没有“nix”这个命令"),
        (("status", "--nix"), "没有“--nix”这个选项"),
        (("status", "--year", "x"), "“x”不是整数"),
        (("status", "--year", "99999"), "不在允许的范围内"),
        (("check",), "缺少 FILES"),
        (("check", "/no/such/file.md"), "“/no/such/file.md”不存在"),
        (("nightly", "--inbox", "/no/such/folder"), "“/no/such/folder”不存在"),
        (("findings", "--level", "x"), "“x”不是可选的值"),
        (("findings", "--department", "青竹街道"), "单位名录中没有“青竹街道”"),
        (("search", "保洁", "--department", "青竹街道"), "单位名录中没有“青竹街道”"),
        (("search", " ", "　"), "没有写要找的词"),
        (("sample",), "缺少 --out"),
        (("sample", "--out", "x", "--years", "abc"), "应写成 2023 或 2021-2023"),
        (("sample", "--out", "x", "--years", "2023-2021"), "先小后大"),
        (("sample", "--out", "x", "--years", "²"), "应写成 2023 或 2021-2023"),
        (("sample", "--out", "x", "--departments", "0"), "不在允许的范围内"),
        (("sample", "--out", "x", "--media", "docx,ppt"), "可选的有 md、txt、docx"),
        (("--home", "", "status"), "--home 不对：不能为空"),
        (("sample", "--out", ""), "--out 不对：不能为空"),
        (("export", "--out", ""), "--out 不对：不能为空"),
        (("check", ""), "不能为空"),
        (("verify", ""), "没有发布"),
        (("sql", "select 1", "--release", ""), "没有发布"),
        (("findings", "--out", "x.json", "--format", "json"), "--out 须与 --format xlsx 合用"),
        (("findings", "--json", "--format", "xlsx"), "只能写一个"),
        (("decide", "--rule", "nix", "--stage", "full", "--reason", "x"), "没有规则 nix"),
        (("decide", "--rule", "C22", "--stage", "full", "--project", "x", "--reason", "x"), "不与 --department"),
        (("waive", "--list", "--revoke", "W1"), "--list 与 --revoke 只能写一个"),
        (("score", "."), "没有标准答案"),
        (("rollback", "20200101T000000Z-0001"), "没有发布"),
        (("verify", "nix"), "没有发布"),
        (("sql", "select 1", "--release", "nix"), "没有发布"),
        (("sql", "select 1", "2"), "多了“2”"),
    ],
)
def test_wrong_use_ends_with_two_and_one_chinese_sentence(jixiao, published, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = jixiao(published, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("错误：")
    assert err.count("\n") == 1
    assert said in err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("keep_relases = 3", "“keep_relases = 3”：没有这一项"),
        ("keep_releases = 1", "不能小于 2"),
        ("settle_seconds = inf", "不能大于 86400"),
        ("least_free_gib = nan", "“least_free_gib = nan”：不能"),
        ('bureau = ""', "不能为空"),
        ('workers = "x"', "应为整数"),
        ('deadline = "02-31"', "应为“月-日”"),
        ("deadline = 5", "应为带引号的文字"),
        ("registry = ", "不是有效的 TOML"),
        ('registry = "absent.csv"', "找不到部门名录"),
        ('registry = "wrong.csv"', "第 1 行"),
    ],
)
@pytest.mark.parametrize("command", ["status", "nightly"])
def test_a_wrong_configuration_is_named_with_what_is_allowed(jixiao, tmp_path, content, said, command):
    home = new_home(tmp_path / "home")
    (home.path / "wrong.csv").write_text("a,b\n1,2\n")
    home.config.write_text(content)
    code, out, err = jixiao(home, command)
    assert (code, out) == (2, "")
    assert err.startswith("错误：")
    assert err.count("\n") == 1
    assert said in err
    assert not list(home.alerts.iterdir())


def test_an_unexpected_error_is_told_as_the_system_s_own(monkeypatch, capsys, published):
    monkeypatch.setattr("orchestration.operations.roster.current_roster", lambda home, year: 1 / 0)
    monkeypatch.setattr(sys, "argv", ["jixiao", "--home", str(published.path), "status"])
    with pytest.raises(SystemExit) as ended:
        run(cli)
    assert ended.value.code == 1
    assert "系统内部出错" in capsys.readouterr().err


def test_the_home_can_come_from_the_environment(published):
    environment = os.environ | {"JIXIAO_HOME": str(published.path)}
    result = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "status", "--year", "2021", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(json.loads(result.stdout)) == 3
