"""The report of covered and open requirements says what the tests say."""

from tests.support.requirements import demands, report


def test_each_number_is_covered_by_its_tests_or_open() -> None:
    text = report(
        {"P01": ["tests/models/test_programme.py::test_definition"], "B10": ["tests/x.py::a", "tests/x.py::b"]}
    )
    lines = text.splitlines()
    assert lines[0].startswith("P01  covered  ")
    assert lines[1].strip() == "tests/models/test_programme.py::test_definition"
    assert sum(line.startswith(tuple(demands())) for line in lines) == 166
    assert sum("  open     " in line for line in lines) == 164
    assert lines[-1] == "covered 2 of 166"
