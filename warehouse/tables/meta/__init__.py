"""Tables of schema ``meta``: releases and the data dictionary; each file defines one ``TABLE``."""
