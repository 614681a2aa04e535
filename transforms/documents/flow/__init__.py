"""The running text between tables: furniture of pages out, wrapped lines and cut paragraphs joined, blocks told apart.

What the text says is for the facts.
"""
