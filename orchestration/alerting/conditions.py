"""What a home is told to be in after a night: the digest, and what somebody must act on at once. Only texts are made
here, from what was found out elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from orchestration.alerting.outbox import Message
from orchestration.alerting.wording import harmless
from orchestration.night.log import NightLog, NightProof, SubmissionLine
from warehouse.ledger.rows import Version
from warehouse.publication.words import OUTCOMES
from warehouse.release.releases import BEIJING, MENDED_BY

_SHOWN = 30
_GIBIBYTE = 1024**3


def digest(log: NightLog, now: datetime) -> Message:
    """What a night did; of nights that found nothing, one a day."""
    day = now.astimezone(BEIJING).date().isoformat()
    if log.release_id is None:
        body = "\n".join(["没有新内容，不产生新的发布；当前发布不变。", *_proven(log), *_problems(log)])
        return Message(f"digest-{day}-nothing", "digest", f"绩效夜间任务 {day}：没有新内容", body)
    accepted = log.count("accepted", "accepted_with_warnings", "superseded")
    counts = f"采纳 {accepted} 份，退回 {log.count('quarantined')} 份，无法读取 {log.count('unreadable')} 份"
    refused = [line for line in log.submissions if line.outcome in ("quarantined", "unreadable")]
    more = [f"  ……另有 {len(refused) - _SHOWN} 份"] if len(refused) > _SHOWN else []
    lines = [
        f"收到新文件 {log.received} 份，重复 {log.duplicates} 份；{counts}。",
        f"已发布：{log.release_id}。写出退回单和审核意见单 {len(log.slips)} 份。",
        *_proven(log),
        *_problems(log),
        *(_refused(line) for line in refused[:_SHOWN]),
        *more,
    ]
    return Message(f"digest-{log.night_id}", "digest", f"绩效夜间任务 {day}：{counts}", "\n".join(lines))


def failed(run_id: str, why: str) -> Message:
    """A night that failed."""
    body = f"{harmless(why, 500)}\n当前发布不变，收到的文件没有丢失；处理后请再运行一次。"
    return Message(f"failure-{run_id}", "failure", "绩效夜间任务失败", body)


def unpublished(night_id: str, pending: Sequence[str]) -> Message:
    """Files wait and no release tells of them; ``pending`` are their names."""
    names = "\n".join(f"  {harmless(name)}" for name in pending[:_SHOWN])
    body = f"有 {len(pending)} 份文件已收下，但本次任务没有发布，它们等下一次任务：\n{names}"
    return Message(
        f"unpublished-{night_id}-{_digest(','.join(pending))}",
        "unpublished",
        f"绩效：{len(pending)} 份文件没有发布",
        body,
    )


def silent(last: datetime | None, now: datetime) -> Message:
    """Nights stay away, or publish nothing; told once a day."""
    day = now.astimezone(BEIJING).date().isoformat()
    since = f"最近一次成功的夜间任务在 {last.astimezone(BEIJING):%Y-%m-%d %H:%M}" if last else "夜间任务从未成功过"
    body = f"{since}。请检查定时任务是否打开、守护进程是否在运行（jixiao doctor），再运行一次 jixiao nightly。"
    return Message(f"unpublished-{day}-silent", "unpublished", "绩效：夜间任务没有按时完成", body)


def stuck(versions: Sequence[tuple[Version, str]]) -> Message:
    """Versions left in a middle state; the same ones are told of once."""
    keys = ",".join(str(version.submission_key) for version, _ in versions)
    lines = (
        f"  {harmless(version.department_id or '部门不明')} {version.fiscal_year or '年度不明'}"
        f" 第 {version.version} 版：停在“{OUTCOMES[state]}”"
        for version, state in versions[:_SHOWN]
    )
    body = "\n".join(["任务结束后，以下报送还停在中间状态，请查看任务日志，再运行一次 jixiao nightly：", *lines])
    return Message(f"stuck-{_digest(keys)}", "stuck", f"绩效：{len(versions)} 份报送卡住", body)


def disk_low(free: int, least: int, now: datetime) -> Message:
    """Too little space (bytes); told once a day."""
    day = now.astimezone(BEIJING).date().isoformat()
    body = (
        f"数据目录所在磁盘只剩 {free / _GIBIBYTE:.1f} GiB，至少应有 {least / _GIBIBYTE:.1f} GiB。"
        "请腾出空间，或在 jixiao.toml 中减少 keep_releases。"
    )
    return Message(f"disk-{day}", "disk", "绩效：磁盘空间不足", body)


def unproven(proof: NightProof) -> Message:
    """What the proof found wrong; the same is told of once."""
    lines = [f"  {harmless(problem)}" for problem in proof.problems[:_SHOWN]]
    body = "\n".join(
        [
            f"发布 {proof.release_id} 核验不通过，发现 {len(proof.problems)} 个问题：",
            *lines,
            f"请不要使用当前发布。{MENDED_BY}",
        ]
    )
    return Message(f"proof-{_digest(','.join(proof.problems))}", "proof", "绩效：发布核验不通过", body)


def proof_sentence(proof: NightProof) -> str:
    """What was proven, in one line."""
    if proof.problems:
        return f"核验：发现 {len(proof.problems)} 个问题。"
    both = (
        f"发布文件 {proof.file_count} 个完好，归档原件 {proof.original_count} 份都在，"
        f"其中 {proof.hashed_count} 份重算了校验值"
    )
    if not proof.lines:
        return f"核验：{both}。"
    rows = sum(line.published_rows for line in proof.lines)
    yuan = sum(Decimal(line.published_yuan) for line in proof.lines)
    return f"核验：采纳等于发布，{len(proof.lines)} 个部门年度共 {rows:,} 行、{yuan:,.2f} 元，一分不差；{both}。"


def _proven(log: NightLog) -> list[str]:
    return [proof_sentence(log.proof)] if log.proof is not None else []


def _problems(log: NightLog) -> list[str]:
    return [f"  ! {harmless(problem)}" for problem in log.problems]


def _refused(line: SubmissionLine) -> str:
    who = f"{line.department or '部门不明'} {line.fiscal_year or '年度不明'}"
    why = next(iter(line.findings), None) or line.reason or ""
    return f"  {OUTCOMES[line.outcome]}  {harmless(line.file_name)}（{harmless(who)}）：{harmless(why)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
