"""Judgements of the reports that tests name in the mark ``reports``: one batch a module, since a batch costs as one."""

from __future__ import annotations

import pytest
from expectation_cases import judged_together

from expectations.gate import Judgement


@pytest.fixture(scope="module")
def judged_reports(request: pytest.FixtureRequest) -> dict[tuple[str, str], Judgement]:
    """By test and name: each change (or list of changes) that a selected test of this module names, a report each."""
    marks = {
        item.nodeid: mark
        for item in request.session.items
        if item.getparent(pytest.Module) is request.node and (mark := item.get_closest_marker("reports"))
    }
    return judged_together(
        {
            (test, name): changes if isinstance(changes, list) else [changes]
            for test, mark in marks.items()
            for name, changes in mark.kwargs.items()
        }
    )


@pytest.fixture
def reports(request: pytest.FixtureRequest, judged_reports: dict[tuple[str, str], Judgement]) -> dict[str, Judgement]:
    """The judgements of this test's reports, by the names of its mark."""
    mark = request.node.get_closest_marker("reports")
    return {name: judged_reports[request.node.nodeid, name] for name in mark.kwargs}
