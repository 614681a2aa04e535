"""``jixiao waive``, ``explain``, ``decide`` and ``withdraw``: what people decide, recorded, listed, taken back."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Any, TypeVar

import click

from orchestration.cli.commands import command
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.publication.words import STAGES

if TYPE_CHECKING:
    from orchestration.operations.deciding import Deciding
    from transforms.departments.registry import Registry
    from warehouse.decisions.records import Explanation, Kind, Waiver, Withdrawal

T = TypeVar("T")

_FROM_NOW_ON = "下一次 jixiao nightly 起生效。"
_WHO = {"recorded_by": "谁", "recorded_at": "何时", "reason": "理由"}
_TITLES = {
    "W": {"rule_id": "规则", "department": "部门", "fiscal_year": "年度", "valid_until": "有效期至"},
    "E": {"rule_id": "规则", "department": "部门", "fiscal_year": "年度", "what": "所说明的问题"},
    "P": {"department": "部门", "project": "项目", "what": "认定", "other_project": "另一名称"},
    "S": {"rule_id": "规则", "what": "阶段"},
    "T": {"department": "部门", "fiscal_year": "年度", "what": "版本", "file_name": "文件"},
}
_PROPOSED = {"short_name": "部门", "project": "项目", "other_project": "另一名称"}


def _decides(letters: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command on the kinds of decisions of these letters: it lists or revokes them, or else ``record`` records one,
    given who decides and the command's own options."""

    def wrap(record: Callable[..., None]) -> Callable[..., None]:
        @click.option("--reason", metavar="文字", help="理由")
        @click.option("--by", metavar="姓名", default=_login_name, show_default="登录名", help="谁作的决定")
        @click.option("--list", "is_list", is_flag=True, help="列出全部，含到期与已撤销的")
        @click.option("--revoke", metavar="编号", help="撤销以前的一项；编号见 --list")
        @click.option("--json", "as_json", is_flag=True, help="与 --list 合用，输出 JSON")
        @click.pass_obj
        def run(
            home: Home, /, reason: str | None, by: str, is_list: bool, revoke: str | None, as_json: bool, **own: object
        ) -> None:
            if is_list and revoke is not None:
                raise UsageError("--list 与 --revoke 只能写一个。")
            if is_list:
                _list(home, _kinds(letters), as_json)
            elif revoke is not None:
                _revoke(_deciding(home, by, reason), _kinds(letters), revoke)
            else:
                record(_deciding(home, by, reason), **own)

        return run

    return wrap


def _login_name() -> str:
    """Of the user who runs the command; the number where the machine knows no name."""
    try:
        return getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _kinds(letters: str) -> list[Kind[Any]]:
    from warehouse.decisions.records import KINDS

    return [kind for kind in KINDS if kind.letter in letters]


_rule = click.option("--rule", metavar="规则", help="规则编号，如 C22")
_department = click.option("--department", metavar="部门", help="部门编号、简称或全称")
_year = click.option("--year", type=click.IntRange(2000, 2100), metavar="年", help="年度")


@command("waive", "豁免：一条规则对一个部门一个年度不再退回，到期自动失效。C01、C14、C37 不能豁免。")
@_rule
@_department
@_year
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="有效期至（含当日），如 2027-12-31")
@_decides("W")
def waive_command(
    deciding: Deciding, rule: str | None, department: str | None, year: int | None, until: datetime | None
) -> None:
    """Records, lists or revokes waivers."""
    row = deciding.waive(
        _given("--rule", rule),
        _given("--department", department),
        _given("--year", year),
        _given("--until", until).date(),
    )
    click.echo(
        f"已记录豁免 W{row.number}：{row.rule_id} 对{_named(deciding, row)} {row.fiscal_year} 年度，"
        f"至 {row.valid_until}。{_FROM_NOW_ON}"
    )


