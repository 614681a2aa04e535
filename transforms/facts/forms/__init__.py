"""Self-evaluation forms (自评表): labels and values by meaning, in grids of any medium."""
