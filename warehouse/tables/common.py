"""Columns, keys and sources that several tables share, so that each is written once. No table of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from warehouse.schema import Column, ForeignKey, Kind

SYSTEM = "系统生成"
REPORT = "自评报告正文"
REPORT_TABLE = "自评报告中的项目表"
FORM = "绩效自评表"
REGISTRY = "单位名录"
CONFIGURATION = "系统配置"
LEDGER = "收件台账"
READER = "文档读取"
CATALOGUE = "规则目录"
JUDGEMENT = "规则评判"
DECISION = "人工决定"
COMPUTED = "由视图计算"
SOURCES_EN = {
    SYSTEM: "made by the system",
    REPORT: "text of the report",
    REPORT_TABLE: "project tables of the report",
    FORM: "self-evaluation form",
    REGISTRY: "register of departments",
    CONFIGURATION: "configuration",
    LEDGER: "ledger of receipts",
    READER: "reading of the document",
    CATALOGUE: "catalogue of rules",
    JUDGEMENT: "judgement by the rules",
    DECISION: "decision of a person",
    COMPUTED: "computed by the view",
}
"""Source of a column -> the same in English."""

FIRST_YEAR = 2000
LAST_YEAR = 2100
LARGEST_YUAN = Decimal("10000000000000")
"""Ten trillion yuan: beyond any district's budget, within DECIMAL(18,2); the contract catches the rest."""
LARGEST_COUNT = 100_000_000
"""More people, units or projects than any district has; a contract catches what exceeds it."""
LARGEST_RATE = Decimal(1_000_000)
"""Wide enough that a 元/万元 mix-up reaches the rule that explains it (C22, C36), not the contract."""

YUAN_UNIT = "元"
RATE_UNIT = "比例（1 即 100%）"
UNITS_EN = {
    YUAN_UNIT: "yuan",
    RATE_UNIT: "fraction",
    "个": "count",
    "人": "people",
    "份": "documents",
    "分": "points",
    "天": "days",
    "秒": "seconds",
    "年": "year",
    "行": "rows",
    "字": "characters",
    "字节": "bytes",
}
"""Unit of a column -> the same in English."""
LEVELS = ("blocking", "warning", "information")
DOCUMENT_KINDS = ("overall_report", "overall_form", "project_form")
FORM_KINDS = ("overall_form", "project_form")
RESPONSIBLE = ("submitter", "bureau")


def key(name: str, title: str, title_en: str, *, nullable: bool = False) -> Column:
    """A surrogate key column: positive, made by ``warehouse.keys``."""
    return Column(name, Kind.KEY, title, title_en, nullable=nullable, minimum=0, source=SYSTEM)


def text(name: str, title: str, title_en: str, source: str, *, nullable: bool = False) -> Column:
    """A text column without a fixed list of values."""
    return Column(name, Kind.TEXT, title, title_en, nullable=nullable, source=source)


def count(
    name: str, title: str, title_en: str, source: str, *, unit: str | None = "个", nullable: bool = False
) -> Column:
    """A non-negative whole number."""
    return Column(
        name,
        Kind.INTEGER,
        title,
        title_en,
        nullable=nullable,
        minimum=0,
        maximum=LARGEST_COUNT,
        unit=unit,
        source=source,
    )


def first_of_words(name: str, title: str, title_en: str) -> Column:
    """Whether a row is the one of several that repeat the same words for which these count."""
    return Column(name, Kind.BOOLEAN, title, title_en, source=SYSTEM)


def position(source: str) -> Column:
    """The place in a listing, from 1."""
    return Column("position", Kind.INTEGER, "序号", "Position from 1", minimum=1, source=source)


def money(
    name: str, title: str, title_en: str, source: str, *, signed: bool = False, warning: str | None = None
) -> Column:
    """A nullable amount in 元; ``signed`` ones may be negative."""
    return Column(
        name,
        Kind.MONEY,
        title,
        title_en,
        nullable=True,
        minimum=-LARGEST_YUAN if signed else Decimal(0),
        maximum=LARGEST_YUAN,
        unit=YUAN_UNIT,
        source=source,
        warning=warning,
    )


def rate(
    name: str, title: str, title_en: str, source: str, *, signed: bool = False, warning: str | None = None
) -> Column:
    """A nullable fraction (1 = 100 %)."""
    return Column(
        name,
        Kind.RATE,
        title,
        title_en,
        nullable=True,
        minimum=-LARGEST_RATE if signed else Decimal(0),
        maximum=LARGEST_RATE,
        unit=RATE_UNIT,
        source=source,
        warning=warning,
    )


