"""青葉川市: a fictional city with its people, its groups and proposals in every stage, reached by replaying moves."""

from kyodo.demonstration.logins import PASSWORD, Login, logins
from kyodo.demonstration.planting import plant

__all__ = ["PASSWORD", "Login", "logins", "plant"]
