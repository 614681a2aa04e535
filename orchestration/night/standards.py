"""What a night judges by: the registry, the rules at the stages that people set, and people's other decisions.

Checked before anything is taken in; how it is applied belongs to the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from orchestration.settings import Settings, load_registry
from transforms.departments.registry import Registry
from warehouse.decisions.standing import Decisions
from warehouse.errors import UsageError
from warehouse.home import Home

if TYPE_CHECKING:
    from expectations.catalogue import Catalogue

NAMED = 5
"""How many departments or submissions a sentence names."""


@dataclass(frozen=True)
class Standards:
    """As they stand in a home at an instant; each is loaded when it is asked for."""

    home: Home
    settings: Settings
    at: datetime

    @cached_property
    def registry(self) -> Registry:
        """The registry in force; UsageError when it cannot be used."""
        return load_registry(self.home, self.settings)

    def check_departments(self, department_ids: Iterable[str]) -> None:
        """UsageError unless the registry has all of these departments, which have submitted."""
        lacking = sorted(set(department_ids) - {version.department_id for version in self.registry.versions})
        if lacking:
            raise UsageError(
                f"部门名录中没有 {'、'.join(lacking[:NAMED])}（共 {len(lacking)} 个），而库中有它们的报送。"
                "请把这些行放回名录；撤并的单位在 valid_to 写明有效期止，更名的另起一行。"
            )

    @cached_property
    def decisions(self) -> Decisions:
        """What people decided; DecisionError when a file of it is malformed."""
        from expectations.catalogue import load_catalogue
        from expectations.decisions import checked_decisions

        return checked_decisions(self.home, load_catalogue(), self.registry, self.at)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The rules in force, at the stages that people set."""
        from expectations.catalogue import load_catalogue

        return load_catalogue().with_stages(self.decisions.stage_of)