@command("explain", "说明：报送单位对警告的解释。已说明的警告不再计入待处理数；内容变了须重新说明。")
@_rule
@_department
@_year
@click.option("--finding", type=int, metavar="问题键", help="只说明其中一处；键见 jixiao findings --json")
@_decides("E")
def explain_command(
    deciding: Deciding, rule: str | None, department: str | None, year: int | None, finding: int | None
) -> None:
    """Records, lists or revokes explanations."""
    row = deciding.explain(_given("--rule", rule), _given("--department", department), _given("--year", year), finding)
    click.echo(
        f"已记录说明 E{row.number}：{row.rule_id} 对{_named(deciding, row)} {row.fiscal_year} 年度，"
        f"{len(row.findings)} 项。{_FROM_NOW_ON}"
    )


@command(
    "decide",
    "认定：两个名称是不是同一项目（--department --project，加 --same-as 或 --different-from）；"
    "或一条规则处于哪个阶段（--rule --stage）。",
)
@_department
@click.option("--project", metavar="名称", help="项目名称")
@click.option("--same-as", metavar="名称", help="与此名称是同一项目")
@click.option("--different-from", metavar="名称", help="与此名称不是同一项目")
@_rule
@click.option(
    "--stage", type=click.Choice(list(STAGES)), help="shadow 试行（只作记录），warning 只警告，full 按规则目录"
)
@_decides("PS")
def decide_command(
    deciding: Deciding,
    department: str | None,
    project: str | None,
    same_as: str | None,
    different_from: str | None,
    rule: str | None,
    stage: str | None,
) -> None:
    """Records, lists or revokes decisions on projects and stages of rules."""
    if (rule or stage) and (department or project or same_as or different_from):
        raise UsageError("--rule、--stage 认定一条规则的阶段，对全部部门有效，不与 --department、--project 等合用。")
    if rule or stage:
        row = deciding.set_stage(_given("--rule", rule), _given("--stage", stage))
        click.echo(f"已记录规则阶段 S{row.number}：{row.rule_id} {STAGES[row.stage]}。{_FROM_NOW_ON}")
    elif same_as and different_from:
        raise UsageError("--same-as 与 --different-from 只能写一个。")
    else:
        found = deciding.identify(
            _given("--department", department),
            _given("--project", project),
            _given("--same-as", same_as or different_from),
            is_same=same_as is not None,
        )
        click.echo(
            f"已记录项目认定 P{found.number}：“{found.project}”与“{found.other_project}”"
            f"{_said(found.is_same)}。{_FROM_NOW_ON}"
        )


@command(
    "withdraw",
    "撤回：一个部门一个年度的报送不再算数。数据不再公布，问题不再列出，名册上恢复为未报；"
    "已收的文件和评判记录仍然保留。撤销撤回即恢复原来的版本。",
)
@_department
@_year
@click.option(
    "--version",
    type=click.IntRange(1),
    metavar="版本",
    help="只撤回这一版（如退回后不再更正的一版）；缺省为整个年度的报送。撤回已采纳的一版，以前各版随之撤回",
)
@click.option("--file", metavar="文件", help="部门或年度不明的一份文件（收件夹中的名称），代替部门和年度")
@_decides("T")
def withdraw_command(
    deciding: Deciding, department: str | None, year: int | None, version: int | None, file: str | None
) -> None:
    """Records, lists or revokes withdrawals."""
    if file is not None:
        if (department, year, version) != (None, None, None):
            raise UsageError("--file 不与 --department、--year、--version 合用。")
        row = deciding.withdraw_file(file)
        click.echo(f"已记录撤回 T{row.number}：{row.file_name}。{_FROM_NOW_ON}")
        return
    row = deciding.withdraw(_given("--department", department), _given("--year", year), version)
    what = f"{_named(deciding, row)} {row.fiscal_year} 年度{_versions(row.versions)}"
    click.echo(f"已记录撤回 T{row.number}：{what}。{_FROM_NOW_ON}")


def _named(deciding: Deciding, row: Waiver | Explanation | Withdrawal) -> str | None:
    """What the department of a decision is called today."""
    return deciding.registry.short_name(row.department_id)


