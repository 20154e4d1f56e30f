"""Models of the same plants in other engines, for comparing speed and for checking results."""
