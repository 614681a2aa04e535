"""Floor 2: bytes -> document -> facts -> star-schema frames. Pure functions: no Dagster, no database, no clock."""
