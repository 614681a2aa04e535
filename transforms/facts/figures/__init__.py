"""Headline figures of the department: budget, spending, rates, scores, monitoring, large projects.

Figures of single projects, people, units and achievements are groups of their own.
"""
