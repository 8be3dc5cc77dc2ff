"""The long-lived process that does what follows: waits for Prefect, works through the outbox, sends mails, keeps dates.

`python -m flows.runner`. Kill it at any moment: what it had taken up is taken up again.
"""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import date

from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from sqlalchemy.exc import OperationalError

from flows.deadlines import deadlines
from flows.relay import PrefectAway, pass_on
from flows.release import due, release
from flows.running import prefect_answers
from flows.upkeep import upkeep
from models import clock
from models.database import transaction
from models.outbox import Heartbeat
from models.settings import settings
from notifications.postbox import send_due

log = logging.getLogger("kyodo.flows")

PART = "runner"
LOOK_EVERY = 0.2
"""Seconds between two looks into the outbox while there is nothing to do."""
BEAT_EVERY = 10.0
ASK_PREFECT_EVERY = 2.0
"""Seconds for which an answer from Prefect counts."""
LONGEST_PAUSE = 60.0
"""Seconds between two tries while no mail server answers."""
MORNING = 8
"""The hour in Tokyo from which reminders go out."""


class Runner:
    """The loop. `stop` may be called from anywhere, also from a signal."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._beaten = self._asked = float("-inf")
        self._answered = False
        self._reminded: date | None = None
        self._tidied: date | None = None

    def stop(self) -> None:
        """End `run` after the flow that is being run."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop."""
        postman = threading.Thread(target=self._carry_mails, name="postman", daemon=True)
        postman.start()
        # Without this every run lasts a second longer: it would wait for its heartbeat thread to wake up.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            while not self._stopping.is_set():
                if not self._wait_for_prefect():
                    break
                if not self._carefully(self._look):
                    self._stopping.wait(1.0)
                self._stopping.wait(LOOK_EVERY)
        postman.join(timeout=5)

    def _look(self) -> None:
        self._beat()
        pass_on()
        if settings().flow_mode == "inline":
            self._keep_dates()

    def _keep_dates(self) -> None:
        """What Prefect's schedules do in the other mode, each as soon as it is due."""
        if due():
            release()
        today = clock.today()
        if self._tidied != today:
            upkeep()
            self._tidied = today
        if self._reminded != today and (clock.in_tokyo(clock.now()).hour >= MORNING or settings().development):
            deadlines()
            self._reminded = today

    def _beat(self) -> None:
        if time.monotonic() - self._beaten >= BEAT_EVERY:
            with transaction() as session:
                session.merge(Heartbeat(part=PART, at=clock.now()))
            self._beaten = time.monotonic()

    def _carry_mails(self) -> None:
        """Mails go out beside the flows, so that a slow mail server holds nothing up, nor an absent Prefect."""
        pause = LOOK_EVERY
        while not self._stopping.wait(pause):
            pause = min(pause * 2, LONGEST_PAUSE) if not self._carefully(self._post) else LOOK_EVERY

    def _post(self) -> bool:
        return not send_due().server_away

    def _carefully(self, work: Callable[[], bool | None]) -> bool:
        """Whether the work could be done. What goes wrong is said and tried again; the process lives on."""
        try:
            return work() is not False
        except PrefectAway:
            self._asked = float("-inf")
        except OperationalError as trouble:
            log.warning("The database did not answer: %s. Trying again.", type(trouble.orig).__name__)
        except Exception:
            log.exception("Something went wrong. Trying again.")
        return False

    def _wait_for_prefect(self) -> bool:
        """True as soon as Prefect answers; False when told to stop before that."""
        if time.monotonic() - self._asked < ASK_PREFECT_EVERY:
            return True
        told = False
        while not prefect_answers():
            if not told:
                log.warning("Waiting for Prefect. Nothing is lost: what is to be done waits in the database.")
                told = True
            if self._stopping.wait(0.5):
                return False
        if told:
            log.warning("Prefect answers.")
        self._asked = time.monotonic()
        return True


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
    return 0


if __name__ == "__main__":
    sys.exit(main())
