"""Identity: whose report a document is, and for which year. What the report says of its year belongs elsewhere."""
