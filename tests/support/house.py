"""The whole of Kyodo as processes of its own: pages, runner, mail server, with the clock in the test's hand."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from kyodo.supervisor import die_with_parent
from tests.support.mailserver import MailServer, mail_server
from tests.support.pages import free_listener
from tests.support.prefect import PrefectServer
from tests.support.waiting import wait_until

PROJECT = Path(__file__).parents[2]


class House:
    """A running Kyodo. The test process reads and writes the same database under `environment`."""

    def __init__(self, data: Path, prefect: PrefectServer, mails: MailServer) -> None:
        with free_listener() as listener:
            port = listener.getsockname()[1]
        self.data, self.prefect, self.mails = data, prefect, mails
        self._built_at = datetime.now(UTC)
        self.address = f"http://127.0.0.1:{port}"
        self.environment = {
            "KYODO_ENV": "development",
            "KYODO_DATA": str(data),
            "KYODO_PORT": str(port),
            "KYODO_SMTP_URL": mails.url,
            "KYODO_MAX_UPLOAD_MB": "1",
        }
        self._web: subprocess.Popen[bytes] | None = None
        self._runner: subprocess.Popen[bytes] | None = None

    def runs(self, *tags: str) -> list[dict[str, Any]]:
        """The flow runs of this house that carry all these tags, as Prefect's dashboard lists them."""
        return self.prefect.runs(*tags, since=self._built_at)

    def open_pages(self) -> None:
        """Start the web server and wait for its first answer."""
        self._web = self._start("web", "webui")
        wait_until(self._pages_answer, f"the pages answer\n{self.said('web')}", 30)

    def close_pages(self) -> None:
        """Stop the web server."""
        self._web = self._end(self._web)

    def start_runner(self, *, prefect_url: str = "") -> None:
        """Start the flow runner; it waits for Prefect by itself. prefect_url: another address than the true one."""
        more = {"PREFECT_API_URL": prefect_url} if prefect_url else {}
        self._runner = self._start("runner", "flows.runner", {**self.prefect.environment, **more})

    def stop_runner(self, *, kill: bool = False) -> None:
        """Stop the flow runner, politely or with SIGKILL."""
        if kill and self._runner is not None:
            self._runner.send_signal(signal.SIGKILL)
        self._runner = self._end(self._runner)

    def said(self, part: str) -> str:
        """What a part has written on its terminal so far."""
        path = self.data / f"{part}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def move_clock(self, day: date) -> None:
        """From now on it is this day in Tokyo, for every process; the hour stays."""
        (self.data / "today").write_text(day.isoformat())

    def mail(self, to: str, subject: str, saying: str = "", *, seconds: float = 30) -> EmailMessage:
        """The newest mail to this address with these words in its subject and in its text, as soon as there is one."""

        def look() -> EmailMessage | None:
            found = (m for m in reversed(self.mails.to(to)) if subject in str(m["Subject"]))
            return next((m for m in found if saying in text_of(m)), None)

        self.prefect.wait()
        try:
            return wait_until(look, f"a mail to {to} with {subject!r} in its subject and {saying!r} in it", seconds)
        except AssertionError as late:
            heard = [
                f"{taken}: {m['Subject']}" for m, taken in zip(self.mails.messages, self.mails.recipients, strict=True)
            ]
            raise AssertionError("\n".join([str(late), "The last ones:", *heard[-15:], self.said("runner")])) from None

    def _pages_answer(self) -> bool:
        assert self._web is None or self._web.poll() is None, self.said("web")
        try:
            with urllib.request.urlopen(f"{self.address}/help", timeout=5) as answer:  # noqa: S310 (ours)
                return bool(answer.status == 200)
        except OSError:
            return False

    def _start(self, name: str, module: str, more: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        own = os.getpid()
        with (self.data / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=PROJECT,
                env={**_without_kyodo(), **self.environment, **(more or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(own),
            )

    @staticmethod
    def _end(process: subprocess.Popen[bytes] | None) -> None:
        if process is None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def house(data: Path, template: Path, prefect: PrefectServer) -> Iterator[House]:
    """A house with empty tables, its pages not yet open, nobody in it."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, data / "kyodo.sqlite3")
    with mail_server() as mails:
        opened = House(data, prefect, mails)
        try:
            yield opened
        finally:
            opened.stop_runner()
            opened.close_pages()


def link_in(mail: EmailMessage) -> str:
    """The first address in the plain text of a mail."""
    found = re.search(r"https?://\S+", text_of(mail))
    assert found, text_of(mail)
    return found[0]


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """One of the two bodies of a mail."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def _without_kyodo() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("KYODO_", "PREFECT_"))}
