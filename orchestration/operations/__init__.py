"""What people ask of a home between nights: decisions, examinations of files, the roster, its health, its pages served.

The commands' own words and options belong to the command line.
"""
