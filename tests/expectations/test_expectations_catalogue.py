"""The catalogue loads, and a wrong file is refused with file, rule and reason in Chinese."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from expectation_cases import material_of

from expectations.catalogue import CatalogueError, Rule, load_catalogue
from expectations.evidence import BESIDE_HISTORY, GROUPS, build_evidence, evidence_beside
from expectations.history import History
from expectations.judging import run_rules
from transforms.facts.model import Facts
from warehouse.registry import table

pytestmark = pytest.mark.contract

RULE = """
phase = 4
title = "计算"

[[rule]]
id = "C90"
title = "样例"
level = "warning"
stage = "full"
scope = "报告"
basis = "要求"
remedy = "改正"
responsible = "submitter"
waivable = true
evidence = "people"
violation = "select * from {batch} where false"
observed = "{observed}"
expected = "{stated}"
message = "说明"
not_applicable = "没有"
"""

REQUIRED = {
    "blocking": {
        *("C01", "C02", "C14", "C15", "C17", "C18", "C22", "C27", "C29", "C32", "C37", "C50"),
        *("F01", "F02", "F03", "F05", "F13", "F14"),
    },
    "warning": {
        *("C05", "C06", "C07", "C16", "C20", "C21", "C23", "C24", "C25", "C26", "C28", "C30", "C31", "C33", "C34"),
        *("C35", "C36", "C38", "C39", "C40", "C41", "C42", "C43", "C44", "C45", "C47", "C48", "C49"),
        *("F04", "F06", "F08", "F09", "F10", "F11", "F12", "F15"),
    },
    "information": {"F07", "C03", "C04", "C08", "C09", "C10", "C11", "C12", "C13", "C19", "C46", "C51", "C52"},
}


def written(folder: Path, text: str, name: str = "phase_4.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def test_the_catalogue_in_force_has_the_rules_at_their_levels() -> None:
    catalogue = load_catalogue()
    for level, wanted in REQUIRED.items():
        assert {rule.id for rule in catalogue.rules if rule.level == level and rule.id[0] in "CF"} == wanted
    assert {rule.id for rule in catalogue.rules if not rule.waivable and rule.id.startswith("C")} == {
        "C01",
        "C14",
        "C37",
    }
    assert catalogue.frame().schema == table("quality.rule").polars_schema
    assert catalogue.frame()["catalogue_version"].unique().to_list() == [catalogue.version]


def test_the_catalogue_is_complete() -> None:
    numbered = {f"C{number:02d}" for number in range(1, 53)} | {f"F{number:02d}" for number in range(1, 16)}
    known = {rule.id for rule in load_catalogue().rules if rule.id[0] in "CF"}
    assert known == numbered


def test_every_rule_runs_on_evidence_without_a_row() -> None:
    catalogue = load_catalogue()
    material = material_of(Facts())
    groups = [rule.evidence for rule in catalogue.rules]
    evidence = build_evidence(material, groups) | evidence_beside(History.none(), material, groups)
    judging = run_rules(catalogue, evidence, material.submissions.select("submission_key", "fiscal_year"))
    assert [run.violations.height for run in judging.runs] == [0] * len(catalogue.rules)
    assert {rule.evidence for rule in catalogue.rules} == GROUPS.keys() | BESIDE_HISTORY.keys()


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    first = load_catalogue(written(tmp_path, RULE)).version
    assert load_catalogue(tmp_path).version == first
    assert load_catalogue(written(tmp_path, RULE.replace("样例", "样本"))).version != first


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('title = "样例"\n', ""), "title 缺少"),
        (('level = "warning"', 'level = "严重"'), "level 不在允许的取值之内"),
        (('id = "C90"', 'id = "X1"'), "id 写法不对"),
        (("waivable = true", 'waivable = "true"'), "waivable 须为 true 或 false"),
        (('basis = "要求"', 'basis = "要求"\nextra = 1'), "extra 不是这里的字段"),
        (('message = "说明"', 'message = "{a b}"'), "模板“{a b}”中的花括号不成对或写法有误"),
        (('message = "说明"', 'message = "{stated:yen}"'), "模板“{stated:yen}”中的格式 yen 不认识"),
        (("from {batch}", "from people"), "violation 须从 {batch} 取数"),
        (('basis = "要求"', 'basis = "要求"\nvalid_from_year = 1999'), "valid_from_year 数值过小"),
        (
            ('basis = "要求"', 'basis = "要求"\nvalid_from_year = 2022\nvalid_to_year = 2021'),
            "适用终止年度早于起始年度",
        ),
        (('basis = "要求"', 'basis = "要求"\nrequires = ["C99"]'), "规则 C90 依赖的 C99 不存在或排在它之后"),
        (
            ('basis = "要求"', 'basis = "要求"\nthresholds = [{name = "a", value = 0.6, valid_from_year = 2000}]'),
            "thresholds.0.value 数值须写成带引号的文本",
        ),
        (
            (
                'basis = "要求"',
                'basis = "要求"\nthresholds = [{name = "a", value = "1", valid_from_year = 2000},'
                ' {name = "a", value = "2", valid_from_year = 2020}]',
            ),
            "界限 a 的适用年度重叠",
        ),
        (("phase = 4", 'phase = "四"'), "须写明 phase（整数）、title 和至少一条 [[rule]]"),
        (("phase = 4", "phase = 4\nlevel = 1"), "不认识的项：level"),
        (("phase = 4", "phase = = 4"), "不是有效的 TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(written(tmp_path, RULE.replace(*change, 1)))
    assert reason in raised.value.message
    assert "C90" in raised.value.message or "phase_4.toml" in raised.value.message


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (RULE.replace('level = "warning"', 'level = "严重"'), 8, "level 不在允许的取值之内"),
        (RULE.replace('title = "样例"\n', ""), 5, "title 缺少"),
        (RULE.replace("phase = 4", "phase = = 4"), 2, "不是有效的 TOML"),
        (RULE + "\n[other]\n", 22, "有不认识的项：other"),
        (RULE + '\n[[rule]]\nid = "C91"\ntitle = 1\n', 24, "title 须为文本"),
        (RULE + '\n[[rule.thresholds]]\nname = "a"\nvalue = 1\nvalid_from_year = 2000\n', 24, "数值须写成"),
        (RULE + '\nrequires = ["C99"]\n', 5, "依赖的 C99 不存在"),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(written(tmp_path, text))
    assert "phase_4.toml" in raised.value.message
    assert f"第 {line} 行" in raised.value.message
    assert reason in raised.value.message


def test_a_single_file_changes_rules_by_id_and_adds_others(tmp_path: Path) -> None:
    path = tmp_path / "change.toml"
    added = RULE.partition("[[rule]]")[2]
    path.write_text(f'phase = 4\n[[rule]]\nid = "C22"\nlevel = "warning"\n[[rule]]{added}', "utf-8")
    shipped, changed = load_catalogue(), load_catalogue(path)
    assert changed.version != shipped.version
    assert changed.rule("C22") == shipped.rule("C22").model_copy(update={"level": "warning"})
    assert changed.rule("C90").phase == 4
    others = [rule for rule in changed.rules if rule.id not in ("C22", "C90")]
    assert others == [rule for rule in shipped.rules if rule.id != "C22"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[rule]]\nid = "C22"\nlevel = "x"\n', "change.toml 的规则 C22 有误：第 3 行 level 不在允许的取值之内"),
        ('[[rule]]\nid = "C99"\n', "change.toml 第 1 行的规则 C99 不在规则目录中"),
        ('phase = 4\n[[rule]]\nid = "C99"\n', "change.toml 的规则 C99 有误：第 2 行 title 缺少"),
        (
            '[[rule]]\nid = "C22"\nviolation = "select *, \'warning\' as level from {batch}"\n',
            "规则 C22 有误：第 1 行 violation 不能给出 level",
        ),
        ('[[rule]]\nid = "C22"\nphase = 5\n', "change.toml 第 1 行：规则 C22 的阶段是 4，不能另写 phase"),
        ('title = "x"\n', "change.toml 第 1 行至少要有一条 [[rule]]"),
    ],
)
def test_a_wrong_single_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "change.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as raised:
        load_catalogue(path)
    assert reason in raised.value.message


def test_ids_and_phases_are_unique(tmp_path: Path) -> None:
    entry = RULE.partition("[[rule]]")
    with pytest.raises(CatalogueError, match="规则编号 C90 重复"):
        load_catalogue(written(tmp_path, RULE + entry[1] + entry[2]))
    written(tmp_path, RULE)
    with pytest.raises(CatalogueError, match="两个文件写了同一阶段"):
        load_catalogue(written(tmp_path, RULE.replace("C90", "C91"), "other.toml"))


def test_an_absent_or_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="没有规则文件"):
        load_catalogue(tmp_path)
    with pytest.raises(CatalogueError, match="找不到规则目录"):
        load_catalogue(tmp_path / "none")


def test_a_stage_tempers_the_level() -> None:
    rule = load_catalogue().rule("C17")

    def at(stage: str) -> Rule:
        return rule.model_copy(update={"stage": stage})

    assert (at("full").effective_level("blocking"), at("warning").effective_level("blocking")) == (
        "blocking",
        "warning",
    )
    assert at("shadow").effective_level("blocking") == at("warning").effective_level("information") == "information"


def test_thresholds_change_with_the_year() -> None:
    from expectations.judging import with_thresholds

    rule = load_catalogue().rule("C26")
    older = rule.thresholds[0].model_copy(update={"valid_to_year": 2020})
    newer = older.model_copy(update={"value": older.value * 2, "valid_from_year": 2021, "valid_to_year": None})
    frame = pl.DataFrame({"fiscal_year": [2019, 2021, None]}, schema={"fiscal_year": pl.Int32()})
    dated = with_thresholds(frame, [rule.model_copy(update={"thresholds": (older, newer)})])
    assert [value and float(value) for value in dated["minimum_share"]] == [0.6, 1.2, None]
