"""SQL that finishes the rows coming into a table, from facts that already stand: ``<schema>.<table>.sql``."""
