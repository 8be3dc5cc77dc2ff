"""What stays Japanese on an English page because people wrote it: every text in the database, the language's own name, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from models.database import reading
from models.tables import Base
from webui.language import LANGUAGES

JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f]")

TEXTS = """() => {
  const found = [document.title];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { if (node.data.trim()) found.push(node.data); return; }
    if (node.nodeType !== Node.ELEMENT_NODE || node.lang === "ja" || node.tagName === "SCRIPT") return;
    for (const name of ["aria-label", "placeholder", "alt"]) if (node.hasAttribute(name)) found.push(node.getAttribute(name));
    for (const name in node.dataset) found.push(node.dataset[name]);
    if (node.tagName === "TEXTAREA") { found.push(node.value); return; }
    for (const child of node.childNodes) walk(child);
  };
  walk(document.body);
  return found;
}"""
"""Everything a reader of the page sees or hears, piece by piece."""


class DomainWords:
    """The texts of the database, ready to be taken out of what a page says."""

    def __init__(self) -> None:
        texts = {line.strip() for text in _stored() for line in text.splitlines() if JAPANESE.search(line)}
        self._known = texts | set(LANGUAGES.values())
        self._longest_first = sorted(texts, key=len, reverse=True)

    def japanese_on(self, page: Page) -> list[str]:
        """The pieces of the page that hold Japanese which nobody wrote."""
        pieces: list[str] = page.evaluate(TEXTS)
        lines = {line.strip() for piece in pieces for line in piece.splitlines()}
        return sorted(line for line in lines if JAPANESE.search(line) and not self._written(line))

    def _written(self, line: str) -> bool:
        if line in self._known:
            return True
        for text in self._longest_first:
            if text in line:
                line = line.replace(text, "")
                if not JAPANESE.search(line):
                    return True
        return False


def _stored() -> Iterator[str]:
    with reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                for value in row:
                    yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
