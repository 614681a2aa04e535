"""Achievements: measured values, what they measure, and the sentences and tables in which they stand.

What projects achieved in their own rows is told in the rows of projects.
"""
