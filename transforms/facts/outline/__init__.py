"""The outline of a document: title, headings, sections and items, the sentences in them and the scalars these mention.

All groups of facts stand on it. What a section's text says belongs to the group that asks.
"""
