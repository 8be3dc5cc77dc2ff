"""The rules of the administration."""
