"""A sound report as hand-made facts, and the way through star frames and gate; tests change one thing in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import polars as pl
from form_makers import form_sources

from expectations.catalogue import Catalogue, load_catalogue
from expectations.contracts import check_contracts
from expectations.evidence.material import Material
from expectations.gate import Judgement, judge
from expectations.history import AMOUNTS, TOTALS, History
from transforms.departments.registry import Registry
from transforms.facts.frames import FactFrames, fact_frames
from transforms.facts.model import (
    AchievementRow,
    DocumentRow,
    EnumerationRow,
    Facts,
    FigureRow,
    HeadingRow,
    OfficeRow,
    ProjectRow,
    SourceRow,
    StatementRow,
    TableFactRow,
    TextAmountRow,
    UnitRow,
)
from transforms.facts.text_rows import MetricRow, PeriodRow, QuantityRow, SignRow, SumRow
from transforms.reading import read_batch
from transforms.reading_file import ReadItem
from transforms.star.conform import conform_batch
from transforms.star.dimensions import conformed_dimensions
from transforms.star.frames import Past, StarFrames
from warehouse.keys import surrogate_key
from warehouse.registry import table

Change = Callable[[Facts], object]
"""A change of the facts; what it gives back is nobody's business."""
Name = TypeVar("Name", bound=Hashable)
Reports = Mapping[str, Judgement]
"""Judgements of a test's reports, by their names."""


class Case(NamedTuple):
    """A change that makes exactly this rule fire, what its one finding says, and the nearest change that does not.

    ``beside``: the other rules that the near miss breaks, one finding each.
    """

    rule: str
    fires: Change
    said: dict[str, Any]
    near_miss: Change
    beside: tuple[str, ...] = ()


AT = datetime(2022, 3, 1, 2, 0, tzinfo=UTC)
_COLUMNS = "department_id,name,short_name,aliases,kind,division_code,district_code,district_name,valid_from,valid_to\n"
_BAISHA = (
    "yun-baisha,云州市清河区白沙镇人民政府,白沙镇,,镇,990101002,990101,清河区,,2021-06-30\n"
    "yun-baisha,云州市清河区人民政府白沙街道办事处,白沙街道,,街道,990101002,990101,清河区,2021-07-01,\n"
)
_QINGZHU = "yun-qingzhu,云州市清河区人民政府青竹街道办事处,青竹街道,青竹街,街道,990101001,990101,清河区,,\n"
REGISTRY = Registry.parse(_COLUMNS + _QINGZHU + _BAISHA, "registry.csv")
DEPARTMENT = "云州市清河区人民政府青竹街道办事处"
WAN = Decimal(10000)
GOAL = "全年组织河道巡查不少于12轮。"
DONE = "完成保洁任务，组织河道巡查150次，清理河面60处。"


class LastYear(NamedTuple):
    """What a report's department published of 2020, in 万元: the total budget (None: nothing at all), and projects with
    their amounts. Stands among a report's changes; ``last_year()`` where none does."""

    total: str | None
    projects: dict[str, str]

    def history(self, unit: str) -> History:
        """As what was published of that department."""
        if self.total is None:
            return History.none()
        amounts = [
            (unit, 2020, surrogate_key("project", unit, name), Decimal(wan) * WAN)
            for name, wan in self.projects.items()
        ]
        return History(
            pl.DataFrame([(unit, 2020, Decimal(self.total) * WAN, Decimal(100))], schema=TOTALS, orient="row"),
            pl.DataFrame(amounts, schema=AMOUNTS, orient="row"),
        )


def last_year(total: str | None = "2900.00", **projects: str) -> LastYear:
    """The year before, to stand among a report's changes."""
    return LastYear(total, projects)


class Waived(NamedTuple):
    """A waiver of a rule for a report; stands among its changes."""

    rule_id: str
    until: date | None

    def row(self, unit: str) -> dict[str, object]:
        """As a row of quality.waiver, for that department."""
        said = {"reason": "已核实", "decided_by": "审核员", "decided_on": date(2022, 2, 1), "valid_until": self.until}
        return {"rule_id": self.rule_id, "department_id": unit, "fiscal_year": 2021, **said}


