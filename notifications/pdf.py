"""Turns the house's own HTML documents into PDF: pdfkit with wkhtmltopdf, or WeasyPrint where that is missing.

The HTML may come from the house's autoescaped templates only. Even so, no engine gets scripts, files or a
network: a document that reaches for something outside comes out without it, or is refused.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pdfkit

from notifications import pdf_weasyprint
from notifications.pdf_finish import finished

RENDER_SECONDS = 60.0
"""How long a document may take: five hundred table rows take one second, or five with WeasyPrint."""

MARGINS = {"top": "18mm", "right": "20mm", "bottom": "18mm", "left": "25mm"}
"""A4 with room for the binding on the left, as formal letters have it."""

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
SEARCHABLE_FONTS = frozenset({"BIZUDMincho-Regular.ttf", "ipam.ttf", "ipamjm.ttf"})
"""With other Japanese fonts wkhtmltopdf writes 日 青 長 as look-alike radicals that nobody finds."""


class PdfNotMade(Exception):
    """The document did not become a PDF; the message says why."""


class EngineMissing(PdfNotMade):
    """Neither wkhtmltopdf nor the libraries of WeasyPrint are on this machine."""


class RenderFailed(PdfNotMade):
    """The engine refused the document or broke."""


class RenderTookTooLong(PdfNotMade):
    """The engine did not finish in time and was stopped."""


def render_pdf(html: str, title: str, *, seconds: float = RENDER_SECONDS) -> bytes:
    """The PDF of a whole HTML document: A4, page numbers, title and language set, its text searchable.

    Raises EngineMissing, RenderFailed or RenderTookTooLong.
    """
    wkhtmltopdf = usable_wkhtmltopdf()
    if wkhtmltopdf is None or _has_rare_letters(html):
        try:
            return _with_weasyprint(html, title, seconds)
        except EngineMissing:
            if wkhtmltopdf is None:
                raise
    return finished(_with_wkhtmltopdf(wkhtmltopdf, html, seconds), title)


def usable_wkhtmltopdf() -> str | None:
    """Where wkhtmltopdf lies, or None when it or the fonts whose text it writes right are missing."""
    return shutil.which("wkhtmltopdf") if _searchable_font_is_there() else None


def _has_rare_letters(html: str) -> bool:
    """Whether a letter such as the 𠮷 of many names is in it, which wkhtmltopdf draws but leaves out of the text."""
    return any(ord(letter) > 0xFFFF for letter in html)


@cache
def _searchable_font_is_there() -> bool:
    return any(path.name in SEARCHABLE_FONTS for folder in FONT_FOLDERS for path in folder.rglob("*.ttf"))


def _with_wkhtmltopdf(wkhtmltopdf: str, html: str, seconds: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="kyodo-pdf-") as folder:
        kit = pdfkit.PDFKit(
            _life_sized(html),
            "string",
            options={
                "page-size": "A4",
                **{f"margin-{side}": width for side, width in MARGINS.items()},
                "encoding": "UTF-8",
                "disable-javascript": "",
                "javascript-delay": "0",  # else every document waits a fifth of a second for scripts it does not have
                "disable-local-file-access": "",
                "disable-plugins": "",
                "proxy": "http://127.0.0.1:1",  # where nobody listens: there is no option against fetching
            },
            configuration=pdfkit.configuration(
                wkhtmltopdf=wkhtmltopdf,
                meta_tag_prefix=secrets.token_hex(16),  # else the document could give options (CVE-2025-26240)
                environ=_bare_environment(folder),
            ),
        )
        code, made, complaint = _run(kit.command(), kit.source.to_s(), kit.environ, folder, seconds)
    try:
        kit.handle_error(code, complaint)
    except OSError as error:
        raise RenderFailed(str(error)) from error
    if not made.startswith(b"%PDF-"):
        raise RenderFailed(f"wkhtmltopdf made no PDF. {complaint}")
    return made


def _life_sized(html: str) -> str:
    """Debian's wkhtmltopdf prints everything at 77 %: 10 mm or 10 points shall be that on paper."""
    style = "<style>body{zoom:1.3}</style>"
    return html.replace("</head>", f"{style}</head>", 1) if "</head>" in html else style + html


def _with_weasyprint(html: str, title: str, seconds: float) -> bytes:
    """In a process of its own, so that it can be stopped and its long imports stay out of ours."""
    order = json.dumps({"html": html, "title": title, "margin": " ".join(MARGINS.values())})
    with tempfile.TemporaryDirectory(prefix="kyodo-pdf-") as folder:
        command = [sys.executable, "-I", pdf_weasyprint.__file__]
        code, made, complaint = _run(command, order, _bare_environment(folder), folder, seconds)
    if code == pdf_weasyprint.EXIT_WITHOUT_LIBRARIES:
        raise EngineMissing(f"No PDF can be made without wkhtmltopdf or WeasyPrint's libraries. {complaint}")
    if code != 0 or not made.startswith(b"%PDF-"):
        raise RenderFailed(f"WeasyPrint failed with code {code}. {complaint[-2000:]}")
    return made


def _bare_environment(folder: str) -> dict[str, str]:
    """What an engine may know: no settings, no secrets, a folder that is gone afterwards."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": folder,
        "TMPDIR": folder,
        "XDG_RUNTIME_DIR": folder,
        "QT_QPA_PLATFORM": "offscreen",
        "CUPS_SERVER": "/nowhere",  # Qt would look for printers
    }


def _run(
    command: list[str], given: str, environment: dict[str, str], folder: str, seconds: float
) -> tuple[int, bytes, str]:
    """Exit code, output and complaints of a command; it and all it started is stopped after `seconds`."""
    with subprocess.Popen(  # noqa: S603  # a fixed program with fixed options, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=folder,
        start_new_session=True,
    ) as process:
        try:
            made, complaint = process.communicate(given.encode(errors="replace"), timeout=seconds)
        except subprocess.TimeoutExpired:
            raise RenderTookTooLong(f"The PDF was not ready after {seconds:g} seconds.") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.returncode, made, complaint.decode(errors="replace")
