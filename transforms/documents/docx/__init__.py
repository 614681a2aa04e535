"""Word documents (docx): parts of the package -> lines and grids of the document model. No joining, no facts."""
