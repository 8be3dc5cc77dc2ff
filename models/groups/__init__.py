"""Groups looking after themselves: profile and disclosure, members, representation, registration, their standing."""