@cache
def catalogue(*only: str) -> Catalogue:
    """The catalogue in force, or these of its rules alone: what one rule says need not cost as much as what all say."""
    return narrowed(load_catalogue(), *only) if only else load_catalogue()


def narrowed(whole: Catalogue, *only: str) -> Catalogue:
    """These rules of a catalogue alone."""
    phases = (
        phase.model_copy(update={"rules": tuple(rule for rule in phase.rules if rule.id in only)})
        for phase in whole.phases
    )
    return whole.model_copy(update={"phases": tuple(phase for phase in phases if phase.rules)})


def figure(
    name: str,
    value: str | int,
    text: str = "",
    quantum: str = "1",
    *,
    line: int = 20,
    sentence: str | None = None,
    primary: bool = True,
) -> FigureRow:
    """A stated scalar; ordinals are set by :func:`renumbered`."""
    said = f"{name} {text or value}" if sentence is None else sentence
    return FigureRow(0, name, Decimal(value), Decimal(quantum), text or str(value), None, said, primary, line)


def money(name: str, wan: str, **options: Any) -> FigureRow:
    """A stated amount in 万元, with the precision in which it is written."""
    decimals = len(wan.partition(".")[2])
    return figure(name, str(Decimal(wan) * WAN), wan, str(WAN.scaleb(-decimals)), **options)


def project(
    name: str,
    budget: str | None,
    spent: str | None,
    *,
    table: int = 2,
    row: int = 1,
    listing: str = "task",
    **options: Any,
) -> ProjectRow:
    """A project row with amounts in 万元; None: the table has no such column, "" an empty cell."""
    values: dict[str, Any] = {
        "ordinal": 0,
        "listing": listing,
        "table_number": table,
        "row_number": row,
        "name": name,
        "amount_role": "unspecified",
        "budget_text": budget,
        "spent_text": spent,
        "rate_text": None,
        "reported_unit": "万元",
        "stated_rate": None,
        "goal": None,
        "completion": None,
        "line": 50 + row + 20 * table,
    }
    for column, text in (("budget", budget), ("spent", spent)):
        number = _number(text)
        values[f"{column}_yuan"] = None if number is None else number * WAN
        values[f"{column}_quantum"] = None if number is None else WAN.scaleb(number.as_tuple().exponent)
    return ProjectRow(**{**values, **options})


def heading(
    level: int,
    number: int | None,
    text: str,
    parent: int | None,
    style: str | None,
    line: int,
    section: str | None = None,
    visual: int | None = None,
) -> HeadingRow:
    """A heading; its label is its number in brackets, and it looks as its level asks unless ``visual`` says else."""
    label = None if number is None else f"({number})"
    return HeadingRow(0, level, visual or level + 1, style, number, label, text, parent, section, line)


def sign(kind: str, text: str, value: str | None = None, line: int = 20, **options: Any) -> SignRow:
    """Words that tell something by themselves."""
    values: dict[str, Any] = {"sentence": text, "column": None, "owner": None, "context": [], **options}
    return SignRow(0, kind, text, value, line=line, **values)


