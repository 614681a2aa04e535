"""Table definitions: one file a table, the only place that says what its columns are. No DDL, no queries."""
