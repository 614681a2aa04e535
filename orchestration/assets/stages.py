"""The stages of a night as assets: in what order, what is retried, what an operator sees. What they do is ``line``'s.

A night with nothing new yields nothing from its first stage, and Dagster skips the others. Annotations are not
postponed here: Dagster reads those of a stage's arguments.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import dagster as dg

from orchestration.alerts import alert_malformed, alert_unproven
from orchestration.assets.tables import asset_key, table_assets
from orchestration.checks import (
    AUDIT,
    BUILD,
    PROOF,
    VERDICTS,
    audit_result,
    contract_checks,
    contract_results,
    proof_result,
    rule_checks,
    rule_results,
)
from orchestration.night.results import StageReport
from orchestration.partitions import report_published, report_withheld
from orchestration.resources import Night
from orchestration.retries import RETRIES, only_what_can_pass
from warehouse.errors import ReleaseFault
from warehouse.registry import TABLES

if TYPE_CHECKING:
    from orchestration.night.line import Line

Results = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]
Afterwards = Callable[[dg.AssetExecutionContext, Night], None]

RECEIVED = dg.AssetKey("received_files")
RULE_CHECKS = rule_checks()
CONTRACT_CHECKS = contract_checks()
WRITER = "writer"
"""The pool of all that writes to the home: it has one place (see dagster.yaml)."""
TABLE_ASSETS = table_assets(BUILD)
"""Every table and view: what the build makes besides the build itself."""


def _spec(key: str | dg.AssetKey, after: str | dg.AssetKey | None, description: str, kind: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        key,
        deps=[after] if after else [],
        description=description,
        group_name="night",
        owners=["team:jixiao-operators"],
        kinds={kind},
        skippable=True,
    )


@dg.multi_asset(
    name="take_in",
    specs=[_spec(RECEIVED, None, "收件夹中的新文件：原样存档、登记；收件夹不改动。", "file")],
    retry_policy=RETRIES,
    pool=WRITER,
)
def take_in(context: dg.AssetExecutionContext, night: Night) -> Results:
    """The first stage; it yields nothing when nothing is pending, so that the others are skipped, proves the current
    release again, and sees to the slips and messages that a killed night owes."""
    with only_what_can_pass(night.place.path):
        report = night.line.take_in()
        if night.line.has_work:
            yield dg.MaterializeResult(asset_key=RECEIVED, metadata=report.counts)
        else:
            night.line.prove()
            _alert_unproven(night)
            night.line.write_slips()
            night.line.tell()
            context.log_event(dg.AssetObservation(RECEIVED, description="没有新内容", metadata=report.counts))


def _stage(spec: dg.AssetSpec, run: "Callable[[Line], StageReport]", then: Afterwards) -> dg.AssetsDefinition:
    """A stage that makes one asset; ``then`` tells others of what came of it."""

    @dg.multi_asset(name=f"{spec.key.path[-1]}_stage", specs=[spec], retry_policy=RETRIES, pool=WRITER)
    def stage(context: dg.AssetExecutionContext, night: Night) -> Results:
        with only_what_can_pass(night.place.path):
            report = run(night.line)
            yield dg.MaterializeResult(asset_key=spec.key, metadata=report.counts)
            then(context, night)

    return stage


def _nothing(context: dg.AssetExecutionContext, night: Night) -> None:
    pass


def _alert(context: dg.AssetExecutionContext, night: Night) -> None:
    alert_malformed(night.place, night.line.malformed(), night.instant)


def _report_published(context: dg.AssetExecutionContext, night: Night) -> None:
    report_published(context, night.line.changed_submissions())


@dg.multi_asset(
    name="verdicts_stage",
    specs=[_spec(VERDICTS, "contracts", "每份报送逐条规则的结论与问题，及是否采纳。", "greatexpectations")],
    check_specs=RULE_CHECKS,
    retry_policy=RETRIES,
    pool=WRITER,
)
def verdicts(context: dg.AssetExecutionContext, night: Night) -> Results:
    """The gate; whoever sent a malformed report is alerted before anything is built."""
    with only_what_can_pass(night.place.path):
        report = night.line.judge()
        outcomes = night.line.rule_outcomes()
        _alert(context, night)
        report_withheld(context, night.line.changed_submissions())
        yield dg.MaterializeResult(asset_key=VERDICTS, metadata=report.counts)
        yield from rule_results(RULE_CHECKS, outcomes)


def _look_up_together(context: dg.AssetExecutionContext, keys: Sequence[dg.AssetKey]) -> None:
    """Has Dagster look up what it recorded of these assets, which it would do one by one, for each view and each check
    upon them, and wait for the event log as often."""
    context.get_step_execution_context()._data_version_cache._fetch_input_asset_version_info(keys)


@dg.multi_asset(
    name="warehouse_build_stage",
    specs=[_spec(BUILD, VERDICTS, "按采纳的报送建成的新仓库，已审计，尚未发布。", "duckdb"), *TABLE_ASSETS],
    check_specs=[AUDIT, *CONTRACT_CHECKS],
    retry_policy=RETRIES,
    pool=WRITER,
)
def warehouse_build(context: dg.AssetExecutionContext, night: Night) -> Results:
    """Builds and audits; when the audit fails the run fails, and nothing is published."""
    with only_what_can_pass(night.place.path):
        try:
            report = night.line.build()
        except ReleaseFault as fault:
            yield audit_result(fault.violations)
            raise
        outcomes = night.line.contract_outcomes()
        yield dg.MaterializeResult(asset_key=BUILD, metadata=report.counts)
        tables = [asset_key(table.qualified_name) for table in TABLES]
        for place, spec in enumerate(TABLE_ASSETS):
            if place == len(tables):
                _look_up_together(context, tables)
            rows = report.counts.get(".".join(spec.key.path))
            yield dg.MaterializeResult(
                asset_key=spec.key,
                metadata={"dagster/row_count": rows} if isinstance(rows, int) else None,
            )
        yield audit_result(())
        yield from contract_results(CONTRACT_CHECKS, outcomes)


@dg.multi_asset(
    name="proof_stage",
    specs=[_spec("proof", "release", "发布后的核验：采纳等于发布，归档原件与发布文件完好。", "duckdb")],
    check_specs=[PROOF],
    retry_policy=RETRIES,
    pool=WRITER,
)
def proof(context: dg.AssetExecutionContext, night: Night) -> Results:
    """The proof of what was published; what it finds is alerted, and takes back nothing."""
    with only_what_can_pass(night.place.path):
        report = night.line.prove()
        _alert_unproven(night)
        yield dg.MaterializeResult(asset_key=PROOF.asset_key, metadata=report.counts)
        yield proof_result(night.line.proof_problems())


def _alert_unproven(night: Night) -> None:
    alert_unproven(night.place, night.line.proof_problems(), night.instant)


STAGES: list[dg.AssetsDefinition] = [
    take_in,
    _stage(
        _spec("document_facts", RECEIVED, "每份文件读出的文档与事实，每个数都有出处。", "python"),
        lambda line: line.read(),
        _alert,
    ),
    _stage(
        _spec("star_frames", "document_facts", "多份文件的事实整理成的维度表与事实表。", "polars"),
        lambda line: line.conform(),
        _nothing,
    ),
    _stage(
        _spec("contracts", "star_frames", "每张表的逐行检查；不符合的行单列，不进入发布。", "pandera"),
        lambda line: line.check_contracts(),
        _nothing,
    ),
    verdicts,
    warehouse_build,
    _stage(
        _spec("release", BUILD, "发布：一次改名换上新版本，读者不受影响。", "duckdb"),
        lambda line: line.publish(),
        _report_published,
    ),
    proof,
    _stage(
        _spec(
            "return_slips",
            "proof",
            "每份退回、有警告或无法读取的报送一份退回单或审核意见单，在 slips 目录。",
            "file",
        ),
        lambda line: line.write_slips(),
        _nothing,
    ),
    _stage(
        _spec("messages", "return_slips", "告警通道上的消息：每晚摘要、各部门的问题、需要马上处理的事。", "email"),
        lambda line: line.tell(),
        _nothing,
    ),
]
"""Every stage, in the order of a night."""
