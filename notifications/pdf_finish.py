"""Adds to a PDF what wkhtmltopdf cannot: title, language, page numbers, and blanks that are blanks to a search."""

import io
import re

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

LANGUAGE = "ja"
NUMBER_POINTS = 9
NUMBER_HEIGHT = 28
"""Points from the lower edge of the paper."""

NUMBER_FONT = {
    "/Type": "/Font",
    "/Subtype": "/Type1",
    "/BaseFont": "/Helvetica",  # one of the fonts every reader has
    "/Encoding": "/WinAnsiEncoding",
}
NUMBER_GAP = 2
"""Points added to each blank, so that copied numbers keep it."""

DIGIT_WIDTH, OTHER_WIDTH = 0.556, 0.278
"""Of a digit, and of a blank or slash, in that font."""


def finished(made: bytes, title: str) -> bytes:
    """The same pages, complete."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made)))
    writer.add_metadata({"/Title": title, "/Creator": "Kyodo"})
    writer.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    font = writer._add_object(
        DictionaryObject({NameObject(key): NameObject(value) for key, value in NUMBER_FONT.items()})
    )
    for number, page in enumerate(writer.pages, start=1):
        _mend_blanks(page)
        page.merge_page(_page_number(page, f"{number} / {len(writer.pages)}", font))
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _mend_blanks(page: PageObject) -> None:
    """Qt names the blank's glyph after the lowest character that looks so, the tab."""
    for font in page.get("/Resources", {}).get("/Font", {}).values():
        names = font.get_object().get("/ToUnicode")
        if names is not None:
            stream = names.get_object()
            stream.set_data(re.sub(rb"(?<= |\[)<0009>(?= )", b"<0020>", stream.get_data()))


def _page_number(page: PageObject, words: str, font: PdfObject) -> PageObject:
    """A transparent page with only the number on it, at the bottom in the middle."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    ems = sum(DIGIT_WIDTH if letter.isdigit() else OTHER_WIDTH for letter in words)
    start = (width - ems * NUMBER_POINTS - words.count(" ") * NUMBER_GAP) / 2
    drawn = DecodedStreamObject()
    face = f"/KyodoNumber {NUMBER_POINTS} Tf {NUMBER_GAP} Tw"
    drawn.set_data(f"BT {face} {start:.2f} {NUMBER_HEIGHT} Td ({words}) Tj ET".encode())
    fonts = DictionaryObject({NameObject("/KyodoNumber"): font})
    overlay = PageObject.create_blank_page(width=width, height=height)
    overlay[NameObject("/Contents")] = drawn
    overlay[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    return overlay
