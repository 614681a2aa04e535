"""Writes synthetic submissions: inbox, truth files, registry, a line that says what they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from samples import departments as places
from samples.compose import compose
from samples.compose.voice import Voice
from samples.content.report import Shape, make_report
from samples.defects import Defect, chosen
from samples.draws import stream
from samples.forms import FORM_MEDIA, write_forms
from samples.marks import Marks
from samples.media import WRITERS
from samples.model import Department, Expected, Report
from samples.style import TEXT_MEDIA, Style, draw_style
from samples.truth import ENDING, NOTE, level_of, outcome_of, truth_of

DEFAULT_SEED = 20240101
REDRAWN = 0.35
"""Share of years in which a department changes its style."""
NAMES = (
    "模拟_{short}_{year}年度整体支出绩效自评报告",
    "模拟-{year}-{short}绩效自评",
    "【模拟】{short}{year}年部门整体支出绩效自评报告",
    "{year}{short}自评报告（模拟）",
)
README = "# 模拟数据\n\n本目录由样例程序生成，{note}。真实资料请勿放入本目录。\n"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its path within the inbox, its bytes, its truth."""

    file_name: str
    content: bytes
    truth: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SampleSet:
    """What was written where; ``defective`` are the files (within the inbox) that hold defects."""

    inbox: Path
    truth: Path
    registry: Path
    files: tuple[str, ...]
    defective: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many files were written."""
        return len(self.files)


def _style_draw(one: Department, year: int, seed: int) -> Random:
    changed = stream(seed, one.index, "redrawn", year)
    return stream(seed, one.index, "style", *((year,) if changed.random() < REDRAWN else ()))


def _file_name(report: Report, style: Style, draw: Random, take: int) -> str:
    name = draw.choice(NAMES).format(short=report.version.short_name, year=report.year)
    return f"{report.year}/{name}{'（另一份）' if take else ''}.{style.medium}"


def _spoiled(content: bytes, truth: dict[str, Any], defects: Sequence[Defect]) -> bytes:
    for defect in defects:
        if defect.spoil is not None:
            content = defect.spoil(content)
            truth.update(department_id=None, fiscal_year=None, kind=None, facts={}, findings=[])
    return content


def _sample(
    one: Department, year: int, seed: int, defects: Sequence[Defect], shape: Shape, media: Sequence[str]
) -> Sample:
    report = make_report(one, year, seed, replace(shape, is_complete=bool(defects)))
    style = draw_style(_style_draw(one, year, seed), media)
    draw = stream(seed, one.index, year, "print", shape.take, *(defect.name for defect in defects))
    for defect in defects:
        defect.mutate(report, draw)
        if defect.deform is None:
            report.defects.append(defect.name)
        style = defect.restyle(style) if defect.restyle else style
    file_name = _file_name(report, style, draw, shape.take)
    composition = compose(report, style, draw)
    written = WRITERS[style.medium](composition, style, draw)
    truth = truth_of(report, Voice(report, style, draw, Marks()), written, file_name)
    if any(defect.is_doubled for defect in defects):
        truth["outcome_together"] = "quarantined"
    return Sample(file_name, _spoiled(written.content, truth, defects), truth)


def _forms(
    one: Department, year: int, seed: int, defects: Sequence[Defect], shape: Shape, media: Sequence[str]
) -> Sample:
    """The forms of a report, with those defects that are of forms; the others have changed the report."""
    report = make_report(one, year, seed, replace(shape, is_complete=bool(defects)))
    draw = stream(seed, one.index, year, "print", shape.take, *(defect.name for defect in defects))
    for defect in defects:
        defect.mutate(report, draw)
    own = [defect for defect in defects if defect.deform]
    written = write_forms(report, seed, media, [defect.deform for defect in own if defect.deform])
    expected = [Expected(defect.rule) for defect in own if defect.fires and defect.rule and not defect.is_joint]
    written.truth.update(
        outcome=outcome_of(expected),
        rules=sorted({defect.rule for defect in own if defect.rule}),
        findings=[
            {"rule": each.rule, "level": level_of(each.rule), "line": None, "is_optional": False} for each in expected
        ],
        defects=[defect.name for defect in own],
    )
    if any(defect.is_joint and defect.fires for defect in own):
        written.truth["outcome_together"] = "quarantined"
    return Sample(*written)


def make_sample(
    index: int = 0,
    year: int = 2021,
    seed: int = DEFAULT_SEED,
    defects: Sequence[Defect] = (),
    shape: Shape | None = None,
    media: Sequence[str] = TEXT_MEDIA,
) -> Sample:
    """One report of the ``index``-th department, with the defects given, in memory, in one of the ``media``. A report
    with defects holds every optional part, so that each rule has something to judge."""
    return _sample(places.department(index, seed), year, seed, defects, shape or Shape(), media)


def _assigned(slots: int, groups: list[tuple[Defect, ...]]) -> dict[int, tuple[Defect, ...]]:
    if len(groups) > slots:
        raise ValueError(f"报告只有{slots}份，放不下{len(groups)}组缺陷")
    return {int((number + 0.5) * slots / len(groups)): group for number, group in enumerate(groups)}


def samples(
    listed: Sequence[Department],
    years: Sequence[int],
    seed: int = DEFAULT_SEED,
    defects: Sequence[Defect] | str | None = None,
    shape: Shape | None = None,
    media: Sequence[str] = TEXT_MEDIA,
) -> Iterator[Sample]:
    """All samples of these departments and years in memory, one after another: each report in one of the ``media``
    that reports come in, and beside a sound one, or one whose forms have defects, its forms in those that forms come
    in."""
    shape = shape or Shape()
    of_reports, of_forms = [one for one in media if one in WRITERS], [one for one in media if one in FORM_MEDIA]
    slots = [(one, year) for year in years for one in listed]
    groups = chosen(defects)
    faults = _assigned(len(slots), groups[: len(slots)] if defects == "demo" else groups)
    for number, (one, year) in enumerate(slots):
        group = faults.get(number, ())
        takes = (0, 1) if any(defect.is_doubled for defect in group) else (0,)
        for take in takes if of_reports else ():
            yield _sample(one, year, seed, group, replace(shape, take=shape.take + take), of_reports)
        if any(defect.deform for defect in group) or (of_forms and not group):
            yield _forms(one, year, seed, group, shape, of_forms or ("xlsx",))


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _clear_earlier(written: SampleSet, files: Sequence[str]) -> None:
    """Removes the samples of an earlier run, known by their truth files; anything else stays."""
    kept = {written.truth / f"{file}{ENDING}" for file in files}
    for truth in written.truth.rglob(f"*{ENDING}"):
        if truth not in kept:
            name = truth.relative_to(written.truth).as_posix().removesuffix(ENDING)
            (written.inbox / name).unlink(missing_ok=True)
            truth.unlink()


def write_samples(
    out: Path,
    departments: int = 16,
    years: Sequence[int] = (2021, 2022, 2023),
    seed: int = DEFAULT_SEED,
    defects: Sequence[Defect] | str | None = None,
    shape: Shape | None = None,
    media: Sequence[str] = TEXT_MEDIA,
) -> SampleSet:
    """Writes ``out``/inbox/<year>/<file>, ``out``/truth/<year>/<file>.truth.json, ``out``/registry.csv and
    ``out``/README.md, in place of what an earlier run wrote there.

    ``defects``: a sequence (one a report), names joined by commas (``C17,C20+C34``: two reports, the second with
    two defects), ``demo`` for the telling few (as many as there are reports for), or None for sound reports only;
    they are spread evenly. ``media``: those to write, each report in one of them, forms in those that forms
    come in. Raises ValueError where there are more defects than reports, or a name is unknown.
    """
    listed = places.departments(departments, years, seed)
    result = SampleSet(out / "inbox", out / "truth", out / "registry.csv", (), ())
    _save(result.registry, places.registry_csv(listed).encode())
    _save(out / "README.md", README.format(note=NOTE).encode())
    files: list[str] = []
    defective: list[str] = []
    for sample in samples(listed, years, seed, defects, shape, media):
        _save(result.inbox / sample.file_name, sample.content)
        text = json.dumps(sample.truth, ensure_ascii=False, indent=1)
        _save(result.truth / f"{sample.file_name}{ENDING}", text.encode())
        files.append(sample.file_name)
        if sample.truth["defects"]:
            defective.append(sample.file_name)
    _clear_earlier(result, files)
    return replace(result, files=tuple(files), defective=tuple(defective))
