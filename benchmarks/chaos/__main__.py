"""``make chaos``: see ``benchmarks.chaos``; ends with status 1 when a fault was not survived."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from benchmarks.chaos.nights import ready
from benchmarks.chaos.run import run, run_short
from benchmarks.chaos.tally import show


def main() -> int:
    """The program; 1 when a fault was not survived."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=500, help="kills at random moments (default 500)")
    parser.add_argument("--nightly-kills", type=int, default=20, help="of these, of `jixiao nightly` (default 20)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other moments and files")
    parser.add_argument("--only", action="append", metavar="KIND", help="only kinds whose name holds this text")
    parser.add_argument("--short", action="store_true", help="five faults in one home, in less than a minute")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was mounted goes, also when the run is stopped
    ready()
    with tempfile.TemporaryDirectory(prefix="jixiao-chaos-") as folder:
        place, seed = Path(folder), arguments.seed
        if arguments.short:
            return show(run_short(place, seed))
        return show(run(place, seed, arguments.kills, arguments.nightly_kills, arguments.only or [""]))


if __name__ == "__main__":
    sys.exit(main())
