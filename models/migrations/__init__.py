"""The database's history: one Alembic revision per change of the tables, from the first one on."""

import importlib
import pkgutil

from sqlalchemy import MetaData

import models
from models.base import Base


def every_table() -> MetaData:
    """All tables of the domain, whichever module they stand in."""
    for module in pkgutil.walk_packages(models.__path__, "models."):
        if not module.name.startswith("models.migrations"):
            importlib.import_module(module.name)
    return Base.metadata
