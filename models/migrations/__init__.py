"""The database's history: one Alembic revision per change of the tables, from the first one on."""
