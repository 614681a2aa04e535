"""Prints figures and ratios: how fast reports are read, what a night costs. Asserts nothing about time."""
