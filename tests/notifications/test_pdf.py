"""Both PDF engines: the same document from each, and nothing reached from a hostile one."""

import io
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader

from notifications import pdf, pdf_weasyprint
from notifications.pdf import EngineMissing, PdfNotMade, RenderFailed, RenderTookTooLong, render_pdf
from tests.notifications.pdf_reading import engines, pdftotext, picture
from tests.support.waiting import wait_until

WORDS = "青葉川市長　髙橋　人の目に見える日々の長い道と金曜日"
ASCII = "Kyodo Portal R8-0127"
STYLE = '<style>body{font-family:"BIZ UDMincho","IPAMincho"} b{font-family:"BIZ UDGothic","IPAGothic"}</style>'
THREE_PAGES = f"""<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>no</title>{STYLE}</head><body>
<p>{WORDS}</p><p><b>太字の見出し</b> {ASCII}</p>
<p style="page-break-before:always">二枚目</p><p style="page-break-before:always">三枚目</p></body></html>"""


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8">{STYLE}{head}</head><body>{body}</body></html>'


@engines
def test_the_same_document_comes_out_of_both_engines(engine: str) -> None:
    made = render_pdf(THREE_PAGES, "受付書 R8-0127")
    reader = PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 3
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    by_pypdf = "".join(each.extract_text() for each in reader.pages)
    for text in (by_pypdf, pdftotext(made)):
        for words in (WORDS, "太字の見出し", ASCII, "二枚目", "三枚目"):
            assert re.sub(r"\s", "", words) in re.sub(r"\s", "", text)
        assert ASCII in text
    maker = "WeasyPrint" if engine == "weasyprint" else "Qt"
    assert maker in str(reader.metadata and reader.metadata.producer)


@engines
def test_pages_are_numbered_and_title_and_language_set(engine: str) -> None:
    made = render_pdf(THREE_PAGES, "受付書（写し） R8-0127")
    reader = PdfReader(io.BytesIO(made))
    assert reader.metadata is not None
    assert reader.metadata.title == "受付書（写し） R8-0127"
    root = reader.root_object
    assert str(root["/Lang"]) == "ja"
    for number, each in enumerate(reader.pages, start=1):
        assert each.extract_text().rstrip().endswith(f"{number} / 3")
    assert [part.split()[-3:] for part in pdftotext(made).split("\f")[:3]] == [[n, "/", "3"] for n in "123"]


@engines
def test_letters_come_in_the_fonts_asked_for(engine: str) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).replace("-", "")
        for each in PdfReader(io.BytesIO(render_pdf(THREE_PAGES, "t"))).pages
        for font in each["/Resources"]["/Font"].values()  # type: ignore[index]  # as made
    }
    assert any("BIZUDMincho" in font for font in fonts)
    assert any("BIZUDGothic" in font for font in fonts)


