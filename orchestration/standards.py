"""What a night judges by: the registry, the rules at the stages that people set, and people's other decisions.

Checked before anything is taken in; how it is applied belongs to the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from orchestration.settings import Settings, load_registry
from transforms.departments.registry import Registry
from warehouse.decisions.standing import Decisions
from warehouse.home import Home

if TYPE_CHECKING:
    from expectations.catalogue import Catalogue


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
