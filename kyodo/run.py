"""What `make run` starts on one terminal: pages, Prefect server, flow runner, and at first a city to try."""

import os
import sys
import time
from dataclasses import dataclass

from kyodo import CannotGoOnError, ports
from kyodo.supervisor import Part, Supervisor, die_with_parent
from kyodo.welcome import welcome
from models.settings import Settings, settings

LOCAL = "127.0.0.1"
PAGES_FIRST = 10.0
"""Seconds for which the pages have the processor to themselves, should they not answer before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be started, and where it answers."""

    settings: Settings
    prefect_port: int

    @property
    def page_host(self) -> str:
        """Where the pages can be reached from this machine."""
        return LOCAL if self.settings.host in ("0.0.0.0", "::") else self.settings.host  # noqa: S104 (compared, not bound)

    @property
    def dashboard(self) -> str:
        """The address of Prefect's own pages."""
        return f"http://{LOCAL}:{self.prefect_port}"

    def pages_answer(self) -> bool:
        """Whether the web server takes connections."""
        return ports.answers(self.page_host, self.settings.port)

    def prefect_answers(self) -> bool:
        """Whether the Prefect server takes connections."""
        return ports.answers(LOCAL, self.prefect_port)

    def database(self) -> Part:
        """Brings the tables up to date, once, before anybody reads them."""
        return Part("database", _python("kyodo", "upgrade"), once=True)

    def web(self) -> Part:
        """The pages. They load while the database is being brought up to date, and open when it is."""
        return Part("web", _python("webui", "--when-current"))

    def prefect(self) -> Part:
        """Prefect's server: a database of its own beside ours, nobody told outside, the pages served first."""
        serve = ("server", "start", "--host", LOCAL, "--port", str(self.prefect_port))
        command = ("nice", *_python("prefect", *serve))
        return Part("prefect", command, self._prefect_environment(), ready=self.prefect_answers)

    def runner(self) -> Part:
        """The flow runner; it waits for Prefect by itself."""
        return Part("flows", _python("flows.runner"), self._prefect_environment())

    def city(self) -> Part:
        """Plants the demonstration city where there is no data, and says whom to sign in as."""
        return Part("city", _python("kyodo", "seed"), once=True)

    def _prefect_environment(self) -> dict[str, str]:
        return {
            "PREFECT_HOME": str(self.settings.data / "prefect"),
            "PREFECT_API_URL": f"{self.dashboard}/api",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
        }


class House:
    """Opens in order: tables, then pages, which load meanwhile, then automation."""

    def __init__(self, plan: Plan, supervisor: Supervisor) -> None:
        self._plan, self._supervisor = plan, supervisor
        self.failed = False

    def keep_open(self) -> None:
        """Start everything and stay until told to stop."""
        self._supervisor.say("Starting. Ctrl-C stops everything.")
        self._supervisor.start(self._plan.database())
        self._supervisor.start(self._plan.web())
        self._supervisor.when(lambda: self._supervisor.ended("database") is not None, self._tables_are_there)
        self._supervisor.when(self._plan.prefect_answers, lambda: self._supervisor.say("Prefect answers."))
        self._supervisor.run()
        self._supervisor.say("Everything has stopped.")

    def _tables_are_there(self) -> None:
        if self._supervisor.ended("database") != 0:
            self.failed = True
            self._supervisor.say("The database could not be brought up to date; the reason stands above.")
            self._supervisor.stop()
            return
        self._supervisor.start(self._plan.prefect())
        patience = time.monotonic() + PAGES_FIRST
        self._supervisor.when(
            self._plan.pages_answer,
            lambda: self._supervisor.say(welcome(self._plan.settings, self._plan.dashboard)),
        )
        self._supervisor.when(
            lambda: self._plan.pages_answer() or time.monotonic() > patience,
            self._start_work,
        )

    def _start_work(self) -> None:
        self._supervisor.start(self._plan.runner())
        if self._plan.settings.development:
            self._supervisor.start(self._plan.city())


def run() -> int:
    """Start everything and stay until told to stop; returns the exit code. Raises CannotGoOnError."""
    plan = Plan(settings(), _prefect_port())
    _check_ports(plan)
    if "MAKELEVEL" in os.environ:
        die_with_parent(os.getppid())
    house = House(plan, Supervisor())
    house.keep_open()
    return 1 if house.failed else 0


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _prefect_port() -> int:
    text = os.environ.get("KYODO_PREFECT_PORT", "") or "4200"
    if not text.isdigit():
        raise CannotGoOnError(f"KYODO_PREFECT_PORT must be a whole number, not {text!r}.")
    return int(text)


def _check_ports(plan: Plan) -> None:
    for host, port, name, whose in (
        (plan.settings.host, plan.settings.port, "KYODO_PORT", "the pages"),
        (LOCAL, plan.prefect_port, "KYODO_PREFECT_PORT", "the Prefect server"),
    ):
        if not 0 < port < 65536:
            raise CannotGoOnError(f"{name} must be a port between 1 and 65535, not {port}.")
        if not ports.is_free(host, port):
            raise CannotGoOnError(
                f"port {port}, meant for {whose}, is taken: another program or another Kyodo listens there. "
                f"Stop it or choose another port, for example: {name}={port + 1} make run"
            )
