"""Loading the tables: a night's staging, what it changes in each table, the questions that the outcome must answer.

Files and folders of releases belong to the release.
"""
