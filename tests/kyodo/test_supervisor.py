"""Several programs on one terminal: what dies comes back, what is stopped stays so, nobody is left behind."""

import io
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from kyodo.supervisor import Part, Supervisor
from tests.kyodo.conftest import Open, Terminal, gone, is_alive

SLEEPER = "import os, time; print('I am', os.getpid()); time.sleep(600)"
PARENT = f"""
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", {SLEEPER!r}])
print("parent is", os.getpid())
time.sleep(600)
"""
HOUSE = """
import sys
from kyodo.supervisor import Part, Supervisor
house = Supervisor()
for number, program in enumerate(sys.argv[1:]):
    house.start(Part(f"part{number}", (sys.executable, "-c", program)))
house.run()
house.say("closed")
"""


def pid(terminal: Terminal, pattern: str) -> int:
    return int(terminal.wait_for(pattern)[1])


def said_in(seconds: float, part: Part, *, first_pause: float = 0.5) -> str:
    """What stands on the terminal after a part has run that long in this process."""
    out = io.StringIO()
    house = Supervisor(out, first_pause=first_pause, grace=0.5)
    house.start(part)
    end = time.monotonic() + seconds
    house.when(lambda: time.monotonic() > end, house.stop)
    house.run()
    return out.getvalue()


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


def test_a_killed_part_is_started_again_and_the_terminal_says_so(terminal: Open) -> None:
    house = terminal(sys.executable, "-c", HOUSE, SLEEPER, SLEEPER)
    first, other = pid(house, r"part0 +\| I am (\d+)"), pid(house, r"part1 +\| I am (\d+)")
    os.kill(first, signal.SIGKILL)
    house.wait_for(r"kyodo +\| part0 was ended by SIGKILL; starting it again in 0\.5 s\.")
    second = pid(house, rf"part0 +\| I am (?!{first})(\d+)")
    assert is_alive(second)
    assert is_alive(other)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_every_part_and_its_children(terminal: Open, number: signal.Signals) -> None:
    house = terminal(sys.executable, "-c", HOUSE, PARENT, SLEEPER)
    everybody = [
        pid(house, r"parent is (\d+)"),
        pid(house, r"part0 +\| I am (\d+)"),
        pid(house, r"part1 +\| I am (\d+)"),
    ]
    assert house.stop(number) == 0
    assert gone(*everybody, seconds=1)
    assert house.text.endswith("kyodo   | closed\n")


def test_parts_stop_in_reverse_order_and_each_finds_to_the_end_what_it_leans_on() -> None:
    out = io.StringIO()
    house = Supervisor(out)
    slow = "import signal, time; signal.signal(15, lambda *_: (time.sleep(0.5), print('done'), exit())); print('up'); "
    for name in ("server", "worker"):
        house.start(Part(name, python(slow + "time.sleep(600)")))
    house.when(lambda: out.getvalue().count("up") == 2, house.stop)
    house.run()
    assert out.getvalue().splitlines()[2:] == ["worker  | done", "server  | done"]


def test_a_second_ctrl_c_waits_for_nobody(terminal: Open) -> None:
    deaf = "import os, signal, time; signal.signal(15, lambda *_: print('busy')); print('I am', os.getpid())\n"
    house = terminal(sys.executable, "-c", HOUSE, deaf + "while True: time.sleep(600)")
    stubborn = pid(house, r"I am (\d+)")
    house.process.send_signal(signal.SIGINT)
    house.wait_for("busy")
    assert house.stop(signal.SIGINT, seconds=3) == 0
    assert gone(stubborn, seconds=1)


def test_nobody_is_left_when_the_supervisor_itself_is_killed(terminal: Open) -> None:
    house = terminal(sys.executable, "-c", HOUSE, SLEEPER, SLEEPER)
    everybody = [pid(house, r"part0 +\| I am (\d+)"), pid(house, r"part1 +\| I am (\d+)")]
    house.stop(signal.SIGKILL)
    assert gone(*everybody)


def test_what_a_dead_part_leaves_behind_is_removed_before_it_starts_again(terminal: Open) -> None:
    house = terminal(sys.executable, "-c", HOUSE, PARENT)
    parent, child = pid(house, r"parent is (\d+)"), pid(house, r"I am (\d+)")
    os.kill(parent, signal.SIGKILL)
    house.wait_for("starting it again")
    assert gone(child, seconds=1)


def test_a_part_that_will_not_stop_is_killed() -> None:
    deaf = "import os, signal, time; signal.signal(15, signal.SIG_IGN); print(os.getpid()); time.sleep(600)"
    said = said_in(1, Part("deaf", python(deaf)))
    assert gone(int(said.split()[-1]), seconds=1)


def test_a_part_that_keeps_dying_is_started_less_and_less_often() -> None:
    out = io.StringIO()
    house = Supervisor(out, first_pause=0.05)
    house.start(Part("weak", python("import sys; sys.exit(3)")))
    house.when(lambda: out.getvalue().count("again") == 4, house.stop)
    house.run()
    assert out.getvalue().splitlines() == [
        f"kyodo   | weak ended with code 3; starting it again in {pause} s." for pause in ("0.05", "0.1", "0.2", "0.4")
    ]


@pytest.mark.parametrize(("code", "said"), [(0, ""), (4, "kyodo   | errand ended with code 4.\n")])
def test_a_part_that_runs_once_is_not_started_again(code: int, said: str) -> None:
    out = io.StringIO()
    house = Supervisor(out)
    house.start(Part("errand", python(f"import sys; sys.exit({code})"), once=True))
    assert house.ended("errand") is None
    house.when(lambda: house.ended("errand") is not None, house.stop)
    house.run()
    assert (house.ended("errand"), out.getvalue()) == (code, said)


def test_a_greeting_stays_hidden_until_the_part_is_ready() -> None:
    talk = "import time; print('WELCOME TO THE SERVER'); time.sleep(0.6); print('a warning'); time.sleep(600)"
    began = time.monotonic()
    said = said_in(1.5, Part("server", python(talk), ready=lambda: time.monotonic() - began > 0.4))
    assert said == "server  | a warning\n"


def test_a_greeting_is_shown_when_the_part_dies_before_it_is_ready() -> None:
    said = said_in(1, Part("server", python("exit('the disk is full')"), ready=lambda: False), first_pause=9)
    assert said.splitlines() == [
        "server  | the disk is full",
        "kyodo   | server ended with code 1; starting it again in 9 s.",
    ]


def test_output_is_passed_on_whole_whatever_it_is() -> None:
    talk = "import os; os.write(1, b'one\\n\\xff two\\n'); os.write(2, '青葉川市'.encode()); os.write(1, b'x' * 200000)"
    said = said_in(1, Part("loud", python(talk), once=True))
    assert said.startswith("loud    | one\nloud    | � two\nloud    | 青葉川市x")
    assert said.count("x") == 200_000


class GoneTerminal(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_a_terminal_that_is_gone_ends_the_run(tmp_path: Path) -> None:
    talk = f"import os; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); {SLEEPER}"
    house = Supervisor(GoneTerminal())
    house.start(Part("talker", python(talk)))
    house.run()
    assert gone(int((tmp_path / "pid").read_text()), seconds=1)
