"""``python -m orchestration.cli``: the same as ``jixiao``."""

from orchestration.cli import main

main()
