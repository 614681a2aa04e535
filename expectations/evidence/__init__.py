"""Evidence: a frame a group of rules, what is stated beside what is observed, with tolerance and place.

A module here never says whether a rule holds; that is the rule's own text in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from expectations.evidence import identity, organisation, projects, spending, structure, tables
from expectations.evidence.material import Material

GROUPS: dict[str, Callable[[Material], pl.DataFrame]] = {
    function.__name__: function
    for function in (
        identity.document_kinds,
        identity.department,
        identity.years,
        identity.conflicts,
        identity.broken_rows,
        structure.project_tables,
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
    )
}
"""Group name, as rules name it, to the function that makes its frame."""


def build_evidence(material: Material, groups: Iterable[str]) -> dict[str, pl.DataFrame]:
    """The evidence frames of the named groups; KeyError for a group that does not exist."""
    return {group: GROUPS[group](material) for group in dict.fromkeys(groups)}
