"""What the README promises is there: every setting that is read stands in its table, every link leads somewhere."""

import ast
import re

from tests.conventions.source import PROJECT, python_files, tree

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SETTING = re.compile(r"KYODO_[A-Z_]+")


def test_every_setting_stands_in_the_table() -> None:
    read = {
        node.value
        for path in python_files()
        if path.relative_to(PROJECT).parts[0] not in {"tests", "bench"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.fullmatch(node.value)
    }
    assert read == set(SETTING.findall(README)), "Bring the settings table of README.md up to date."


def test_the_two_commands_come_first() -> None:
    assert README.splitlines()[3].startswith("make run ")
    assert README.splitlines()[4].startswith("make test ")


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not broken