def _versions(numbers: Sequence[int]) -> str:
    return f"第 {'、'.join(map(str, numbers))} 版"


def _said(is_same: bool) -> str:
    return "是同一项目" if is_same else "不是同一项目"


def _deciding(home: Home, by: str, reason: str | None) -> Deciding:
    from orchestration.operations.deciding import Deciding

    return Deciding(home, _given("--by", by), _given("--reason", reason), datetime.now(UTC))


def _given(option: str, value: T | None) -> T:
    """The value of an option; UsageError when it was not given, or is blank."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise UsageError(f"缺少选项 {option}。" if value is None else f"选项 {option} 不能为空。")
    return value


def _revoke(deciding: Deciding, kinds: list[Kind[Any]], text: str) -> None:
    """Take back the decision that ``text`` names: its letter and number, or the number where there is one kind."""
    letters = {kind.letter: kind for kind in kinds}
    kind, digits = letters.get(text[:1].upper()), text[1:]
    if kind is None and len(kinds) == 1:
        kind, digits = kinds[0], text
    if kind is None or not digits.isdecimal():
        shown = "或".join(f" {each.letter}1（{each.title}）" for each in kinds)
        raise UsageError(f"“{text}”不是编号。编号形如{shown}，见 --list。")
    deciding.revoke(kind, int(digits))
    click.echo(f"已撤销{kind.title} {kind.letter}{int(digits)}。{_FROM_NOW_ON}")


def _list(home: Home, kinds: list[Kind[Any]], as_json: bool) -> None:
    """All rows of the kinds' files with what became of them; with decisions on projects also what is proposed."""
    from orchestration.cli.printing import print_json, print_table
    from orchestration.settings import load_registry, load_settings
    from warehouse.decisions.records import IDENTITY

    listed = {kind.letter: _rows(home, kind) for kind in kinds}
    proposed = _proposed(home) if IDENTITY in kinds else []
    if as_json:
        decisions = [row for each in listed.values() for row in each]
        print_json(decisions if IDENTITY not in kinds else {"decisions": decisions, "proposals": proposed})
        return
    registry = load_registry(home, load_settings(home))
    for kind in kinds:
        titles = {"id": "编号", "state": "状态", **_TITLES[kind.letter], **_WHO}
        if rows := listed[kind.letter]:
            print_table([_shown(row, registry) for row in rows], titles, f"{kind.title}（{len(rows)} 项）")
        else:
            click.echo(f"没有{kind.title}。")
    if proposed:
        print_table(proposed, _PROPOSED, f"待定：疑似同一项目（{len(proposed)} 对）")


def _rows(home: Home, kind: Kind[Any]) -> list[dict[str, Any]]:
    from warehouse.decisions.history import read_history

    history, now = read_history(home, kind), datetime.now(UTC)
    revoked, standing = history.revoked(), {row.number for row in history.standing(now)}
    return [
        {
            "id": f"{kind.letter}{row.number}",
            "state": "revoked" if row.number in revoked else "in_force" if row.number in standing else "expired",
            **row.model_dump(),
            "revocation": revoked[row.number].model_dump() if row.number in revoked else None,
        }
        for row in history.decisions
    ]


def _proposed(home: Home) -> list[dict[str, object]]:
    from warehouse.desk import has_release, open_release, rows_of

    if not has_release(home):
        return []
    with open_release(home) as release:
        return rows_of(release, "proposed_projects", department=None)


def _shown(row: dict[str, Any], registry: Registry) -> dict[str, Any]:
    """A row as a person reads it."""
    states = {"in_force": "生效", "expired": "到期", "revoked": "已撤销"}
    what = STAGES.get(row.get("stage", ""))
    if "is_same" in row:
        what = _said(row["is_same"])
    if "findings" in row:
        what = "；".join("：".join(filter(None, found.values())) for found in row["findings"])
    if row.get("versions"):
        what = _versions(row["versions"])
    return {
        **row,
        "state": states[row["state"]],
        "department": registry.short_name(row.get("department_id")),
        "what": what,
    }
