"""Groups looking after themselves, on either database."""
