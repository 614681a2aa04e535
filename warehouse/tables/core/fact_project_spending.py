"""Rows of project tables with their amounts; project names through the years stand in dim_project."""

from dataclasses import replace

from warehouse.schema import Check, Column, Kind, Table
from warehouse.tables.common import (
    FACT_COLUMNS,
    FACT_KEYS,
    LINE,
    PAGE,
    PROJECT_KEY,
    REPORT_TABLE,
    SYSTEM,
    TO_PROJECT,
    WORDS_IN,
    WORDS_TO_DOCUMENT,
    first_of_words,
    key,
    money,
    rate,
    text,
)

ONCE = "同一项目可在几张表中出现；求和时只取 is_primary 为真的行。"

TABLE = Table(
    schema="core",
    name="fact_project_spending",
    title="项目预算与支出",
    title_en="Project budgets and spending",
    grain="报送版本中每张项目表的每一行一行",
    columns=(
        key("project_spending_key", "项目支出键", "Project spending key"),
        *FACT_COLUMNS,
        PROJECT_KEY,
        Column(
            "listing",
            Kind.TEXT,
            "所在表（计划表、任务表、重点项目表、自评表）",
            "Listing: plan, task, key project or form",
            allowed=("plan", "task", "key", "form"),
            source=REPORT_TABLE,
        ),
        Column("table_number", Kind.INTEGER, "第几张表", "Table in the file", minimum=1, source=REPORT_TABLE),
        Column("row_number", Kind.INTEGER, "表内第几行", "Data row in the table", minimum=1, source=REPORT_TABLE),
        text("reported_name", "项目名称（原文）", "Project name as printed", REPORT_TABLE),
        Column(
            "amount_role",
            Kind.TEXT,
            "预算口径（年初、调整后、未写明）",
            "Role of the budget: initial, adjusted, unspecified",
            allowed=("initial", "adjusted", "unspecified"),
            source=REPORT_TABLE,
        ),
        money("budget_yuan", "预算金额", "Budget", REPORT_TABLE, signed=True, warning=ONCE),
        money("spent_yuan", "支出金额", "Spent", REPORT_TABLE, signed=True, warning=ONCE),
        rate(
            "execution_rate",
            "计算执行率",
            "Execution rate, computed",
            SYSTEM,
            signed=True,
            warning="支出金额÷预算金额，由系统计算；预算为零或为空时为空。各行不可平均。",
        ),
        rate("stated_execution_rate", "表中所写执行率", "Execution rate as printed", REPORT_TABLE, signed=True),
        text("budget_text", "预算金额（原文）", "Budget as printed", REPORT_TABLE, nullable=True),
        text("spent_text", "支出金额（原文）", "Spent as printed", REPORT_TABLE, nullable=True),
        text("reported_unit", "金额单位（原文）", "Money unit as printed", REPORT_TABLE, nullable=True),
        Column(
            "is_primary",
            Kind.BOOLEAN,
            "是否计入合计",
            "Whether the row counts in sums",
            source=SYSTEM,
            warning="每个项目每年只有一个有金额的行为真。",
        ),
        text("goal", "绩效目标（原文）", "Goal", REPORT_TABLE, nullable=True),
        text("completion", "完成情况（原文）", "Completion", REPORT_TABLE, nullable=True),
        first_of_words(
            "has_own_goal", "目标是否首次写出", "Whether no row before it repeats name and goal, primary rows first"
        ),
        first_of_words(
            "has_own_completion",
            "完成情况是否首次写出",
            "Whether no row before it repeats name and completion, primary rows first",
        ),
        WORDS_IN,
        replace(PAGE, name="goal_page", title="绩效目标所在页", title_en="Page of the goal"),
        replace(LINE, name="goal_line", title="绩效目标所在行（文本行号）", title_en="Line of the goal"),
        replace(PAGE, name="completion_page", title="完成情况所在页", title_en="Page of the completion"),
        replace(LINE, name="completion_line", title="完成情况所在行（文本行号）", title_en="Line of the completion"),
    ),
    primary_key=("project_spending_key",),
    foreign_keys=(*FACT_KEYS, TO_PROJECT, WORDS_TO_DOCUMENT),
    checks=(
        Check(
            "primary_has_amount",
            "NOT is_primary OR budget_yuan IS NOT NULL OR spent_yuan IS NOT NULL",
            "计入合计的行须有金额",
        ),
    ),
    is_large=True,
    warning=ONCE,
)
