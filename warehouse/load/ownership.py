"""Whose a row is: SQL that gives the department and the year of a row ``r`` of a table, by its own columns or by the
submission or project that it names. Nothing is asked here."""

from __future__ import annotations

from warehouse.schema import Table


def department_of(table: Table, database: str = "") -> str | None:
    """The department, or None where rows of the table belong to none; ``database`` as a prefix with its dot."""
    return _of(table, "department_id", database, has_projects=True)


def year_of(table: Table, database: str = "") -> str | None:
    """The fiscal year, or None where rows of the table belong to none."""
    return _of(table, "fiscal_year", database, has_projects=False)


def _of(table: Table, column: str, database: str, *, has_projects: bool) -> str | None:
    names = table.column_names
    if column in names:
        return f"r.{column}"
    if "submission_key" in names:
        versions = f"{database}quality.submission_version"
        return f"(SELECT v.{column} FROM {versions} AS v WHERE v.submission_key = r.submission_key)"
    if has_projects and "project_key" in names:
        projects = f"{database}core.dim_project"
        return f"(SELECT p.{column} FROM {projects} AS p WHERE p.project_key = r.project_key)"
    return None
