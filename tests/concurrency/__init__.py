"""Several people at the same moment, on both databases."""
