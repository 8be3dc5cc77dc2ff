"""How our code is written: small modules named for the domain, one clock, nothing skipped, nothing set off in secret."""

import ast
import re

from models.tables import Base
from tests.conventions.source import CODE, PROJECT, called, here, python_files, tree

MOST_LINES = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "services", "service", "common", "misc"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
}
PDF_ENGINES = {"pdfkit", "weasyprint"}


def test_a_module_has_one_subject() -> None:
    lengths = {here(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    long = {name: lines for name, lines in lengths.items() if lines > MOST_LINES}
    assert not long, f"Split these by subject (at most {MOST_LINES} lines): {long}"


def test_names_say_what_a_module_is_about() -> None:
    empty = [
        here(path) for path in python_files() if EMPTY_NAMES & {path.stem, *path.relative_to(PROJECT).parent.parts}
    ]
    assert not empty, f"Name these after what they hold, in the domain's words: {empty}"


def test_a_module_opens_with_a_sentence() -> None:
    silent = []
    for path in python_files():
        if path.name == "__init__.py" and not path.read_text():
            continue
        text = ast.get_docstring(tree(path)) or ""
        if not re.search(r"[.!?…]$", text.partition("\n\n")[0].strip()):
            silent.append(here(path))
    assert not silent, f"Open these with a docstring, a sentence saying what the module is for: {silent}"


def test_there_is_one_clock() -> None:
    own = [
        f"{here(path)}:{line}: {name}()"
        for path in python_files()
        if here(path) != "models/clock.py" and not path.is_relative_to(PROJECT / "tests")
        for line, name in called(path)
        if name in CLOCKS
    ]
    assert not own, f"Ask models.clock for the time, so that it can be moved: {own}"


def test_no_test_is_skipped() -> None:
    banned = {"skip", "skipif", "xfail", "importorskip", "SkipTest", "skipTest"}
    skipped = [
        f"{here(path)}:{node.lineno}"
        for path in python_files()
        if path.is_relative_to(PROJECT / "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in banned
    ]
    assert not skipped, f"A test that does not run proves nothing; make it run or take it out: {skipped}"


def test_an_ignored_warning_names_its_rule() -> None:
    blanket = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:))")
    found = [
        f"{here(path)}:{number}"
        for path in python_files()
        if path.name != "test_code.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if blanket.search(line)
    ]
    assert not found, f"Say which rule is ignored, and why: {found}"


def test_nothing_is_caught_blindly() -> None:
    found = [
        f"{here(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not found, f"Name the exceptions: {found}"


def test_each_pdf_engine_is_known_in_one_file() -> None:
    for engine in PDF_ENGINES:
        knowing = [
            here(path)
            for path in python_files()
            if not path.is_relative_to(PROJECT / "tests")
            for node in ast.walk(tree(path))
            if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == engine for alias in node.names))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == engine)
        ]
        assert len(set(knowing)) <= 1, f"{engine} belongs behind render_pdf alone: {knowing}"


def test_nothing_happens_behind_the_back_of_a_move() -> None:
    listened = {"event.listen", "event.listens_for", "listens_for", "Signal", "signals.Namespace"}
    allowed = {"models/database.py"}
    found = [
        f"{here(path)}:{line}"
        for path in python_files()
        if here(path) not in allowed and path.relative_to(PROJECT).parts[0] in CODE[:5]
        for line, name in called(path)
        if name in listened
    ]
    assert not found, f"What a move sets off stands in the definition, not in a listener: {found}"


def test_every_table_is_known_to_the_migrations() -> None:
    declared = {
        value.value
        for path in python_files()
        if path.is_relative_to(PROJECT / "models")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "__tablename__" for t in node.targets)
        for value in [node.value]
        if isinstance(value, ast.Constant)
    }
    assert declared == set(Base.metadata.tables), "Import the new table's module in models/tables.py."
