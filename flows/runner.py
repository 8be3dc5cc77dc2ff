"""The long-lived process that does what follows: waits for Prefect, works through the outbox, sends mails, keeps dates.

`python -m flows.runner`. Kill it at any moment: what it had taken up is taken up again.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from prefect.settings import (
    PREFECT_API_TLS_INSECURE_SKIP_VERIFY,
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)
from sqlalchemy.exc import OperationalError

from flows.dates import Dates
from flows.relay import PrefectAway, pass_on_next
from flows.running import prefect_answers
from models import clock
from models.database import transaction
from models.outbox import Heartbeat
from models.settings import settings
from notifications.postbox import send_due

log = logging.getLogger("kyodo.flows")

PART = "runner"
LOOK_EVERY = 0.2
"""Seconds between two looks into the outbox, or for mails, while there is nothing to do."""
BEAT_EVERY = 10.0
"""Seconds between two signs of life. There are none while Prefect is away: then nothing moves."""
ASK_PREFECT_EVERY = 2.0
"""Seconds for which an answer from Prefect counts."""
LAST_WORK_SECONDS = 8.0
"""How long the flow or mail that is under way may still take when the runner is told to stop."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries when something keeps going wrong."""


class Runner:
    """Two loops, one for flows and one for mails. `stop` may be called from anywhere, also from a signal."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._beaten = self._asked = float("-inf")
        self._dates = Dates()

    def stop(self) -> None:
        """End `run` after the flow that is being run."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop.

        Mails go out beside the flows: neither a slow mail server nor an absent Prefect holds the other up. No flow runs
        in the main thread, because there Prefect would take a SIGTERM for itself and break the flow off.
        """
        loops = [threading.Thread(target=self._repeat, args=(work,), daemon=True) for work in (self._work, self._post)]
        for loop in loops:
            loop.start()
        self._stopping.wait()
        for loop in loops:
            loop.join(LAST_WORK_SECONDS)

    def _repeat(self, work: Callable[[], bool]) -> None:
        """Do it several times a second, and less and less often while it cannot be done."""
        pause = LOOK_EVERY
        try:
            with temporary_settings(_swift()):
                while not self._stopping.wait(pause):
                    pause = LOOK_EVERY if _carefully(work) else min(2 * pause, LONGEST_PAUSE)
        finally:
            self._stopping.set()  # one loop alone is no runner: whoever started it shall start it anew

    def _post(self) -> bool:
        return not send_due().server_away

    def _work(self) -> bool:
        if not self._prefect_is_there():
            return True
        try:
            more = True
            while more and not self._stopping.is_set():  # however much is waiting: alive, and punctual
                self._beat()
                if settings().flow_mode == "inline":
                    self._dates.keep()
                more = pass_on_next()
        except PrefectAway:
            self._asked = float("-inf")
        return True

    def _prefect_is_there(self) -> bool:
        """True as soon as Prefect answers; False when told to stop before that."""
        if time.monotonic() - self._asked < ASK_PREFECT_EVERY:
            return True
        waited = False
        while not prefect_answers():
            if not waited:
                log.warning("Waiting for Prefect. Nothing is lost: what is to be done waits in the database.")
                waited = True
            if self._stopping.wait(0.5):
                return False
        if waited:
            log.warning("Prefect answers.")
        self._asked = time.monotonic()
        return True

    def _beat(self) -> None:
        if time.monotonic() - self._beaten >= BEAT_EVERY:
            with transaction() as session:
                session.merge(Heartbeat(part=PART, at=clock.now()))
            self._beaten = time.monotonic()


def _swift() -> dict[Any, Any]:
    """Prefect's settings for many short runs in one process."""
    return {
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,  # else each run waits a second for its heartbeat thread to wake up
        PREFECT_CLIENT_MAX_RETRIES: 3,  # a server that is away for longer is waited for here, not within a run
        # each run reads all certificates of the machine anew, which a connection without TLS never looks at
        PREFECT_API_TLS_INSECURE_SKIP_VERIFY: str(PREFECT_API_URL.value()).startswith("http:"),
    }


def _carefully(work: Callable[[], bool]) -> bool:
    """Whether the work could be done. What goes wrong is said; the process lives on."""
    try:
        return work()
    except OperationalError as trouble:
        log.warning("The database did not answer (%s). Trying again.", type(trouble.orig).__name__)
    except (
        Exception
    ):  # whatever one message or mail runs into, the others must not wait for somebody to start this anew
        log.exception("Something went wrong. Trying again.")
    return False


def main() -> int:
    """Run until SIGINT or SIGTERM."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    if not PREFECT_API_URL.value():
        log.error("PREFECT_API_URL is not set: it says where the Prefect server is, as in http://127.0.0.1:4200/api")
        return 2
    runner = Runner()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: runner.stop())
    runner.run()
    if not prefect_answers():
        os._exit(0)  # Prefect's threads would go on for a while telling a server that is gone what was done
    return 0


if __name__ == "__main__":
    sys.exit(main())
