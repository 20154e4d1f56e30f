"""A physics-based digital twin of micro-factories."""
