"""Tables of schema ``core``: the star schema of accepted submissions; each file defines one ``TABLE``."""
