"""Facts of one document, one module a group. They say what is written and where; nothing is judged here."""
