"""The files the rules look at: everything we wrote, as it would be committed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
CODE = ("models", "notifications", "flows", "webui", "kyodo", "bench", "tests")
NOT_OURS = {"__pycache__", ".venv", "var", ".git", "node_modules"}
TEXT = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".css",
    ".js",
    ".sh",
    ".yaml",
    ".yml",
    ".toml",
    ".lock",
    ".po",
    ".mako",
    ".svg",
    "",
}


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of ours except generated migrations."""
    found = (path for folder in CODE for path in (PROJECT / folder).rglob("*.py"))
    return tuple(sorted(p for p in found if "versions" not in p.parts and not NOT_OURS & set(p.parts)))


@cache
def text_files() -> tuple[Path, ...]:
    """Every text file of the tree."""
    return tuple(
        sorted(
            path
            for path in _walk(PROJECT)
            if path.suffix in TEXT and not (path.name.startswith(".coverage") or path.stat().st_size > 2_000_000)
        )
    )


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in NOT_OURS and not path.name.endswith("_cache") and path.name != ".hypothesis":
                yield from _walk(path)
        elif path.is_file():
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def called(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a file calls: `(12, "datetime.now")`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def here(path: Path) -> str:
    """A path as people read it, seen from the project's top."""
    return str(path.relative_to(PROJECT))
