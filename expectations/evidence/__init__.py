"""Evidence: a frame a group of rules, what is stated beside what is observed, with tolerance and place.

A module here never says whether a rule holds; that is the rule's own text in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from expectations.evidence import (
    amounts,
    claims,
    copies,
    forms,
    identity,
    indicators,
    metrics,
    organisation,
    points,
    projects,
    rates,
    spending,
    structure,
    surface,
    tables,
    texts,
    versions,
    words,
    years,
)
from expectations.evidence.material import Material
from expectations.history import History

GROUPS: dict[str, Callable[[Material], pl.DataFrame]] = {
    function.__name__: function
    for function in (
        identity.document_kinds,
        identity.department,
        identity.years,
        identity.conflicts,
        identity.broken_rows,
        versions.differences,
        structure.project_tables,
        structure.cells_without_figure,
        structure.form_documents,
        structure.headings,
        structure.enumerations,
        structure.problems,
        organisation.units,
        organisation.offices,
        organisation.people,
        tables.table_units,
        tables.amount_cells,
        tables.text_amounts,
        spending.execution,
        spending.listed_projects,
        spending.large_projects,
        spending.planned_projects,
        projects.project_names,
        projects.repeated_amounts,
        surface.heading_levels,
        surface.cut_paragraphs,
        surface.table_fragments,
        surface.marked_cells,
        surface.odd_rows,
        surface.marks,
        words.other_years,
        words.report_dates,
        words.parts,
        words.misspellings,
        words.personal_numbers,
        copies.authorship,
        rates.staff,
        rates.execution_rates,
        rates.stated_sums,
        amounts.same_values,
        texts.goals,
        texts.completions,
        texts.goals_beside_completions,
        metrics.repeated_metrics,
        metrics.adjacent_metrics,
        claims.periods,
        claims.satisfaction,
        claims.statements,
        points.form_weights,
        points.form_scores,
        forms.form_execution,
        forms.form_grades,
        forms.project_scores,
        forms.form_counts,
        forms.form_sources,
        forms.expenditure_parts,
        indicators.indicators,
        indicators.repeated_indicators,
        indicators.acceptance,
    )
}
"""Group name, as rules name it, to the function that makes its frame."""

BESIDE_HISTORY: dict[str, Callable[[Material, History], pl.DataFrame]] = {
    function.__name__: function for function in (years.stated_changes, years.unusual_amounts)
}
"""The same of groups that hold a batch against what is published; the batch itself may bring that."""


def build_evidence(material: Material, groups: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The evidence frames of the named groups but those beside history; KeyError for a group that does not exist."""
    return {group: GROUPS[group](material) for group in dict.fromkeys(groups) if group not in BESIDE_HISTORY}


def evidence_beside(history: History, material: Material, groups: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The evidence frames of those of the named groups that stand beside history."""
    wanted = [group for group in dict.fromkeys(groups) if group in BESIDE_HISTORY]
    return {group: BESIDE_HISTORY[group](material, history) for group in wanted}
