"""Takes due messages out of the outbox and has their flows run; also sends the mails that are due."""

from prefect.exceptions import PrefectSignal

from flows import outbox
from flows.outbox import Leased
from flows.running import hand_over, prefect_answers, run_here
from flows.steps import failed, scheduled_flow, step
from models.settings import settings
from notifications.postbox import send_due


class PrefectAway(Exception):
    """The Prefect server does not answer."""


def pass_on() -> int:
    """Lease and run what is due until nothing is left; returns how many there were. Raises PrefectAway."""
    count = 0
    while pass_on_next():
        count += 1
    return count


def pass_on_next() -> bool:
    """Lease and run what is due first, the way the settings say; False when nothing is due.

    Raises PrefectAway as soon as Prefect no longer answers; nothing is counted as failed because of that.
    """
    if not outbox.is_due() or (leased := outbox.lease_next()) is None:
        return False
    _run(leased)
    return True


def _run(leased: Leased) -> None:
    try:
        if settings().flow_mode == "inline":
            run_here(leased)
        else:
            hand_over(leased)
    except (Exception, PrefectSignal) as error:
        if not prefect_answers():
            outbox.give_back(leased.id)
            raise PrefectAway from error
        failed(leased.id, type(error).__name__)


@scheduled_flow
def relay() -> None:
    """A sweep on a schedule, beside the runner that does this several times a second."""
    sweep()
    post()


@step
def sweep() -> None:
    """Whatever the runner has not taken up."""
    pass_on()


@step
def post() -> None:
    """Whatever mail is still due."""
    send_due()
