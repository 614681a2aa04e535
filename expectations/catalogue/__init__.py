"""The rules as data, a TOML file a phase, and their loader. How a rule is judged does not belong here."""

from expectations.catalogue.loader import load_catalogue
from expectations.catalogue.model import Catalogue, Phase, Rule, Threshold
from expectations.catalogue.source import CatalogueError

__all__ = ["Catalogue", "CatalogueError", "Phase", "Rule", "Threshold", "load_catalogue"]
