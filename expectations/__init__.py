"""Is it good enough: the rule catalogue, contracts, evidence, the gate, the Great Expectations suites."""
