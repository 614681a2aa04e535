"""Floor 4: when and in what order. Dagster definitions and the command line; no parsing, no SQL, no rule."""

import os

os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:5000")
"""polars reads this when it is loaded, which is after this room: what it frees it gives back after seconds rather than
half of one, for the stages of a night ask for as much again at once."""
