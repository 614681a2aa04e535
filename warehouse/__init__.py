"""Floor 1: what a table is and where tables live: definitions, archive, intake, ledger, load, release, views."""
