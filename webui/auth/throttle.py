"""Slowing down those who guess passwords: failed attempts are counted per e-mail and per address."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import clock
from models.people import SignInAttempt

WINDOW = timedelta(minutes=15)
PER_EMAIL = 8
PER_ADDRESS = 60
"""Generous, since a whole city hall may share one address."""


def must_wait(session: Session, email: str, address: str) -> bool:
    """Whether too many attempts have failed lately for this e-mail or from this address."""
    since = clock.now() - WINDOW
    for column, value, limit in (
        (SignInAttempt.email, email, PER_EMAIL),
        (SignInAttempt.address, address, PER_ADDRESS),
    ):
        failed = session.scalar(select(func.count()).where(column == value, SignInAttempt.at > since))
        if (failed or 0) >= limit:
            return True
    return False


def remember_failure(session: Session, email: str, address: str) -> None:
    """Count one failed attempt."""
    session.add(SignInAttempt(email=email[:254], address=address[:64], at=clock.now()))
    session.flush()


def forget_failures(session: Session, email: str) -> None:
    """Start counting anew for somebody who has just proved who they are."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email == email))
