"""PDFs with text -> Document: characters and rules of each page, their grids, their lines in reading order."""
