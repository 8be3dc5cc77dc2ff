"""Installing on machines that lack things: what is missing is named, and the rest goes on."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
EVERYWHERE = ["sh", "cat", "sha256sum", "id", "dirname", "tail", "grep", "rm", "ln", "readlink"]


class Machine:
    """A checkout on a machine that has a few basic commands, Python, and what a test adds."""

    def __init__(self, folder: Path) -> None:
        self.commands, self.checkout = folder / "bin", folder / "checkout"
        self.commands.mkdir(parents=True)
        (self.checkout / "kyodo").mkdir(parents=True)
        for script in ("install.sh", "command.sh"):
            shutil.copy(PROJECT / "kyodo" / script, self.checkout / "kyodo")
        (self.checkout / "requirements.lock").write_text("# nothing to install\n")
        for name in EVERYWHERE:
            found = shutil.which(name)
            assert found, name
            (self.commands / name).symlink_to(found)
        self.has("python3", f'exec {sys.executable} "$@"')

    def has_environment(self) -> None:
        """Give the checkout a .venv whose Python only notes what it was asked to do."""
        (self.checkout / ".venv" / "bin").mkdir(parents=True)
        self._write(self.checkout / ".venv" / "bin" / "python", 'echo "$@" >>python.calls')

    @property
    def asked(self) -> str:
        """What the noting Python was asked to do."""
        return (self.checkout / "python.calls").read_text()

    def has(self, command: str, script: str = ":") -> None:
        """Give the machine a command."""
        self._write(self.commands / command, script)

    @staticmethod
    def _write(path: Path, script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def install(self, purpose: str = "run") -> subprocess.CompletedProcess[str]:
        """Run the installer as the Makefile does."""
        return subprocess.run(
            ["sh", "kyodo/install.sh", purpose],
            cwd=self.checkout,
            env={"PATH": str(self.commands), "HOME": str(self.checkout)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without apt, wkhtmltopdf, fonts and browser."""
    machine = Machine(tmp_path)
    machine.has_environment()
    return machine


def test_without_apt_and_engine_the_missing_is_named_and_the_rest_goes_on(machine: Machine) -> None:
    done = machine.install()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "sudo apt-get install wkhtmltopdf fontconfig fonts-morisawa-bizud-gothic" in done.stdout
    assert "wkhtmltopdf is missing: documents are made with WeasyPrint" in done.stdout
    assert "BIZ UD fonts are missing" in done.stdout


def test_the_second_time_nothing_is_installed_but_the_missing_is_still_named(machine: Machine) -> None:
    machine.install()
    began = time.monotonic()
    done = machine.install()
    assert time.monotonic() - began < 1
    assert done.returncode == 0
    assert "nstalling" not in done.stdout
    assert "wkhtmltopdf is missing" in done.stdout


def test_the_command_line_is_there_from_any_folder(machine: Machine, tmp_path: Path) -> None:
    machine.install("tools")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [str(machine.checkout / ".venv" / "bin" / "kyodo"), "programme", "check", "city.yaml"]
    subprocess.run(command, cwd=elsewhere, env={"PATH": str(machine.commands)}, check=True)
    assert (elsewhere / "python.calls").read_text() == "-P -m kyodo programme check city.yaml\n"


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    machine.install()
    (machine.checkout / "requirements.lock").write_text("# another nothing\n")
    machine.install()
    assert machine.asked.count("pip install --quiet --require-hashes -r requirements.lock") == 2


def test_one_package_that_is_not_to_be_had_does_not_stop_the_others(machine: Machine) -> None:
    machine.has("dpkg-query", "exit 1")
    log = machine.checkout / "apt.calls"
    machine.has("sudo", 'shift; [ "$1" = true ] || exec "$@"')
    machine.has("env", 'while [ "${1#*=}" != "$1" ]; do shift; done; exec "$@"')
    machine.has(
        "apt-get",
        f'echo "$@" >>{log}; for word in "$@"; do [ "$word" != wkhtmltopdf ] || exit 100; done',
    )
    done = machine.install()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wkhtmltopdf is not to be had on this system; going on without it." in done.stdout
    calls = log.read_text().splitlines()
    assert calls[0].endswith("update")
    assert calls[-1].endswith("install libharfbuzz-subset0")


def test_a_failing_apt_is_no_obstacle(machine: Machine) -> None:
    machine.has("apt-get", "echo no network >&2; exit 100")
    machine.has("sudo", 'shift; [ "$1" = true ] || exec "$@"')
    machine.has("env", 'while [ "${1#*=}" != "$1" ]; do shift; done; exec "$@"')
    done = machine.install()
    assert done.returncode == 0
    assert "apt-get update did not succeed" in done.stdout


def test_tests_ask_for_a_browser_too(machine: Machine) -> None:
    assert " chromium" in machine.install("test").stdout
    assert "-m playwright install --with-deps chromium" in machine.asked
    machine.has("chromium")
    assert "chromium is missing" not in machine.install("test").stdout


def test_a_system_without_a_fitting_python_is_told_so(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    done = machine.install()
    assert done.returncode == 1
    assert "Kyodo needs Python 3.11 or newer" in done.stderr


def test_a_new_checkout_gets_an_environment_also_in_a_folder_with_spaces(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "my documents")
    done = machine.install("tools")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Making a Python environment in .venv" in done.stdout
    assert (machine.checkout / ".venv" / "bin" / "pip").exists()
