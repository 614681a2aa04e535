"""Organisation: budget units and internal offices, listed and counted. People belong to headcount."""
