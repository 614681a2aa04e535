"""Tables of schema ``quality``: what was received, judged and found; each file defines one ``TABLE``."""
