"""Authorities from outside the package: the oracle of production, and cases with exact answers."""
