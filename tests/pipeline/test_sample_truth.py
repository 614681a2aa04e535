"""From the truth of samples through the line's engine and back: what must be exact is exact, whatever the seed."""

from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orchestration.examination import examine
from orchestration.settings import Settings
from samples import departments as places
from samples import make_sample
from samples.style import TEXT_MEDIA
from transforms.departments.registry import Registry
from transforms.language.text import normalise

pytestmark = pytest.mark.pipeline


def exact_rows(result):
    """Project rows: in which kind of table, under which name, with which amounts."""
    return sorted(
        (row["listing"], normalise(row["reported_name"]), str(row["budget_yuan"]), str(row["spent_yuan"]))
        for row in result["facts"]["fact_project_spending"]
    )


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    index=st.integers(0, 200),
    year=st.integers(2019, 2024),
    seed=st.integers(0, 10**6),
    media=st.sampled_from((TEXT_MEDIA, ("docx",), ("html",))),
)
def test_identity_and_project_rows_come_back_as_they_were_written(tmp_path, index, year, seed, media):
    sample = make_sample(index, year, seed, media=media)
    one = places.department(index, seed)
    path = tmp_path / "report"
    path.write_bytes(sample.content)
    (tmp_path / "registry.csv").write_text(places.registry_csv([one]), "utf-8")
    (result,) = examine([path], Registry.load(tmp_path / "registry.csv"), Settings())
    read, truth = asdict(result), sample.truth
    assert [read[name] for name in ("department_id", "fiscal_year", "kind")] == [
        truth[name] for name in ("department_id", "fiscal_year", "kind")
    ]
    assert exact_rows(read) == exact_rows(truth)
