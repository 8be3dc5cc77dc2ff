"""The work that follows a move, run by Prefect: idempotent steps over the database, no rules of their own."""

import models.tables  # noqa: F401 (every table must be known before the first query)
