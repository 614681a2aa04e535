"""Language: the normalised copy, numerals, units, lexicons. Knows no document and no fact."""
