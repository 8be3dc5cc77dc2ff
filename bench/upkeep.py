"""(d) What everything `make run` starts costs while nobody does anything: memory and processor."""

import os
import time
from collections import defaultdict
from pathlib import Path

from bench.figures import Table
from bench.house import House

SETTLE = 20.0
"""Seconds of rest before the clock counts."""
IDLE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


def measure(house: House) -> Table:
    """Proportional and resident memory, and the share of one core used over a minute of rest, part by part."""
    time.sleep(SETTLE)
    parts = house.processes()
    before = {pid: _ticks(pid) for pid in parts}
    time.sleep(IDLE)
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for pid, name in parts.items():
        pss, rss = _memory(pid)
        busy = (_ticks(pid) - before[pid]) / TICKS / IDLE * 100
        for place, figure in enumerate((pss, rss, busy)):
            found[name][place] += figure
    table = Table(f"(d) At rest, over {IDLE:.0f} s", ("part", "PSS, MB", "RSS, MB", "% of a core"))
    for name, (pss, rss, busy) in sorted(found.items(), key=lambda one: -one[1][0]):
        table.add(name, f"{pss:.0f}", f"{rss:.0f}", f"{busy:.1f}")
    pss, rss, busy = (sum(each[place] for each in found.values()) for place in range(3))
    table.add("all", f"{pss:.0f}", f"{rss:.0f}", f"{busy:.1f}")
    return table


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _memory(pid: int) -> tuple[float, float]:
    """PSS and RSS in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0, 0.0
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return kilobytes["Pss"] / 1024, kilobytes["Rss"] / 1024
