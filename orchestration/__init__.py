"""Floor 4: when and in what order. Dagster definitions and the command line; no parsing, no SQL, no rule."""