def sound() -> Facts:
    """A report against which every rule passes."""
    facts = Facts()
    facts.documents = [
        DocumentRow(
            0,
            "overall_report",
            f"{DEPARTMENT}2021年部门整体支出绩效自评报告",
            1,
            DEPARTMENT,
            "title",
            "yun-qingzhu",
            2021,
            "title",
            "text/markdown",
            "utf-8",
            300,
            3,
        )
    ]
    facts.figures = [
        figure("year:title", 2021, line=1),
        figure("year:scope", 2021, line=5),
        figure("year:budget", 2021, line=20),
        figure("stated_unit_count", 3, line=5),
        figure("subordinate_unit_count", 2, line=5),
        figure("stated_office_count", 2, line=7),
        figure("headcount:total", 150, line=9),
        figure("self_score", "95.5", line=30),
        money("basic_expenditure_yuan", "1000.00", line=20),
        figure("headcount:established", 103, line=9),
        figure("headcount:administrative", 57, line=9),
        figure("headcount:institution", 46, line=9),
        figure("headcount:non_established", 47, line=9),
        money("total_budget_yuan", "3000.00", line=20),
        money("prior_year_change_yuan", "100.00", line=20),
        figure("prior_year_change_rate", "0.0345", "3.45%", "0.0001", line=20),
        money("annual_budget_yuan", "3000.00", line=30),
        money("executed_yuan", "2950.00", line=30),
        figure("stated_execution_rate", "0.9833", "98.33%", "0.0001", line=30),
        money("monitored_yuan", "3000.00", line=25, sentence="共监控3000.00万元，其中500万元以上2项1400.00万元。"),
        figure("large_project_threshold_yuan", 5000000, "500", "10000", line=25),
        figure("large_project_count", 2, line=25),
        money("large_project_yuan", "1400.00", line=25, sentence="共监控3000.00万元，其中500万元以上2项1400.00万元。"),
    ]
    facts.units = [
        UnitRow(0, DEPARTMENT, "本级", 1, 5),
        UnitRow(0, "青竹中心小学", "下属", 2, 5),
        UnitRow(0, "青竹幼儿园", "下属", 3, 5),
    ]
    facts.offices = [OfficeRow(0, "党政办公室", [], None, 1, 7), OfficeRow(0, "财政办公室", [], None, 2, 7)]
    facts.tables = [
        TableFactRow(0, 1, "plan", False, None, [], [], None, 1, 60),
        TableFactRow(0, 2, "task", True, "万元", [], [], None, 6, 90),
    ]
    facts.projects = [
        project("河道保洁经费", None, None, table=1, listing="plan"),
        project("河道保洁经费", "800.00", "790.00", row=1, goal=GOAL, completion=DONE),
        project("道路修缮经费", "600.00", "590.00", row=2),
        project("图书馆运行经费", "400.00", "400.00", row=3),
        project("社区养老经费", "300.00", "300.00", row=4),
        project("消防安全经费", "200.00", "200.00", row=5, completion="拨付200.00万元用于消防。"),
    ]
    facts.quantities = [
        QuantityRow(0, 1, "goal", "12", 91),
        QuantityRow(0, 1, "completion", "150", 91),
        QuantityRow(0, 5, "completion", "200.00", 95),
    ]
    facts.metrics = [
        MetricRow(0, 1, 0, "组织河道巡查", Decimal(150), "次", "150次", "组织河道巡查150次，清理河面60处", 91),
        MetricRow(0, 1, 0, "清理河面", Decimal(60), "处", "60处", "组织河道巡查150次，清理河面60处", 91),
    ]
    facts.achievements = [
        AchievementRow(
            0, section, "街道网格服务队伍", Decimal(36), "支", Decimal(36), None, "36支", f"建成{section}。", line
        )
        for section, line in (("平安建设", 150), ("城市管理", 160))
    ]
    facts.periods = [PeriodRow(0, "period", "2021-03-01", "2021-03-31", 31, None, "3月1日至3月31日共31天", 91)]
    facts.sums = [
        SumRow(0, Decimal("10.5"), Decimal("0.1"), ["6.2", "4.3"], ["0.1", "0.1"], "吨", "合计", True, "合计", 91)
    ]
    facts.signs = [
        sign("report_date", "2022年3月18日", "2022-03-18", 300),
        sign("three_public", "三公"),
        sign("satisfaction_survey", "问卷调查"),
        sign("satisfaction", "满意度95%", "95", 31, context=["问卷"]),
        sign("author", DEPARTMENT, "yun-qingzhu", 5),
        sign("asks_execution", "提高执行率", None, 210, column="measures", owner=0),
    ]
    facts.text_amounts = [TextAmountRow(0, 5, "completion", Decimal(2000000), "200.00", "万元", 95)]
    facts.headings = [
        heading(0, None, "标题", None, None, 1),
        heading(1, 1, "基本情况", 0, "一、", 3, "overview"),
        heading(2, 1, "部门概况", 1, "（一）", 4),
        heading(2, 2, "收支情况", 1, "（一）", 19, "annual_goals"),
        heading(1, 2, "评价分析", 0, "一、", 29, "analysis"),
        heading(2, 1, "自评结论", 4, "（一）", 29, "conclusion"),
        heading(2, 2, "任务完成", 4, "（一）", 40),
    ]
    facts.enumerations = [EnumerationRow(0, 3, 3, "三大计划", 15)]
    facts.problems = [
        StatementRow(0, 1, "预算编制不细", None, None, [], 200),
        StatementRow(0, 2, "论证不足", None, None, [], 201),
    ]
    facts.measures = [
        StatementRow(0, 1, "细化预算", None, None, [1], 210),
        StatementRow(0, 2, "加强论证", None, None, [2], 211),
    ]
    return facts


