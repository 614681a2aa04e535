"""Tables of any medium: rows into drafts, headers, records, spans, cut rows, and the finished table.

How plain text draws a table belongs to text_tables; what columns mean, to the facts.
"""