@engines
def test_a_hundred_millimetres_are_a_hundred_millimetres(engine: str, tmp_path: Path) -> None:
    box = '<div style="width:100mm;height:40mm;background:#000"></div>'
    pixels = picture(render_pdf(page(box), "t"), tmp_path)
    width = int(pixels.split(maxsplit=3)[1])
    rows = pixels[-width * (len(pixels) // width - 1) :]
    widest = max(row.count(0) for row in (rows[i : i + width] for i in range(0, len(rows), width)))
    assert widest / 30 * 25.4 == pytest.approx(100, abs=1.5)


@engines
def test_a_letter_beyond_the_first_65536_is_in_the_text(engine: str) -> None:
    assert "𠮷田" in pdftotext(render_pdf(page("<p>代表　𠮷田 花子</p>"), "t"))


@engines
def test_an_empty_document_is_one_page(engine: str) -> None:
    assert len(PdfReader(io.BytesIO(render_pdf("", ""))).pages) == 1


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            with suppress(BrokenPipeError):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"LEAKED")

        do_CONNECT = do_POST = do_HEAD = do_GET

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def text_or_refusal(html: str) -> str:
    """The text of the PDF, or nothing when the engine refuses the document."""
    try:
        return pdftotext(render_pdf(html, "t"))
    except PdfNotMade:
        return ""


FETCHES = """
<meta http-equiv="refresh" content="0;url={0}/refresh"><base href="{0}/">
<link rel="stylesheet" href="{0}/css"><link rel="attachment" href="{0}/attachment">
<style>@import url({0}/import); @font-face{{font-family:x;src:url({0}/font)}} p{{font-family:x;background:url({0}/bg)}}</style>
<p>a</p><script src="{0}/script"></script><script>new Image().src="{0}/scripted"</script>
<iframe src="{0}/iframe"></iframe><object data="{0}/object"></object><embed src="{0}/embed">
<img src="{0}/img"><img src="{1}/localhost"><input type="image" src="{0}/input"><video src="{0}/v" poster="{0}/poster">
</video><svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{0}/svg" width="9" height="9"/></svg>
<iframe src="data:text/html,<img src='{0}/nested'>"></iframe><a href="{0}/link" ping="{0}/ping">a</a>
"""


@engines
def test_a_hostile_document_fetches_nothing(engine: str) -> None:
    with listening() as (address, asked):
        text = text_or_refusal(page(FETCHES.format(address, address.replace("127.0.0.1", "localhost"))))
        single = text_or_refusal(page(f'<p>x</p><img src="{address}/alone"><iframe src="{address}/frame"></iframe>'))
    assert asked == []
    assert "LEAKED" not in text + single


@engines
@pytest.mark.parametrize(
    "tag",
    [
        '<iframe src="{}" width="500" height="200"></iframe>',
        '<object data="{}" width="500" height="200"></object>',
        '<embed src="{}" width="500" height="200">',
        '<link rel="stylesheet" href="{}"><link rel="attachment" href="{}">',
        '<meta http-equiv="refresh" content="0;url={}">',
        "<iframe src=\"data:text/html,<iframe src='{}'></iframe>\"></iframe>",
        '<p style="background:url({})">x</p>',
    ],
)
def test_a_hostile_document_reads_no_file(engine: str, tag: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("<p>SECRET</p>")
    html = page(tag.replace("{}", f"file://{secret}"))
    try:
        made = render_pdf(html, "t")
    except RenderFailed:
        return
    assert "SECRET" not in pdftotext(made)
    assert not PdfReader(io.BytesIO(made)).attachments


@engines
def test_a_hostile_document_shows_no_picture_of_the_machine(engine: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo.svg"
    photo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="900" height="900"/></svg>'
    )
    for address in (f"file://{photo}", str(photo), "photo.svg"):
        with suppress(RenderFailed):
            pixels = picture(render_pdf(page(f'<img src="{address}" width="900" height="900">'), "t"), tmp_path)
            assert pixels.count(0) < 500


def test_the_picture_test_would_see_it(tmp_path: Path) -> None:
    square = '<div style="width:900px;height:900px;background:#000"></div>'
    assert picture(render_pdf(page(square), "t"), tmp_path).count(0) > 30_000


@engines
def test_scripts_do_not_run(engine: str) -> None:
    html = page("<p>before</p><script>document.write('RAN')</script><p>after</p>")
    text = pdftotext(render_pdf(html.replace("<body>", "<body onload=\"document.write('LOADED')\">"), "t"))
    assert "before" in text
    assert "after" in text
    assert "RAN" not in text
    assert "LOADED" not in text


@engines
def test_a_document_gives_no_options_to_the_engine(engine: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    secret.write_text("<p>SECRET</p>")
    options = (
        '<meta name="pdfkit-page-size" content="A3"><meta name="pdfkit-enable-local-file-access" content="">'
        f'<meta name="pdfkit-cover" content="{secret}"><meta name="pdfkit-orientation" content="Landscape">'
        f'<meta name="pdfkit-header-html" content="{secret}"><meta name="pdfkit---allow" content="/">'
    )
    reader = PdfReader(io.BytesIO(render_pdf(page("<p>a</p>", head=options), "t")))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert len(reader.pages) == 1
    assert "SECRET" not in reader.pages[0].extract_text()


def a_program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of ours in wkhtmltopdf's place."""
    program = folder / "wkhtmltopdf"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.defpath}")


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_an_engine_that_hangs_is_stopped_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_program(tmp_path, monkeypatch, f"sleep 50 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/self; wait")
    began = time.monotonic()
    with pytest.raises(RenderTookTooLong, match=r"not ready after 0\.5 seconds"):
        render_pdf(page("a"), "t", seconds=0.5)
    assert time.monotonic() - began < 5
    for name in ("child", "self"):
        process = int((tmp_path / name).read_text())
        wait_until(partial(is_gone, process), f"{name} is gone")


@engines
def test_the_time_a_document_may_take_is_kept(engine: str) -> None:
    with pytest.raises(RenderTookTooLong):
        render_pdf(page("<p>x</p>" * 20_000), "t", seconds=0.05)


def test_what_the_engine_complains_of_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_program(tmp_path, monkeypatch, "echo 'no display today' >&2; exit 7")
    with pytest.raises(RenderFailed, match="no display today"):
        render_pdf(page("a"), "t")


def test_an_engine_that_says_nothing_and_makes_nothing_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_program(tmp_path, monkeypatch, "cat > /dev/null")
    with pytest.raises(RenderFailed, match="made no PDF"):
        render_pdf(page("a"), "t")


def test_the_engine_knows_no_secret_and_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYODO_SECRET_KEY", "very-secret")
    a_program(tmp_path, monkeypatch, f"env > {tmp_path}/env; pwd > {tmp_path}/pwd; touch $TMPDIR/rest; exit 1")
    with pytest.raises(RenderFailed):
        render_pdf(page("a"), "t")
    known = (tmp_path / "env").read_text()
    assert "very-secret" not in known
    assert "KYODO" not in known
    folder = re.search(r"^TMPDIR=(.*)$", known, re.MULTILINE)
    assert folder is not None
    assert (tmp_path / "pwd").read_text().strip() == folder[1]
    assert not Path(folder[1]).exists()


def test_without_a_font_it_writes_right_wkhtmltopdf_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pdf.usable_wkhtmltopdf() is not None
    monkeypatch.setattr(pdf, "FONT_FOLDERS", (tmp_path, tmp_path / "missing"))
    pdf._searchable_font_is_there.cache_clear()
    try:
        assert pdf.usable_wkhtmltopdf() is None
    finally:
        pdf._searchable_font_is_there.cache_clear()


def without_libraries(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let WeasyPrint be as on a machine without Pango."""
    (folder / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')\n")
    script = Path(pdf_weasyprint.__file__).read_text()
    program = folder / "second_engine.py"
    program.write_text(f"import sys\nsys.path.insert(0, {str(folder)!r})\n{script}")
    monkeypatch.setattr(pdf_weasyprint, "__file__", str(program))


def test_without_any_engine_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_libraries(tmp_path, monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing, match="libpango"):
        render_pdf(page("a"), "t")


def test_without_the_second_engine_the_first_draws_rare_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_libraries(tmp_path, monkeypatch)
    assert "田 花子" in pdftotext(render_pdf(page("<p>代表　𠮷田 花子</p>"), "t"))


def test_a_broken_second_engine_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "second_engine.py"
    program.write_text("raise SystemExit('out of ink')")
    monkeypatch.setattr(pdf_weasyprint, "__file__", str(program))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RenderFailed, match="out of ink"):
        render_pdf(page("a"), "t")
