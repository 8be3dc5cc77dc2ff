"""Which requirement is proven by which test: the `req` markers of all tests beside docs/requirements.txt."""

import contextlib
import io
import sys
from pathlib import Path

import pytest

LIST = Path(__file__).parents[2] / "docs" / "requirements.txt"


def demands() -> dict[str, str]:
    """Each requirement number with its text, in the order of the list."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


def numbers_of(item: pytest.Item) -> list[str]:
    """The numbers a test carries."""
    return [number for marker in item.iter_markers("req") for number in marker.args]


def report(proofs: dict[str, list[str]]) -> str:
    """The list as read by people: number, text, the tests or `open`; the last line counts."""
    lines = []
    for number, text in demands().items():
        tests = proofs.get(number, [])
        lines.append(f"{number}  {'covered' if tests else 'open   '}  {text}")
        lines.extend(f"              {test}" for test in tests)
    lines.append(f"covered {sum(bool(proofs.get(number)) for number in demands())} of {len(demands())}")
    return "\n".join(lines)


class _Collector:
    def __init__(self) -> None:
        self.proofs: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            test = item.nodeid.split("[")[0]
            for number in numbers_of(item):
                known = self.proofs.setdefault(number, [])
                if test not in known:
                    known.append(test)


def main() -> int:
    """Collect the tests without running them and print the report."""
    collector, noise = _Collector(), io.StringIO()
    with contextlib.redirect_stdout(noise):
        outcome = pytest.main(
            ["--collect-only", "-qq", "-p", "no:cacheprovider", "-p", "no:xdist"], plugins=[collector]
        )
    if outcome != pytest.ExitCode.OK:
        print(noise.getvalue(), file=sys.stderr)
        return int(outcome)
    print(report(collector.proofs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
