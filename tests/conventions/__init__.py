"""Rules about the code itself; each failure says what to do."""
