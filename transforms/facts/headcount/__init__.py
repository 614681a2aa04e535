"""Headcounts: how many people of which kind a department has. Units and offices belong to organisation."""