def renumbered(facts: Facts) -> Facts:
    """The facts with ordinals and, for figures and projects, sources with the places of their values."""
    for group in (
        "documents",
        "figures",
        "units",
        "offices",
        "projects",
        "headings",
        "enumerations",
        "tables",
        "problems",
        "measures",
        "text_amounts",
        *("achievements", "signs", "marks", "quantities", "metrics", "periods", "sums", "totals", "notes"),
        *("forms", "form_funding", "indicators"),
    ):
        setattr(facts, group, [row._replace(ordinal=place) for place, row in enumerate(getattr(facts, group))])
    facts.sources = [
        SourceRow("figures", row.ordinal, "value", None, row.line, None, None, None, row.text) for row in facts.figures
    ]
    for row in facts.projects:
        cells = (("reported_name", row.name), ("budget_yuan", row.budget_text), ("spent_yuan", row.spent_text))
        facts.sources += [
            SourceRow("projects", row.ordinal, column, None, row.line, row.table_number, row.row_number, place, text)
            for place, (column, text) in enumerate(cells, start=1)
            if text is not None
        ]
    facts.sources += form_sources(facts)
    return facts


def judged_documents(paths: list[Path], registry: Registry) -> Judgement:
    """The judgement of files, each in an intake of its own."""
    items = [ReadItem(place, path.name, path.read_bytes()) for place, path in enumerate(paths, start=1)]
    facts = read_batch(items, registry).frames
    star = conform_batch(facts, receipts_of(len(items)), registry, Past.none())
    star |= conformed_dimensions(registry, [2020, 2021, 2022], (3, 31))
    return judge(facts, star, catalogue(), registry, at=AT)


def receipts_of(count: int) -> pl.DataFrame:
    """Receipts of documents 1 to ``count``, each with an intake of its own."""
    return pl.DataFrame(
        [
            {
                "document_key": key,
                "file_name": f"报告{key}.md",
                "sha256": f"{key:064d}",
                "byte_count": 1,
                "received_at": AT,
                "intake_id": f"intake-{key}",
                "is_new": True,
                "again_key": None,
            }
            for key in range(1, count + 1)
        ],
        schema_overrides={
            "document_key": pl.Int64,
            "again_key": pl.Int64,
            "byte_count": pl.Int64,
            "received_at": pl.Datetime("us", "UTC"),
        },
    )


def frames_of(*reports: Facts, registry: Registry = REGISTRY) -> tuple[FactFrames, StarFrames]:
    """Facts and star frames of reports, as one batch; each report has an intake of its own."""
    facts = fact_frames([(place + 1, renumbered(report)) for place, report in enumerate(reports)])
    star = conform_batch(facts, receipts_of(len(reports)), registry, Past.none())
    return facts, {**star, **conformed_dimensions(registry, [2020, 2021, 2022], (3, 31))}


def judged(
    *changes: Change | LastYear | Waived, rules: Catalogue | None = None, database: Path | None = None
) -> Judgement:
    """The judgement of one report, sound but for the changes, by ``rules`` or the catalogue in force."""
    return judged_together({"alone": changes}, rules, database)["alone"]


