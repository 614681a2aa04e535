"""``make rules``: writes docs/rules.md from the catalogue in force."""

from __future__ import annotations

from pathlib import Path

from expectations.catalogue import load_catalogue
from expectations.rules_page import rules_page

PAGE = Path("docs/rules.md")


def main() -> None:
    """Replaces the page."""
    PAGE.write_text(rules_page(load_catalogue()), "utf-8")


if __name__ == "__main__":
    main()
