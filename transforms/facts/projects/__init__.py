"""Projects: in tables, and told in listings, below labels, in prose; with their amounts, totals and places.

What a report says of all of them together (how many are large, how much was monitored) is a headline figure.
"""
