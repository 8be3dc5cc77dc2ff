"""Reading PDF files back, and choosing the engine that makes them."""

import os
import subprocess
from pathlib import Path

import pytest

engines = pytest.mark.parametrize("engine", ["wkhtmltopdf", "weasyprint"], indirect=True)

PATH = {"PATH": os.environ["PATH"]}
"""As it was before a test made wkhtmltopdf unfindable."""


def pdftotext(pdf: bytes) -> str:
    """What a reader copies out of a PDF, by poppler."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True, env=PATH
    )
    return done.stdout.decode()


def picture(pdf: bytes, folder: Path) -> bytes:
    """The first page in grey, as the bytes of its pixels, by poppler."""
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "30", "-gray", "-singlefile", "page.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True, env=PATH)
    return (folder / "page.pgm").read_bytes()
