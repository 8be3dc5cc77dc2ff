"""The English catalogue of the pages: taken up from the sources, compiled, and checked for gaps.

The Japanese text is the message itself, so Japanese needs no catalogue.
"""

from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PAGES = Path(__file__).parents[1] / "webui"
ENGLISH = PAGES / "translations" / "en" / "LC_MESSAGES" / "messages.po"
SOURCES = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2), "_l": None}


def texts() -> Catalog:
    """Every text of the pages that wants a translation, with the places it is used at."""
    found = Catalog(charset="utf-8")
    extracted = extract_from_dir(
        PAGES,
        SOURCES,
        {"**/templates/**": {"trimmed": "true"}},
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
    )
    for file, line, message, comments, context in extracted:
        found.add(message, None, [(f"webui/{file}", line)], auto_comments=comments, context=context)
    return found


def problems() -> list[str]:
    """A sentence for each text without a finished translation and each translation without its text."""
    catalogue, wanted = _english(), texts()
    found = []
    for message in wanted:
        known = catalogue.get(message.id, message.context) if message.id else None
        if message.id and (known is None or not _words(known.string)):
            found.append(f"{message.locations[0][0]}:{message.locations[0][1]}: no English for {message.id!r}.")
        elif known is not None and known.fuzzy:
            found.append(f"The English for {message.id!r} is marked fuzzy: read it and take the mark away.")
    unused = [m for m in catalogue if m.id and wanted.get(m.id, m.context) is None]
    found.extend(f"The catalogue holds {m.id!r}, which no page uses." for m in unused)
    if catalogue.obsolete:
        found.append(f"The catalogue holds {len(catalogue.obsolete)} obsolete texts: delete the lines with #~.")
    if found:
        found.append("`make generate` takes up new texts; then write the English into webui/translations/en.")
    return found


def update() -> None:
    """Take new texts up into the catalogue and drop those no page uses; never guess a translation."""
    catalogue = _english()
    catalogue.update(texts(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)


def compile_all() -> None:
    """Write the binary catalogue that the pages read, if it is older than the text."""
    compiled = ENGLISH.with_suffix(".mo")
    if not ENGLISH.exists() or (compiled.exists() and compiled.stat().st_mtime >= ENGLISH.stat().st_mtime):
        return
    binary = BytesIO()
    write_mo(binary, _english())
    compiled.write_bytes(binary.getvalue())


def _english() -> Catalog:
    if not ENGLISH.exists():
        return Catalog(locale="en", project="Kyodo", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def _words(translation: str | tuple[str, ...] | list[str] | None) -> bool:
    parts = [translation] if isinstance(translation, str) else translation or []
    return bool(parts) and all(parts)