SUBMISSION_KEY = key("submission_key", "报送版本键", "Submission key")
DEPARTMENT_KEY = key("department_key", "单位键（有效期版本）", "Department key, version valid on 31 December")
PROJECT_KEY = key("project_key", "项目键", "Project key")
DOCUMENT_KEY = key("document_key", "文件键", "Document key")
DEPARTMENT_ID = text("department_id", "单位编号（更名不变）", "Department identifier, stable through renames", REGISTRY)
FISCAL_YEAR = Column(
    "fiscal_year",
    Kind.INTEGER,
    "预算年度",
    "Fiscal year",
    minimum=FIRST_YEAR,
    maximum=LAST_YEAR,
    unit="年",
    source=REPORT,
)
CATALOGUE_VERSION = text("catalogue_version", "规则目录版本", "Catalogue version", CATALOGUE)
RECEIVED_AT = Column("received_at", Kind.TIMESTAMP, "收件时间", "Received at (UTC)", source=LEDGER)
LEVEL = Column("level", Kind.TEXT, "规则级别", "Level", allowed=LEVELS, source=CATALOGUE)

FACT_COLUMNS = (SUBMISSION_KEY, DEPARTMENT_KEY, FISCAL_YEAR)
"""What each fact carries after its own key."""

PLACE_COLUMNS = (
    Column(
        "page",
        Kind.INTEGER,
        "页",
        "Page, where the medium has pages",
        nullable=True,
        minimum=1,
        source=READER,
    ),
    Column("line", Kind.INTEGER, "行（文本行号）", "Line of the file", nullable=True, minimum=1, source=READER),
    Column("table_number", Kind.INTEGER, "第几张表", "Table in the file", nullable=True, minimum=1, source=READER),
    Column("row_number", Kind.INTEGER, "表内第几行", "Row in the table", nullable=True, minimum=0, source=READER),
    Column(
        "column_number",
        Kind.INTEGER,
        "表内第几列",
        "Column in the table",
        nullable=True,
        minimum=1,
        source=READER,
    ),
)
"""Where something stands in a file; header rows of a table are row 0."""
PAGE, LINE = PLACE_COLUMNS[:2]
WORDS_IN = replace(DOCUMENT_KEY, name="words_document_key", title="原文所在文件的键", title_en="Document of the words")
WORDS_AT = (
    WORDS_IN,
    replace(PAGE, name="words_page", title="原文所在页", title_en="Page of the words, where the medium has pages"),
    replace(LINE, name="words_line", title="原文所在行（文本行号）", title_en="Line of the words in the file"),
)
"""The document of a fact, and the first of the places that core.provenance has of its words; under names of their own,
so that queries which join the two need not say whose they mean."""

LEVEL_COUNTS = (
    count("blocking_count", "阻断问题数", "Blocking findings", JUDGEMENT),
    count("warning_count", "警告问题数", "Warning findings", JUDGEMENT),
    count("information_count", "提示问题数", "Information findings", JUDGEMENT),
)

TO_SUBMISSION = ForeignKey(("submission_key",), "core.dim_submission", ("submission_key",))
TO_DEPARTMENT = ForeignKey(("department_key",), "core.dim_department", ("department_key",))
TO_DEPARTMENT_ID = ForeignKey(("department_id",), "core.dim_department", ("department_id",))
TO_FISCAL_YEAR = ForeignKey(("fiscal_year",), "core.dim_fiscal_year", ("fiscal_year",))
TO_PROJECT = ForeignKey(("project_key",), "core.dim_project", ("project_key",))
TO_DOCUMENT = ForeignKey(("document_key",), "core.dim_document", ("document_key",))
WORDS_TO_DOCUMENT = ForeignKey(("words_document_key",), "core.dim_document", ("document_key",))
TO_VERSION = ForeignKey(("submission_key",), "quality.submission_version", ("submission_key",))
TO_RULE = ForeignKey(("rule_id",), "quality.rule", ("rule_id",))
FACT_KEYS = (TO_SUBMISSION, TO_DEPARTMENT, TO_FISCAL_YEAR)


def nullable(column: Column) -> Column:
    """The same column, which may be empty."""
    return replace(column, nullable=True)
