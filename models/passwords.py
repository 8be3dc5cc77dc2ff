"""Passwords: hashed with argon2, at least ten characters, and no easier to guess than that."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.people import Person

SHORTEST = 10
FEWEST_CHARACTERS = 5
"""How many different characters a password must have."""
LONGEST = 200
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's advice for a shared server


def hashed(password: str) -> str:
    """The password as it is stored. Slow on purpose: not to be asked for within a transaction that writes."""
    return _hasher.hash(password)


def set_password(person: Person, password_hash: str) -> None:
    """Give a person a new password, `hashed`. Ends all of the person's sessions and unused links."""
    person.password_hash = password_hash
    person.session_key = secrets.token_urlsafe(32)


def password_fits(person: Person | None, password: str) -> bool:
    """Whether this is the person's password. Takes as long for nobody as for somebody."""
    known = person is not None and person.active and bool(person.password_hash)
    stored = person.password_hash if person is not None and known else _of_nobody()
    try:
        _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
    return known


@cache
def _of_nobody() -> str:
    return hashed(secrets.token_urlsafe(16))