def changed(changes: Sequence[Change | LastYear | Waived]) -> Facts:
    """The sound report with the changes."""
    facts = sound()
    for change in changes:
        if not isinstance(change, LastYear | Waived):
            change(facts)
    return facts


def judged_together(
    reports: Mapping[Name, Sequence[Change | LastYear | Waived]],
    rules: Catalogue | None = None,
    database: Path | None = None,
) -> dict[Name, Judgement]:
    """What is said of each of these reports, from one batch: a batch costs little more than one report.

    Each report is of a department of its own, numbered in id and names, so that none is another's version, year before
    or copy. A judgement has the rows of its report alone, whose document is number 1 as if it had come alone;
    ``sound`` and ``violations`` are those of the batch.
    """
    made, published, waivers, lines = [], [], [], []
    for place, (name, changes) in enumerate(reports.items(), start=1):
        lines.append(_of_number(_QINGZHU, place))
        unit = lines[-1].partition(",")[0]
        try:
            made.append(_numbered(changed(changes), place))
        except Exception as error:
            error.add_note(f"in the report {name}")
            raise
        before = next((each for each in changes if isinstance(each, LastYear)), last_year())
        published.append(before.history(unit))
        waivers += [each.row(unit) for each in changes if isinstance(each, Waived)]
    registry = Registry.parse("".join([_COLUMNS, *lines, _BAISHA]), "registry.csv")
    frames, star = frames_of(*made, registry=registry)
    judgement = judge(
        frames,
        star,
        rules or catalogue(),
        registry,
        at=AT,
        waivers=pl.DataFrame(waivers, schema=table("quality.waiver").polars_schema),
        database=database,
        history=History(pl.concat(each.totals for each in published), pl.concat(each.amounts for each in published)),
    )
    keys = dict(star["submissions"].select("document_key", "submission_key").rows())
    return {name: _part(judgement, keys[place], place) for place, name in enumerate(reports, start=1)}


def _of_number(text: str, number: int) -> str:
    return text.replace("yun-qingzhu", f"yun-qingzhu-{number}").replace("青竹街", f"青竹{number}街")


def _numbered(facts: Facts, number: int) -> Facts:
    """The facts as those of a department of that number."""
    for group in fields(facts):
        rows = [
            row._replace(
                **{name: _of_number(value, number) for name, value in row._asdict().items() if isinstance(value, str)}
            )
            for row in getattr(facts, group.name)
        ]
        setattr(facts, group.name, rows)
    return facts


def _part(judgement: Judgement, submission_key: int, document_key: int) -> Judgement:
    """The rows of one submission; another's document among them raises."""
    own = {
        name: getattr(judgement, name).filter(pl.col("submission_key") == submission_key)
        for name in ("evaluation", "finding", "rejected_row", "verdicts")
    }
    for name in ("finding", "rejected_row"):
        alone = pl.col("document_key").replace_strict({document_key: 1, None: None}, return_dtype=pl.Int64)
        own[name] = own[name].with_columns(alone)
    return replace(judgement, **own)


def material_of(*reports: Facts) -> Material:
    """What evidence is made of, for these reports."""
    facts, star = frames_of(*reports)
    return Material(facts, star, check_contracts(star)[1], REGISTRY)


def outcomes(judgement: Judgement) -> dict[str, str]:
    """Rule id to outcome, of a single submission."""
    return dict(judgement.evaluation.select("rule_id", "outcome").rows())


def findings(judgement: Judgement, rule_id: str) -> list[dict[str, Any]]:
    """The findings of one rule."""
    return judgement.finding.filter(pl.col("rule_id") == rule_id).to_dicts()


def set_figure(name: str, **changes: Any) -> Callable[[Facts], None]:
    """A change of the figures of that name; no changes removes them."""

    def change(facts: Facts) -> None:
        kept = [row if row.name != name else row._replace(**changes) for row in facts.figures]
        facts.figures = [row for row in kept if changes or row.name != name]

    return change


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except ArithmeticError:
        return None
