"""Keeps several programs running on one terminal: names their output, restarts what dies, stops them all.

Every program leads a process group of its own, so that a Ctrl-C reaches this process only and the group
can be stopped with whatever it started. If this process is killed, the kernel tells the programs to end.
"""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

LONGEST_PAUSE = 30.0
"""Seconds before a restart, at most; the first pause doubles up to it."""
STEADY_AFTER = 60.0
"""Seconds a program has to run for its next death to count as the first again."""
LAST_WORDS = 15
"""Lines of a hidden greeting that are shown when the program dies."""
COLOURS = (36, 35, 33, 32, 34)

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A program to keep running.

    once: runs to its end and is not started again.
    ready: says whether it does its work by now; until then its output is its greeting, kept but not shown.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    once: bool = False
    ready: Callable[[], bool] | None = None


@dataclass(slots=True)
class _Running:
    part: Part
    colour: int
    process: subprocess.Popen[bytes] | None = None
    code: int | None = None
    started: float = 0.0
    deaths: int = 0
    start_at: float | None = None
    greeting: deque[str] | None = None
    unfinished: bytes = b""


def die_with_parent(parent: int, with_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to signal this process when `parent`, which started it, is gone."""
    _libc.prctl(_PR_SET_PDEATHSIG, with_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), with_signal)


class Supervisor:
    """`start` parts, `run` until a signal or `stop`; `when` something becomes true, have something done."""

    def __init__(self, out: IO[str] = sys.stdout, *, first_pause: float = 0.5, grace: float = 10.0) -> None:
        """Pause: seconds before the first restart. Grace: seconds between asking to stop and killing."""
        self._out, self._first_pause, self._grace = out, first_pause, grace
        self._all: dict[str, _Running] = {}
        self._waiting: list[tuple[Callable[[], bool], Callable[[], None]]] = []
        self._selector = selectors.DefaultSelector()
        self._stopping = False

    def start(self, part: Part) -> None:
        """Start a part now."""
        running = self._all[part.name] = _Running(part, COLOURS[len(self._all) % len(COLOURS)])
        self._launch(running)

    def when(self, true: Callable[[], bool], do: Callable[[], None]) -> None:
        """Call `do` once, as soon as `true()` is."""
        self._waiting.append((true, do))

    def ended(self, name: str) -> int | None:
        """How a part that runs once ended: its exit code, or None while it lives."""
        return self._all[name].code

    def stop(self) -> None:
        """End `run`."""
        self._stopping = True

    def say(self, text: str, name: str = "kyodo", colour: int = 1) -> None:
        """A line on the terminal, behind the name of who says it."""
        label = f"{name:<8}|"
        if self._out.isatty():
            label = f"\033[{colour}m{label}\033[0m"
        for line in text.splitlines() or [""]:
            try:
                print(f"{label} {line}".rstrip(), file=self._out, flush=True)
            except (OSError, ValueError):  # the terminal is gone, and so is the reason to run
                self._stopping = True

    def run(self) -> None:
        """Keep everything running until Ctrl-C, SIGTERM, SIGHUP or `stop`; then stop everything."""
        signals = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup keeps meaning what it says
            signals.append(signal.SIGHUP)
        before = {number: signal.signal(number, self._told_to_stop) for number in signals}
        try:
            while not self._stopping:
                self._turn()
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        if self._stopping and number == signal.SIGINT:
            self._grace = 0.0  # a second Ctrl-C: somebody is in a hurry
        self.stop()

    def _turn(self) -> None:
        self._listen(0.1 if self._waiting else 0.25)
        for running in list(self._all.values()):
            if running.process and _has_ended(running.process):
                self._bury(running)
                self._announce_end(running)
            elif running.start_at is not None and time.monotonic() >= running.start_at:
                self._launch(running)
            if running.greeting is not None and running.part.ready and running.part.ready():
                running.greeting = None
        for waiting in list(self._waiting):
            true, do = waiting
            if true():
                self._waiting.remove(waiting)
                do()

    def _launch(self, running: _Running) -> None:
        own = os.getpid()
        running.process = subprocess.Popen(  # noqa: S603 (the commands are our own)
            running.part.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **running.part.environment},
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(own),
        )
        assert running.process.stdout is not None
        os.set_blocking(running.process.stdout.fileno(), False)
        self._selector.register(running.process.stdout, selectors.EVENT_READ, running)
        running.started, running.start_at = time.monotonic(), None
        running.greeting = deque(maxlen=LAST_WORDS) if running.part.ready else None

    def _listen(self, seconds: float) -> None:
        """Pass on what the programs say, waiting at most so many seconds for it."""
        for key, _ in self._selector.select(seconds):
            self._hear(key.data)

    def _hear(self, running: _Running) -> bool:
        """Pass on one piece of a program's output. False: nothing there now, or never again."""
        pipe = running.process.stdout if running.process else None
        assert pipe is not None
        try:
            data = os.read(pipe.fileno(), 65536)
        except BlockingIOError:
            return False
        if not data:
            self._forget(pipe)
        *lines, running.unfinished = (running.unfinished + data).split(b"\n")
        if running.unfinished and (not data or len(running.unfinished) > 65536):
            lines.append(running.unfinished)
            running.unfinished = b""
        for line in lines:
            text = line.decode("utf-8", "replace").rstrip()
            if running.greeting is not None:
                running.greeting.append(text)
            else:
                self.say(text, running.part.name, running.colour)
        return bool(data)

    def _forget(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(KeyError):
            self._selector.unregister(pipe)

    def _bury(self, running: _Running) -> None:
        """Kill what a program left behind in its group, hear its last words, and let it go."""
        process = running.process
        assert process is not None
        assert process.stdout is not None
        _signal(process, signal.SIGKILL)
        running.code = process.wait()
        while self._hear(running):
            pass
        self._forget(process.stdout)
        process.stdout.close()
        running.process = None

    def _announce_end(self, running: _Running) -> None:
        part, code = running.part, running.code
        assert code is not None
        if part.once and code == 0:
            return
        for line in running.greeting or ():
            self.say(line, part.name, running.colour)
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        if part.once:
            self.say(f"{part.name} {how}.")
            return
        if time.monotonic() - running.started > STEADY_AFTER:
            running.deaths = 0
        pause = min(self._first_pause * 2**running.deaths, LONGEST_PAUSE)
        running.deaths += 1
        self.say(f"{part.name} {how}; starting it again in {pause:g} s.")
        running.start_at = time.monotonic() + pause

    def _stop_all(self) -> None:
        """Ask the programs to stop, the last started first, so that each finds to the end what it leans on."""
        for running in reversed(self._all.values()):
            if running.process is None:
                continue
            _signal(running.process, signal.SIGTERM)
            asked = time.monotonic()
            while time.monotonic() < asked + self._grace and not _has_ended(running.process):
                self._listen(0.05)
            self._bury(running)
        self._selector.close()


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it is over, without taking its number away: the group it leads can still be signalled."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
