"""Parts, machines, people and orders over time."""
