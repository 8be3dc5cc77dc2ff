"""What `make run` starts on one terminal: the pages, the Prefect server, the flow runner, and at first a city to try."""

import os
import shutil
import sys
from dataclasses import dataclass
from functools import partial

from kyodo import ports
from kyodo.supervisor import Part, Supervisor, die_with_parent
from models.settings import Settings, settings

LOCAL = "127.0.0.1"


class CannotStartError(Exception):
    """Why nothing was started, as a sentence for the terminal."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts, in the order they are started, and the ports they answer on."""

    settings: Settings
    prefect_port: int

    @property
    def page_host(self) -> str:
        """Where the pages can be reached from this machine."""
        return LOCAL if self.settings.host in ("0.0.0.0", "::") else self.settings.host  # noqa: S104 (read, not bound)

    @property
    def dashboard(self) -> str:
        """The address of Prefect's own pages."""
        return f"http://{LOCAL}:{self.prefect_port}"

    def tables(self) -> Part:
        """Brings the database up to date, once, before anybody reads it."""
        return Part("database", _python("kyodo", "upgrade"), once=True)

    def web(self) -> Part:
        """The pages."""
        return Part("web", _python("webui"), ready=partial(ports.answers, self.page_host, self.settings.port))

    def prefect(self) -> Part:
        """Prefect's server, keeping its own database beside ours and talking to nobody outside."""
        serve = ("server", "start", "--host", LOCAL, "--port", str(self.prefect_port))
        return Part(
            "prefect",
            _python("prefect", *serve),
            {
                "PREFECT_HOME": str(self.settings.data / "prefect"),
                "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
                "PREFECT_LOGGING_LEVEL": "WARNING",
                "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
            },
            ready=partial(ports.answers, LOCAL, self.prefect_port),
        )

    def runner(self) -> Part:
        """The flow runner; it waits for Prefect by itself."""
        environment = {"PREFECT_HOME": str(self.settings.data / "prefect"), "PREFECT_API_URL": f"{self.dashboard}/api"}
        return Part("flows", _python("flows.runner"), environment)

    def city(self) -> Part:
        """Plants the demonstration city where there is no data yet."""
        return Part("city", _python("kyodo", "seed"), once=True)


def run() -> int:
    """Start everything and stay until told to stop. Returns the exit code; raises CannotStartError with the reason."""
    plan = Plan(settings(), _prefect_port())
    _check_ports(plan)
    if "MAKELEVEL" in os.environ:
        die_with_parent(os.getppid())
    supervisor = Supervisor()
    failed = False

    def open_house() -> None:
        nonlocal failed
        failed = supervisor.ended("database") != 0
        if failed:
            supervisor.say("The database could not be brought up to date; the reason stands above.")
            supervisor.stop()
            return
        supervisor.start(plan.web())
        supervisor.when(partial(ports.answers, plan.page_host, plan.settings.port), pages_answer)

    def pages_answer() -> None:
        supervisor.say(welcome(plan))
        supervisor.start(plan.runner())
        if plan.settings.development:
            supervisor.start(plan.city())
        supervisor.when(
            partial(ports.answers, LOCAL, plan.prefect_port), lambda: supervisor.say("Prefect answers; automation is up.")
        )

    supervisor.say("Starting. Ctrl-C stops everything.")
    supervisor.start(plan.tables())
    supervisor.start(plan.prefect())
    supervisor.when(lambda: supervisor.ended("database") is not None, open_house)
    supervisor.run()
    supervisor.say("Everything has stopped.")
    return 1 if failed else 0


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, *arguments)


def _prefect_port() -> int:
    text = os.environ.get("KYODO_PREFECT_PORT", "") or "4200"
    if not text.isdigit():
        raise CannotStartError(f"KYODO_PREFECT_PORT must be a whole number, not {text!r}.")
    return int(text)


def _check_ports(plan: Plan) -> None:
    for host, port, name, whose in (
        (plan.settings.host, plan.settings.port, "KYODO_PORT", "the pages"),
        (LOCAL, plan.prefect_port, "KYODO_PREFECT_PORT", "the Prefect server"),
    ):
        if not ports.is_free(host, port):
            raise CannotStartError(
                f"Port {port}, meant for {whose}, is taken: another program, or another Kyodo, listens there. "
                f"Stop it or choose another port, for example: {name}={port + 1} make run"
            )
