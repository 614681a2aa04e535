"""Asset checks: what the rules and contracts said, shown in Dagster. They are judged in ``expectations``, not here.

A rule or contract that failed is a warning: it quarantines its submission and must not stop the others. Only a
failed audit is an error; what stops the release then is the stage itself, which raises (a check marked as blocking
would do no more, and Dagster would warn in every night without work that it said nothing).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import dagster as dg

from expectations.catalogue import load_catalogue
from orchestration.night.results import ContractOutcome, RuleOutcome
from warehouse.registry import tables_of

VERDICTS = dg.AssetKey("verdicts")
BUILD = dg.AssetKey("warehouse_build")
CONTRACT = "contract"
AUDIT = dg.AssetCheckSpec(
    "audit",
    asset=BUILD,
    description="键、外键、唯一性、每单位每年度一个现行版本、采纳等于发布（到分）；不通过则不发布。",
)

PROOF = dg.AssetCheckSpec(
    "proof",
    asset=dg.AssetKey("proof"),
    description="发布后再核：各部门各年度采纳等于发布（到分）、外键、发布文件的校验和；归档原件都在，新收的和当日轮到的重算校验值。",
)


def rule_checks() -> list[dg.AssetCheckSpec]:
    """One check for each rule of the catalogue in force."""
    return [
        dg.AssetCheckSpec(rule.id, asset=VERDICTS, description=rule.title, metadata={"level": rule.level})
        for rule in load_catalogue().rules
    ]


def contract_checks() -> list[dg.AssetCheckSpec]:
    """One check for each core table: whether every row that was read kept the table's contract."""
    return [
        dg.AssetCheckSpec(
            CONTRACT,
            asset=[table.schema, table.name],
            description=f"“{table.title}”的每一行都符合表的定义；不符合的行进入 quality.rejected_row。",
        )
        for table in tables_of("core")
    ]


def rule_results(checks: Iterable[dg.AssetCheckSpec], outcomes: Iterable[RuleOutcome]) -> Iterator[dg.AssetCheckResult]:
    """A result for each check, with the number of submissions by outcome; a rule that judged nothing passes."""
    by_rule = {outcome.rule_id: outcome for outcome in outcomes}
    for check in checks:
        outcome = by_rule.get(check.name)
        counts = {
            "passed": outcome.passed if outcome else 0,
            "failed": outcome.failed if outcome else 0,
            "not_applicable": outcome.not_applicable if outcome else 0,
        }
        yield _result(check, is_passed=counts["failed"] == 0, counts=counts)


def contract_results(
    checks: Iterable[dg.AssetCheckSpec], outcomes: Iterable[ContractOutcome]
) -> Iterator[dg.AssetCheckResult]:
    """A result for each check, with the number of rows that broke the contract."""
    rejected = {outcome.table_name: outcome.rejected for outcome in outcomes}
    for check in checks:
        count = rejected.get(".".join(check.asset_key.path), 0)
        yield _result(check, is_passed=count == 0, counts={"rejected": count})


def audit_result(violations: Sequence[str]) -> dg.AssetCheckResult:
    """The audit of a build: an error when anything was violated."""
    return _sentences(AUDIT, violations)


def proof_result(problems: Sequence[str]) -> dg.AssetCheckResult:
    """The proof after publication: an error when anything is wrong."""
    return _sentences(PROOF, problems)


def _sentences(check: dg.AssetCheckSpec, violations: Sequence[str]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=not violations,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"violations": dg.MetadataValue.md("\n".join(f"- {each}" for each in violations) or "无")},
    )


def _result(check: dg.AssetCheckSpec, *, is_passed: bool, counts: dict[str, int]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=is_passed,
        severity=dg.AssetCheckSeverity.WARN,
        metadata=counts,
    )
