"""A night: its stages in their order, the work folder between them, what it knows, tells and leaves behind.

When a night runs and what Dagster shows of it stands in the modules above; going through past nights is reprocessing.
"""
