"""Prints figures and ratios: how fast reports are read and judged, what a night costs. Asserts nothing about time."""
