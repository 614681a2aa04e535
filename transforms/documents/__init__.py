"""Documents: the neutral model, one reader a medium, and the repairs. No facts, no judgement."""
