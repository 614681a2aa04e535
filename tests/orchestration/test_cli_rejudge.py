"""``jixiao rejudge``: what another catalogue would change, with nothing stored and nothing changed."""

import shutil
from pathlib import Path

import pytest
from homes import SONG, drop, new_home, report
from homes import bare_night as night

import expectations.catalogue as catalogue
import expectations.probe as probing
import orchestration.reprocessing.comparison as comparison

pytestmark = pytest.mark.pipeline


def written(folder, text):
    path = folder / "change.toml"
    path.write_text(text, "utf-8")
    return path


def state_of(home):
    """Every file but Python's and the lock, with when it was changed."""
    files = (path for path in home.path.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(home.path): path.stat().st_mtime_ns for path in files}


@pytest.fixture
def tried_once(monkeypatch):
    """For tests of what is told of a catalogue that can be judged by: it is tried at the first call."""
    probe, tried = probing.probe, set()

    def once(other, path, registry):
        if path not in tried:
            tried.add(path)
            probe(other, path, registry)

    monkeypatch.setattr(probing, "probe", once)


@pytest.fixture
def untried(monkeypatch):
    """For tests of what is found by a catalogue that can be judged by."""
    monkeypatch.setattr(probing, "probe", lambda other, path, registry: None)


@pytest.fixture
def compared_once(monkeypatch, tried_once):
    """For tests of what is printed: a year is compared at its first call, and told again at others."""
    compare, told = comparison.compare, {}

    def once(base, standards, other, year=None):
        if year not in told:
            told[year] = list(compare(base, standards, other, year))
        return iter(told[year])

    monkeypatch.setattr(comparison, "compare", once)


def test_a_milder_rule_would_let_a_report_through(jixiao, told, published, tmp_path, compared_once):
    path = written(tmp_path, '[[rule]]\nid = "C22"\nlevel = "warning"\n')
    before = state_of(published)
    result = told(published, "rejudge", "--catalogue", path, "--json")
    assert state_of(published) == before
    assert (result["judged"], result["unreadable"]) == (3, 0)
    (verdict,) = result["verdicts"]
    assert (verdict["department_id"], verdict["fiscal_year"]) == ("s-he", 2021)
    assert (verdict["status"], verdict["other_status"]) == ("quarantined", "accepted_with_warnings")
    assert [(row["rule_id"], row["change"], row["level"], row["line"]) for row in result["findings"]] == [
        ("C22", "changed", "warning", 21)
    ]
    assert result["catalogue_version"] != result["other_catalogue_version"]
    _, out, _ = jixiao(published, "rejudge", "--catalogue", path)
    for said in ("比较报送 3 份", "结论会变的 1 份", "禾浦镇", "退回", "通过，有警告", "会变的问题 1 处", "第 21 行"):
        assert said in out
    assert told(published, "rejudge", "--catalogue", path, "--year", 2020, "--json")["judged"] == 0
    _, out, _ = jixiao(published, "rejudge", "--catalogue", path, "--limit", 0)
    assert "只显示前 0 处" in out


def test_the_parts_do_not_change_what_is_said(told, published, tmp_path, monkeypatch, untried):
    path = written(tmp_path, '[[rule]]\nid = "C22"\nlevel = "warning"\n[[rule]]\nid = "C06"\nlevel = "blocking"\n')
    whole = told(published, "rejudge", "--catalogue", path, "--json")
    monkeypatch.setattr(comparison, "_MOST_DOCUMENTS", 2)
    assert told(published, "rejudge", "--catalogue", path, "--json") == whole


def test_the_same_rules_change_nothing(jixiao, published, tmp_path, untried):
    folder = tmp_path / "rules"
    folder.mkdir()
    for path in Path(catalogue.__file__).parent.glob("*.toml"):
        shutil.copy(path, folder)
    code, out, _ = jixiao(published, "rejudge", "--catalogue", folder)
    assert (code, "没有变化。" in out) == (0, True)


def test_what_nobody_could_place_and_what_was_superseded(told, home, tmp_path, untried):
    drop(home, "无名.md", report(SONG).replace(SONG.encode(), "某某单位".encode()))
    drop(home, "松溪.md", report(SONG, cleaning="299.00"))
    night(home, 1)
    path = written(tmp_path, '[[rule]]\nid = "C01"\nstage = "warning"\n[[rule]]\nid = "C22"\nlevel = "warning"\n')
    result = told(home, "rejudge", "--catalogue", path, "--json")
    assert result["judged"] == 4
    assert [(row["department_id"], row["rule_id"], row["level"]) for row in result["findings"]] == [
        (None, "C01", "warning"),
        ("s-he", "C22", "warning"),
    ]
    assert [row["department_id"] for row in result["verdicts"]] == [None, "s-he"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[[rule]]\nid = "C22"\nlevel = "严重"\n',
            "规则文件 change.toml 的规则 C22 有误：第 3 行 level 不在允许的取值之内",
        ),
        ("[[rule]\n", "规则文件 change.toml 第 1 行不是有效的 TOML"),
        ('\n[[rule]]\nid = "C22"\nmessage = "{no_column}"\n', "规则文件 change.toml 第 2 行：规则 C22 不能执行"),
    ],
)
def test_a_malformed_catalogue_stops_before_anything_is_judged(jixiao, published, tmp_path, text, said):
    code, out, err = jixiao(published, "rejudge", "--catalogue", written(tmp_path, text))
    assert (code, out) == (2, "")
    assert said in err
    assert "已比较" not in err


def test_a_catalogue_must_be_named_and_a_release_be_there(jixiao, published, tmp_path):
    assert "缺少 --catalogue" in jixiao(published, "rejudge")[2]
    assert "不存在" in jixiao(published, "rejudge", "--catalogue", tmp_path / "none")[2]
    path = written(tmp_path, '[[rule]]\nid = "C22"\nlevel = "warning"\n')
    code, _, err = jixiao(new_home(tmp_path / "empty"), "rejudge", "--catalogue", path)
    assert (code, err) == (2, "错误：还没有任何发布。请先运行 jixiao nightly。\n")
