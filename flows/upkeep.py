"""Every night: clears away what has served its purpose, and personal data whose term is over. Nothing else that people wrote."""

from datetime import timedelta

from sqlalchemy import delete

from flows.steps import scheduled_flow, step
from models import clock
from models.database import reading, transaction
from models.files import discard_leftovers
from models.groups.invitations import Invitation
from models.groups.registration import forget_old
from models.outbox import Delivery, Heartbeat, OutboxMessage
from models.people import SignInAttempt
from models.references import clear_unreferred
from models.retention import forget_personal

ATTEMPTS_KEPT = timedelta(days=1)
"""A failed sign-in slows down guessing for a day."""
SILENT_PARTS_KEPT = timedelta(days=7)
"""A part of the service that has not been heard of for so long has been taken away."""
DONE_KEPT = timedelta(days=90)
"""Done messages stay for a while, for whoever wants to know what was done when."""
STRANGERS_KEPT = timedelta(days=30)
"""Names and addresses of people without an account, who were invited or applied and did not answer, go after a month."""


@scheduled_flow
def upkeep() -> None:
    """Clear the tables and the file store."""
    clear_tables()
    clear_uploads()
    clear_files()


@step
def clear_tables() -> None:
    """Old failed sign-ins, signs of life of parts that are gone, messages done long ago, people who never answered, personal data."""
    now = clock.now()
    with transaction() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT))
        session.execute(delete(Heartbeat).where(Heartbeat.at < now - SILENT_PARTS_KEPT))
        session.execute(delete(OutboxMessage).where(OutboxMessage.done_at < now - DONE_KEPT))
        session.execute(delete(Invitation).where(Invitation.expires_at < now - STRANGERS_KEPT))
        session.execute(
            delete(Delivery).where(Delivery.person_id.is_(None), Delivery.planned_at < now - STRANGERS_KEPT)
        )
        forget_old(session)
        forget_personal(session)


@step
def clear_uploads() -> None:
    """Uploads that were cut off on the way."""
    discard_leftovers(clock.now())


@step
def clear_files() -> None:
    """Files that were stored, but whose row never came to be."""
    with reading() as session:
        clear_unreferred(session)
