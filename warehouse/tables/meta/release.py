"""Releases, their totals, what the stages of their nights took; what each table held stands in meta.release_table."""

from warehouse.schema import Column, Kind, Table
from warehouse.tables.common import CATALOGUE_VERSION, SYSTEM, count, text


def _total(name: str, title: str, title_en: str) -> Column:
    return Column(name, Kind.TOTAL, title, title_en, nullable=True, unit="元", source=SYSTEM)


_STAGES = {
    "take_in": ("收取用时", "Taking in"),
    "read": ("读取用时", "Reading"),
    "conform": ("整理用时", "Conforming"),
    "check_contracts": ("核对约定用时", "Checking contracts"),
    "judge": ("评判用时", "Judging"),
    "build": ("建库用时（到写下本行为止）", "Building, up to this row"),
}
"""Stage of a night -> titles of the column of its seconds."""


def _seconds(stage: str, title: str, title_en: str) -> Column:
    return Column(f"{stage}_seconds", Kind.QUANTITY, title, title_en, nullable=True, unit="秒", source=SYSTEM)


TABLE = Table(
    schema="meta",
    name="release",
    title="发布版本",
    title_en="Releases",
    grain="每次发布一行",
    columns=(
        text("release_id", "发布编号", "Release", SYSTEM),
        Column("published_at", Kind.TIMESTAMP, "发布时间", "Published at (UTC)", source=SYSTEM),
        text("code_version", "程序版本", "Code version", SYSTEM),
        CATALOGUE_VERSION,
        text("base_release_id", "所依据的上一发布", "Release it was built from", SYSTEM, nullable=True),
        count("department_count", "已采纳的单位数", "Departments accepted", SYSTEM),
        count("submission_count", "已采纳的报送数", "Submissions accepted", SYSTEM),
        count("document_count", "已采纳的文件数", "Documents accepted", SYSTEM),
        count("project_count", "项目数", "Projects", SYSTEM),
        count("quarantined_count", "被隔离的报送数", "Submissions quarantined", SYSTEM),
        count("finding_count", "审核发现的问题数", "Findings", SYSTEM),
        _total("total_budget_yuan", "收支总预算合计", "Sum of total budgets"),
        _total("executed_yuan", "支出执行数合计", "Sum executed"),
        _total("primary_budget_yuan", "项目预算合计（不重复）", "Sum of primary project budgets"),
        _total("primary_spent_yuan", "项目支出合计（不重复）", "Sum of primary project spending"),
        count("files_received", "本次收到的文件数", "Files received that night", SYSTEM, nullable=True),
        count("documents_read", "本次读取的文件数", "Documents read that night", SYSTEM, nullable=True),
        count("rows_rejected", "本次不合约定的行数", "Rows that broke a contract that night", SYSTEM, nullable=True),
        *(_seconds(stage, *titles) for stage, titles in _STAGES.items()),
    ),
    primary_key=("release_id",),
    volatile=("release_id", "published_at", "code_version", "base_release_id", *map("{}_seconds".format, _STAGES)),
)
