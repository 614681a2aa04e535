"""``make scores``: samples of every medium read against their truth; the figures become docs/accuracy.md.

How readings are compared belongs to ``samples.scoring``; here they are only asked for and laid out.
"""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

from orchestration.operations.examination import examine
from orchestration.settings import Settings
from samples.forms import FORM_MEDIA
from samples.media import WRITERS
from samples.scoring import Scores, load_truths
from samples.write import DEFAULT_SEED, write_samples
from transforms.departments.registry import Registry

DEPARTMENTS = 4
YEARS = (2021, 2022, 2023)
SEEDS = (DEFAULT_SEED, 5, 11, 23, 47)
_PAGE = Path("docs/accuracy.md")
_HEAD = f"""\
# How well reports are read

Made by `make scores`: {DEPARTMENTS} invented departments, {YEARS[0]} to {YEARS[-1]}, from each of {len(SEEDS)} seeds
({", ".join(map(str, SEEDS))}), reports and forms in every medium, each group of facts against the truth that was
written with them. Precision, recall and, in brackets, the share of files in which the group is wholly right. The
samples vary structure, wording, units and numbers, but they come from the same house as the reader: read the figures
as an upper bound.
"""


def main() -> None:
    """Scores every medium and writes the page."""
    page = _HEAD
    for title, media in (("Reports", WRITERS), ("Forms", FORM_MEDIA)):
        with tempfile.TemporaryDirectory(prefix="jixiao-scores-") as folder:
            scores = {medium: _scores(Path(folder) / medium, medium) for medium in media}
        page += f"\n## {title}\n\n{_table(scores)}"
        print(_table(scores))  # noqa: T201 - what the command is for
    _PAGE.parent.mkdir(exist_ok=True)
    _PAGE.write_text(page, "utf-8")


def _scores(folder: Path, medium: str) -> Scores:
    scores = Scores()
    for seed in SEEDS:
        out = folder / str(seed)
        write_samples(out, DEPARTMENTS, YEARS, seed, media=[medium])
        truths = load_truths(out)
        registry = Registry.load(out / "registry.csv")
        results = examine([path for path, _ in truths], registry, Settings.model_validate({}))
        for examined, (_, truth) in zip(results, truths, strict=True):
            scores.add(truth, asdict(examined))
    return scores


def _table(scores: dict[str, Scores]) -> str:
    """A row a group of facts, a column a medium."""
    cells = {(row[0], medium): row for medium, one in scores.items() for row in one.table()}
    groups = sorted({group for group, _ in cells})
    lines = ["| group | " + " | ".join(f"{medium} ({one.files} files)" for medium, one in scores.items()) + " |"]
    lines.append("|---" * (len(scores) + 1) + "|")
    for group in groups:
        shown = [_cell(cells.get((group, medium))) for medium in scores]
        lines.append(f"| {group} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + "\n"


def _cell(row: tuple[str, int, int, int, float, float, float] | None) -> str:
    if row is None or not (row[1] or row[2]):
        return ""
    _, _, _, _, precision, recall, exactness = row
    return f"{precision:.2%} / {recall:.2%} ({exactness:.1%})"


if __name__ == "__main__":
    main()
