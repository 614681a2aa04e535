"""From the truth of samples through the line's engine and back: what must be exact is exact, whatever the seed."""

from dataclasses import asdict
from random import Random

import pytest

from orchestration.operations.examination import examine
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


def test_identity_and_project_rows_come_back_as_they_were_written(tmp_path):
    """Drawn at random, of different departments, and judged in one batch."""
    drawn = Random(20221122)
    seed = drawn.randrange(10**6)
    media = (TEXT_MEDIA, ("docx",), ("html",))
    indices = drawn.sample(range(201), 24)
    samples = [
        make_sample(index, drawn.randint(2019, 2024), seed, media=media[at % 3]) for at, index in enumerate(indices)
    ]
    paths = [tmp_path / f"report {at}" for at in range(len(samples))]
    for path, sample in zip(paths, samples, strict=True):
        path.write_bytes(sample.content)
    registry = tmp_path / "registry.csv"
    registry.write_text(places.registry_csv([places.department(index, seed) for index in indices]), "utf-8")
    for result, sample in zip(examine(paths, Registry.load(registry), Settings()), samples, strict=True):
        read, truth = asdict(result), sample.truth
        names = ("department_id", "fiscal_year", "kind")
        assert [read[name] for name in names] == [truth[name] for name in names]
        assert exact_rows(read) == exact_rows(truth)
