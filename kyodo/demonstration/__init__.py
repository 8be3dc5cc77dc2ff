"""青葉川市: a fictional city with its people, its groups and proposals in every stage, reached by replaying moves."""
