"""SQL of the audits that no table definition can say: one file a question, a row for each violation.

The first line of a file is its Chinese sentence; the columns of the SELECT name the offender.
"""
