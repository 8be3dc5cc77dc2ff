"""What the tests of this package share."""

from pathlib import Path

import pytest

from notifications import pdf


@pytest.fixture
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The PDF engine in use: WeasyPrint steps in because wkhtmltopdf is nowhere on the path."""
    name: str = request.param
    if name == "weasyprint":
        monkeypatch.setenv("PATH", str(tmp_path))
    assert (pdf.usable_wkhtmltopdf() is None) == (name == "weasyprint")
    return name
