"""What must not stand anywhere in the tree: addresses of registries, paths of one machine."""

import re

from tests.conventions.source import PROJECT, here, text_files
from tests.support.requirements import demands

HOMES = ("home", "root", "Users")
"""Folders in which people keep their own things."""
MACHINE_PATHS = re.compile(
    rf"(?<![\w.:/-])/(?:{'|'.join(HOMES)})/[\w.-]+|\bfile:/{{3}}\w|{re.escape(str(PROJECT))}(?![\w.-])"
)


def test_the_lock_holds_hashes_and_no_address() -> None:
    lock = (PROJECT / "requirements.lock").read_text()
    assert not re.findall(r"(?:https?|file)://\S+|^--\S*index.*|^--find-links.*", lock, re.MULTILINE), (
        "Make the lock with `make lock`, which leaves addresses out."
    )
    pinned = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,]+\])?==", lock, re.MULTILINE)
    assert len(pinned) > 50
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_the_lock_holds_every_dependency() -> None:
    project = (PROJECT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    wanted = {
        re.split(r"[\[<>=]", name)[0].lower() for text in lists for name in re.findall(r'^\s+"([^"]+)"', text, re.M)
    }
    pinned = set(re.findall(r"^([a-z0-9][\w.-]*?)(?:\[[\w,]+\])?==", (PROJECT / "requirements.lock").read_text(), re.M))
    assert wanted, "pyproject.toml has no dependencies?"
    assert wanted <= pinned, f"Not in the lock: {wanted - pinned}. Run `make lock`."


def test_no_path_of_one_machine_stands_in_the_tree() -> None:
    found = [
        f"{here(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        if path.name != "requirements.lock"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert not found, f"Nobody else has these paths: {found}"


def test_the_requirement_list_is_whole() -> None:
    assert len(demands()) == 166
    assert all(
        re.fullmatch(r"[A-Z]\d{2}", number) and text[:2] in {"M ", "R ", "D "} for number, text in demands().items()
    )
