"""What Dagster shows of each fiscal year and department: told together as it would tell of each by itself."""

import dagster as dg
import pytest
from homes import with_dagster

from orchestration.dagster_home import instance_of
from orchestration.night.results import SubmissionState
from orchestration.partitions import SUBMISSION, report_published, report_withheld
from warehouse.home import Home

pytestmark = pytest.mark.pipeline

STATES = [
    SubmissionState(f"单位“{number}”", 2020 + number, status, 9_007_199_254_740_993 + number, number)
    for number in range(4)
    for status in ("accepted_with_warnings", "quarantined")
]


@pytest.mark.parametrize(
    ("report", "event", "status"),
    [
        (report_published, dg.AssetMaterialization, "accepted_with_warnings"),
        (report_withheld, dg.AssetObservation, "quarantined"),
    ],
)
def test_partitions_are_told_as_dagster_tells_of_each_by_itself(tmp_path, monkeypatch, report, event, status):
    monkeypatch.setattr("orchestration.partitions._AT_ONCE", 2)

    @dg.asset
    def release(context: dg.AssetExecutionContext) -> None:
        for state in STATES:
            if state.status == status:
                key = {"department": state.department_id, "fiscal_year": str(state.fiscal_year)}
                said = {"status": status, "version": state.version, "submission_key": str(state.submission_key)}
                context.log_event(event(SUBMISSION.key, partition=dg.MultiPartitionKey(key), metadata=said))
        report(context, STATES)

    with instance_of(with_dagster(Home(tmp_path / "home"))) as instance:
        result = dg.materialize([release], instance=instance)
        told = [
            entry._replace(timestamp=0.0)
            for entry in instance.all_logs(result.run_id)
            if entry.dagster_event and entry.dagster_event.asset_key == SUBMISSION.key
        ]
        assert told[4:] == told[:4]
        assert len({entry.dagster_event.partition for entry in told}) == 4
        assert instance.get_dynamic_partitions("fiscal_year") == ["2020", "2021", "2022", "2023"]


@pytest.mark.parametrize("report", [report_published, report_withheld])
def test_of_a_night_that_changed_nothing_nothing_is_told(tmp_path, report):
    @dg.asset
    def release(context: dg.AssetExecutionContext) -> None:
        report(context, [])

    with instance_of(with_dagster(Home(tmp_path / "home"))) as instance:
        assert dg.materialize([release], instance=instance).success
        assert instance.get_asset_records([SUBMISSION.key]) == []
