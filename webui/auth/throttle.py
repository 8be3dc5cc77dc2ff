"""Slowing down those who guess passwords or fill mailboxes: attempts are counted per e-mail and per address."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import clock
from models.people import SignInAttempt

WINDOW = timedelta(minutes=15)
PER_EMAIL = 8
PER_ADDRESS = 60
"""Generous, since a whole city hall may share one address."""

MAILS_PER_EMAIL = 3


def must_wait(session: Session, email: str, address: str, *, limit: int = PER_EMAIL) -> bool:
    """Whether there were too many attempts lately for this e-mail (`limit`) or from this address."""
    since = clock.now() - WINDOW
    for column, value, most in (
        (SignInAttempt.email, email, limit),
        (SignInAttempt.address, address, PER_ADDRESS),
    ):
        failed = session.scalar(select(func.count()).where(column == value, SignInAttempt.at > since))
        if (failed or 0) >= most:
            return True
    return False


def for_mail(email: str) -> str:
    """The name under which requests for a reset mail are counted, apart from failed sign-ins."""
    return f"mail to {email}"


def for_proof(email: str) -> str:
    """The name under which wrong passwords of somebody signed in are counted, apart from failed sign-ins."""
    return f"proof of {email}"


def remember(session: Session, email: str, address: str) -> None:
    """Count one attempt."""
    session.add(SignInAttempt(email=email[:254], address=address[:64], at=clock.now()))
    session.flush()


def forget(session: Session, email: str) -> None:
    """Start counting anew for somebody who has just proved who they are."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email == email))
