"""Groups on pages: what members, the desk and everybody find."""
