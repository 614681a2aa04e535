"""Fiscal year × department as partitions, and the one asset that shows the state of each submission in them.

The keys are dynamic, so that importing reads neither registry nor warehouse. Only what changed is reported, from
within the running night: no run and no process a report.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import dagster as dg
from dagster._core.events import AssetObservationData, StepMaterializationData

from orchestration.night.results import SubmissionState
from warehouse.ledger.states import IN_FORCE

FISCAL_YEARS = dg.DynamicPartitionsDefinition(name="fiscal_year")
DEPARTMENTS = dg.DynamicPartitionsDefinition(name="department")
SUBMISSIONS = dg.MultiPartitionsDefinition({"department": DEPARTMENTS, "fiscal_year": FISCAL_YEARS})

SUBMISSION = dg.AssetSpec(
    "submission",
    deps=["release"],
    description="一个单位一个年度的报送：已采纳的版本显示为物化，退回的显示为观察，状态与版本见元数据。",
    partitions_def=SUBMISSIONS,
    group_name="submissions",
    owners=["team:jixiao-operators"],
    kinds={"duckdb"},
)


_AT_ONCE = 1_000
"""Events that are told together: a storage may make one statement of them."""


def report_published(context: dg.AssetExecutionContext, states: Sequence[SubmissionState]) -> None:
    """Materializes the partitions of the submissions that the release of this night published."""
    _add_all_keys(context.instance, states)
    published = (state for state in states if state.status in IN_FORCE)
    made = [dg.AssetMaterialization(SUBMISSION.key, partition=_key(of), metadata=_metadata(of)) for of in published]
    if made:
        first = dg.DagsterEvent.asset_materialization(context.get_step_execution_context(), made[0])
        _tell_alike(context, first, [StepMaterializationData(each) for each in made[1:]])


def report_withheld(context: dg.AssetExecutionContext, states: Sequence[SubmissionState]) -> None:
    """Observes the partitions of those that are not published, with their state."""
    _add_all_keys(context.instance, states)
    withheld = (state for state in states if state.status not in IN_FORCE)
    seen = [dg.AssetObservation(SUBMISSION.key, partition=_key(of), metadata=_metadata(of)) for of in withheld]
    if seen:
        first = dg.DagsterEvent.asset_observation(context.get_step_execution_context(), seen[0])
        _tell_alike(context, first, [AssetObservationData(each) for each in seen[1:]])


def _tell_alike(
    context: dg.AssetExecutionContext,
    first: dg.DagsterEvent,
    others: Sequence[StepMaterializationData | AssetObservationData],
) -> None:
    """Tells of the others as Dagster told of the first, but straight to the event log: its way through loggers costs
    twice as much as all else of an event, and a night may have tens of thousands."""
    entry = dg.EventLogEntry(  # type: ignore[no-untyped-call]
        error_info=None,
        level=logging.DEBUG,
        user_message=first.message or f"{first.event_type} for step {first.step_key}",
        run_id=context.run.run_id,
        timestamp=datetime.now(UTC).timestamp(),
        step_key=first.step_key,
        job_name=first.job_name,
        dagster_event=first,
    )
    alike = [entry._replace(dagster_event=first._replace(event_specific_data=each)) for each in others]
    for start in range(0, len(alike), _AT_ONCE):
        context.instance.event_log_storage.store_event_batch(alike[start : start + _AT_ONCE])


def _key(state: SubmissionState) -> dg.MultiPartitionKey:
    return dg.MultiPartitionKey({"department": state.department_id, "fiscal_year": str(state.fiscal_year)})


def _metadata(state: SubmissionState) -> dict[str, str | int]:
    # As text, since a browser would round a key of 63 bits.
    return {"status": state.status, "version": state.version, "submission_key": str(state.submission_key)}


def _add_all_keys(instance: dg.DagsterInstance, states: Sequence[SubmissionState]) -> None:
    _add_keys(instance, FISCAL_YEARS, (str(state.fiscal_year) for state in states))
    _add_keys(instance, DEPARTMENTS, (state.department_id for state in states))


def _add_keys(instance: dg.DagsterInstance, dimension: dg.DynamicPartitionsDefinition, keys: Iterable[str]) -> None:
    wanted = sorted(set(keys))
    if wanted and dimension.name:
        instance.add_dynamic_partitions(dimension.name, wanted)
