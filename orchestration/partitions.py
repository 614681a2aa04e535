"""Fiscal year × department as partitions, and the one asset that shows the state of each submission in them.

The keys are dynamic, so that importing reads neither registry nor warehouse. Only what changed is reported, from
within the running night: no run and no process a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import dagster as dg

from orchestration.outcomes import SubmissionState
from warehouse.states import IN_FORCE

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


def report_published(context: dg.AssetExecutionContext, states: Sequence[SubmissionState]) -> None:
    """Materializes the partitions of the submissions that the release of this night published."""
    _report(context, states, dg.AssetMaterialization, are_published=True)


def report_withheld(context: dg.AssetExecutionContext, states: Sequence[SubmissionState]) -> None:
    """Observes the partitions of those that are not published, with their state."""
    _report(context, states, dg.AssetObservation, are_published=False)


def _report(
    context: dg.AssetExecutionContext,
    states: Sequence[SubmissionState],
    event: type[dg.AssetMaterialization] | type[dg.AssetObservation],
    *,
    are_published: bool,
) -> None:
    _add_keys(context.instance, FISCAL_YEARS, (str(state.fiscal_year) for state in states))
    _add_keys(context.instance, DEPARTMENTS, (state.department_id for state in states))
    for state in states:
        if (state.status in IN_FORCE) is are_published:
            context.log_event(event(SUBMISSION.key, partition=_key(state), metadata=_metadata(state)))


def _key(state: SubmissionState) -> dg.MultiPartitionKey:
    return dg.MultiPartitionKey({"department": state.department_id, "fiscal_year": str(state.fiscal_year)})


def _metadata(state: SubmissionState) -> dict[str, str | int]:
    # As text, since a browser would round a key of 63 bits.
    return {"status": state.status, "version": state.version, "submission_key": str(state.submission_key)}


def _add_keys(instance: dg.DagsterInstance, dimension: dg.DynamicPartitionsDefinition, keys: Iterable[str]) -> None:
    wanted = sorted(set(keys))
    if wanted and dimension.name:
        instance.add_dynamic_partitions(dimension.name, wanted)
