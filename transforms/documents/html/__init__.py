"""Saved web pages -> Document: decoding, the tree, what is chrome, what is a table, and the lines that remain."""
