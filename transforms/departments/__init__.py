"""Which departments there are: the registry and how a department is found in a text."""
