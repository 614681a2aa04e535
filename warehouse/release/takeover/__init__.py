"""SQL that gives rows of a base the columns that its layout lacks: ``<schema>.<table>.sql``, a query of the table's key
and of what a fresh reading would put into these columns, from what the base holds.
"""
