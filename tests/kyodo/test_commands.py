"""The command line: refusals are sentences, the terminal says where to look and keeps passwords to itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from kyodo import documents
from kyodo.__main__ import main
from kyodo.welcome import welcome
from models.settings import settings
from tests.conftest import Environment
from tests.support.pages import free_listener


def test_whoever_stops_reading_leaves_no_traceback() -> None:
    command = [sys.executable, "-m", "kyodo", "programme", "export", "aobagawa"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as asked:
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        assert asked.stderr.read() == ""
        assert asked.wait(timeout=30) == 141


@pytest.mark.parametrize("name", ["KYODO_PORT", "KYODO_PREFECT_PORT"])
def test_a_taken_port_is_told_in_a_sentence(
    name: str, environment: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    with free_listener() as pages, free_listener() as prefect:
        environment(
            KYODO_PORT=str(pages.getsockname()[1]),
            KYODO_PREFECT_PORT=str(prefect.getsockname()[1]),
        )
        (pages if name == "KYODO_PREFECT_PORT" else prefect).close()
        taken = prefect if name == "KYODO_PREFECT_PORT" else pages
        taken.listen()
        assert main(["run"]) == 1
        port = taken.getsockname()[1]
    said = capsys.readouterr().err
    assert f"port {port}" in said
    assert f"for example: {name}={port + 1} make run" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [("KYODO_PORT", "eighty"), ("KYODO_PREFECT_PORT", "x"), ("KYODO_FLOW_MODE", "magic"), ("KYODO_PORT", "70000")],
)
def test_a_setting_that_cannot_be_is_told_in_a_sentence(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    assert main(["run"]) == 1
    said = capsys.readouterr().err
    assert name in said
    assert value in said


def test_mails_are_read_on_the_development_pages(environment: Environment) -> None:
    text = welcome(environment(KYODO_ENV="development", KYODO_PORT="8123"), "http://127.0.0.1:4200")
    assert "http://127.0.0.1:8123\n" in text
    assert "http://127.0.0.1:8123/dev/mails" in text
    assert "http://127.0.0.1:4200" in text


def test_the_mail_server_is_named_without_its_password(environment: Environment) -> None:
    settings = environment(KYODO_SMTP_URL="smtps://desk:geheim@mail.aobagawa.example:465")
    text = welcome(settings, "http://127.0.0.1:4200")
    assert "sent through mail.aobagawa.example:465" in text
    assert "geheim" not in text
    assert "/dev" not in text


def test_a_service_without_a_mail_server_says_that_nothing_is_sent(environment: Environment) -> None:
    assert "sent to nobody" in welcome(environment(), "http://127.0.0.1:4200")


def test_a_generated_file_that_is_out_of_date_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(documents, "PROJECT", tmp_path)
    monkeypatch.setattr(documents, "GENERATED", {"docs/process.md": lambda: "受付 → 除外審査\n"})
    assert main(["docs", "--check"]) == 1
    assert "docs/process.md is out of date" in capsys.readouterr().err
    assert main(["docs"]) == 0
    assert main(["docs", "--check"]) == 0
