"""Synthetic submissions with known truth, for the demonstration, the tests and the benchmarks.

Departments, districts and figures are invented and marked so. Nothing here reads a report or imports a room
above the warehouse; how well reading agrees with the truth is told by ``samples.scoring``.
"""

from samples.defects import DEFECTS, Defect
from samples.scoring import Scores, load_truths, score
from samples.tallies import Score
from samples.write import Sample, SampleSet, make_sample, write_samples

__all__ = [
    "DEFECTS",
    "Defect",
    "Sample",
    "SampleSet",
    "Score",
    "Scores",
    "load_truths",
    "make_sample",
    "score",
    "write_samples",
]
