"""What the tables of a report mean: their columns, what they are tables of, sentences in their cells.

Which facts the rows give is read by the groups; how lines became tables belongs to the documents.
"""
