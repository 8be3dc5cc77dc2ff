"""審査: rounds with their judges, interests, score sheets, presentations and conclusions."""
