"""The pages of the judges."""
