"""How plain text draws tables: by blanks, dashes, pipes, TABs and HTML, and how their rows broke; the rows mended.

What becomes of the rows belongs to tables.
"""
