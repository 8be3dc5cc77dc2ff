"""The file store: what it takes, what it refuses, what it never does twice."""

import errno
import hashlib
import io
import os
import struct
import subprocess
import sys
import tracemalloc
import unicodedata
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import files, filetypes
from models.settings import settings
from models.words import Word
from tests.conftest import Environment

A_PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
A_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64)
AN_IPHONE_PHOTO = b"\x00\x00\x00\x24ftypmif1\x00\x00\x00\x00mif1heicmiafMiHB" + bytes(64)
A_FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + bytes(64)


def a_png() -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    picture = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + picture + chunk(b"IEND", b"")


def an_office_file(main_type: str, *, quote: str = '"') -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "[Content_Types].xml",
            f"<Types><Override ContentType={quote}{main_type}{quote}/></Types>",
        )
        parts.writestr("main.xml", "<x/>")
    return held.getvalue()


OPEN_XML = "application/vnd.openxmlformats-officedocument."
A_DOCX = an_office_file(f"{OPEN_XML}wordprocessingml.document.main+xml")
AN_XLSX = an_office_file(f"{OPEN_XML}spreadsheetml.sheet.main+xml", quote="'")
A_PPTX = an_office_file(f"{OPEN_XML}presentationml.presentation.main+xml")
A_MACRO_DOCX = an_office_file("application/vnd.ms-word.document.macroEnabled.main+xml")
A_DOCX_TEMPLATE = an_office_file(f"{OPEN_XML}wordprocessingml.template.main+xml")
A_LOCKED_XLSX = filetypes.OLE_SIGNATURE + bytes(2000) + filetypes.ENCRYPTED_OFFICE + bytes(100)
AN_OLD_DOC = filetypes.OLE_SIGNATURE + bytes(2000)


def a_plain_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as parts:
        parts.writestr("readme.txt", "hello")
    return held.getvalue()


@pytest.fixture
def store() -> Path:
    """Where the store of this test lies."""
    return settings().files


def kept(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file() and path.name != "turn")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (A_PDF, filetypes.PDF),
        (b"\xef\xbb\xbf\r\n" + A_PDF, filetypes.PDF),
        (a_png(), filetypes.PNG),
        (A_JPEG, filetypes.JPEG),
        (AN_IPHONE_PHOTO, filetypes.HEIC),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(9), filetypes.HEIC),
        (A_DOCX, filetypes.DOCX),
        (AN_XLSX, filetypes.XLSX),
        (A_PPTX, filetypes.PPTX),
    ],
)
def test_what_people_attach_is_known_by_its_content(content: bytes, kind: filetypes.FileType, store: Path) -> None:
    stored = files.store_upload(io.BytesIO(content), "見積書")
    assert stored.media_type == kind.media_type
    assert stored.name == f"見積書{kind.endings[0]}"
    assert stored.size == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    with files.open_stored(stored.sha256) as file:
        assert file.read() == content
    assert kept(store) == [files.path_of(stored.sha256)]


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>%PDF-1.7</html>",
        "こんにちは".encode(),
        b"MZ" + bytes(500),
        b"PK\x03\x04broken",
        b"\x89PNG\r\n\x1a\n<script>",
        A_FILM,
        b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avifmiaf",
        b"\xff\xff\xff\xffftypxxxx",
        A_MACRO_DOCX,
        A_DOCX_TEMPLATE,
        AN_OLD_DOC,
        a_plain_zip(),
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(content: bytes, store: Path) -> None:
    with pytest.raises(files.WrongKind) as refusal:
        files.store_upload(io.BytesIO(content), "提案書.pdf")
    assert "PDF・Word文書（docx）" in refusal.value.said.ja
    assert "PDF, Word document (docx)" in refusal.value.said.en
    assert kept(store) == []


def test_an_office_file_with_a_password_is_told_from_a_strange_one() -> None:
    with pytest.raises(files.WrongKind) as refusal:
        files.store_upload(io.BytesIO(A_LOCKED_XLSX), "収支予算書.xlsx")
    assert "パスワードを外して" in refusal.value.said.ja
    assert "without one" in refusal.value.said.en


def test_the_list_of_kinds_can_be_narrowed() -> None:
    photo = io.BytesIO(A_JPEG)
    with pytest.raises(files.WrongKind) as refusal:
        files.store_upload(photo, "photo.jpg", allowed=[filetypes.PDF])
    assert refusal.value.said.ja.endswith("受け取れるのは、PDFです。")


def test_a_content_type_list_that_is_a_bomb_does_not_fill_the_memory() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", b" " * 50_000_000)
    bomb.seek(0)
    tracemalloc.start()
    with pytest.raises(files.WrongKind):
        files.store_upload(bomb, "bomb.docx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_an_empty_file_is_refused(store: Path) -> None:
    with pytest.raises(files.EmptyFile) as refusal:
        files.store_upload(io.BytesIO(b""), "空.pdf")
    assert "空です" in refusal.value.said.ja
    assert kept(store) == []


class Endless(io.RawIOBase):
    """An upload that never ends and counts how much was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"%PDF-" + bytes(size - 5)


def test_too_much_is_refused_as_soon_as_it_is_too_much(store: Path) -> None:
    endless: Any = Endless()
    with pytest.raises(files.TooLarge) as refusal:
        files.store_upload(endless, "大きい.pdf", limit=3 * 1024 * 1024 // 2)
    assert "1.5MB" in refusal.value.said.ja
    assert "1.5 MB" in refusal.value.said.en
    assert endless.taken < 2 * 1024 * 1024
    assert kept(store) == []


def test_the_limit_itself_is_still_allowed() -> None:
    assert files.store_upload(io.BytesIO(A_PDF), "a.pdf", limit=len(A_PDF)).size == len(A_PDF)
    with pytest.raises(files.TooLarge):
        files.store_upload(io.BytesIO(A_PDF), "a.pdf", limit=len(A_PDF) - 1)


def test_the_limit_comes_from_the_settings(environment: Environment) -> None:
    environment(KYODO_MAX_UPLOAD_MB="1")
    with pytest.raises(files.TooLarge, match="1 MB"):
        files.store_upload(io.BytesIO(A_PDF + bytes(1024 * 1024)), "a.pdf")


def test_the_same_bytes_are_stored_once_under_both_names(store: Path) -> None:
    first = files.store_upload(io.BytesIO(A_PDF), "会則.pdf")
    before = files.path_of(first.sha256).stat().st_ino
    second = files.store_upload(io.BytesIO(A_PDF), "規約.pdf")
    assert (first.name, second.name) == ("会則.pdf", "規約.pdf")
    assert first.sha256 == second.sha256
    assert kept(store) == [files.path_of(first.sha256)]
    assert files.path_of(first.sha256).stat().st_ino == before, "it was not written again"


def test_many_at_once_with_the_same_bytes_leave_one_file(store: Path) -> None:
    content = A_PDF + os.urandom(500_000)
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda n: files.store_upload(io.BytesIO(content), f"{n}.pdf"), range(24)))
    assert {s.sha256 for s in stored} == {hashlib.sha256(content).hexdigest()}
    assert [path.read_bytes() for path in kept(store)] == [content]


def test_a_damaged_file_is_put_right_when_its_bytes_come_again() -> None:
    stored = files.store_made(A_PDF, "受付書.pdf", filetypes.PDF)
    files.path_of(stored.sha256).write_bytes(A_PDF[:10])
    files.store_made(A_PDF, "受付書.pdf", filetypes.PDF)
    assert files.path_of(stored.sha256).read_bytes() == A_PDF


def test_what_kyodo_makes_is_kept_as_it_is() -> None:
    made = b"\xef\xbb\xbf" + "受付番号,事業名\r\n".encode()
    csv = filetypes.FileType("text/csv", Word("CSV", "CSV"), (".csv",))
    stored = files.store_made(made, "一覧.csv", csv)
    assert (stored.name, stored.media_type) == ("一覧.csv", "text/csv")
    with files.open_stored(stored.sha256) as file:
        assert file.read() == made


def test_the_bytes_are_on_the_disk_before_they_have_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        order.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        fsync(handle)

    def noted_replace(path: Path, target: Path) -> Path:
        order.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    files.store_made(A_PDF, "a.pdf", filetypes.PDF)
    assert order == ["file", "rename", "folder", "folder"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("moment", ["fsync", "open", "mkdir"])
def test_a_full_disk_is_told_in_a_sentence(
    number: int, moment: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    settings()
    with monkeypatch.context() as broken:
        if moment == "mkdir":
            broken.setattr(Path, "mkdir", full)
        else:
            broken.setattr(os, moment, full)
        with pytest.raises(files.StorageFull) as refusal:
            files.store_upload(io.BytesIO(A_PDF), "提案書.pdf")
    assert "いっぱい" in refusal.value.said.ja
    assert "storage is full" in refusal.value.said.en
    assert kept(store) == []
    assert files.store_upload(io.BytesIO(A_PDF), "提案書.pdf").size == len(A_PDF)


def test_a_disk_that_fills_while_writing_is_told_too(store: Path) -> None:
    """A real refusal by the kernel, from a process whose files may have 100,000 bytes."""
    script = """
import errno, io, os, resource, signal, sys
from models import files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
errno.EDQUOT = errno.EFBIG  # the one way to be refused space without mounting a disk
try:
    files.store_upload(io.BytesIO(b"%PDF-1.7" + bytes(5_000_000)), "a.pdf")
except files.StorageFull:
    sys.exit(42)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 42
    assert kept(store) == []


def test_other_disk_errors_are_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output error"):
        files.store_upload(io.BytesIO(A_PDF), "a.pdf")


def test_an_upload_that_breaks_off_leaves_nothing(store: Path) -> None:
    class Cut(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError("gone")

    cut: Any = Cut()
    with pytest.raises(ConnectionResetError):
        files.store_upload(cut, "a.pdf")
    assert kept(store) == []


def test_leftovers_of_killed_uploads_go_after_a_day(store: Path) -> None:
    now = datetime.now(UTC)
    stored = files.store_made(A_PDF, "a.pdf", filetypes.PDF)
    for name, age in (("old.part", timedelta(hours=25)), ("running.part", timedelta(hours=1))):
        path = store / "incoming" / name
        path.write_bytes(b"half")
        os.utime(path, times=((now - age).timestamp(),) * 2)
    assert files.discard_leftovers(now) == 1
    assert kept(store) == sorted([files.path_of(stored.sha256), store / "incoming" / "running.part"])


@pytest.mark.parametrize("sha256", ["", "../../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_what_is_no_hash_finds_nothing(sha256: str) -> None:
    with pytest.raises(files.NotStored):
        files.open_stored(sha256)


def test_an_unknown_hash_finds_nothing() -> None:
    with pytest.raises(files.NotStored):
        files.open_stored("a" * 64)


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("令和8年度 収支予算書（第1版）.pdf", "令和8年度 収支予算書（第1版）.pdf"),
        ("議事録　最終.PDF", "議事録　最終.PDF"),
        (unicodedata.normalize("NFD", "がぎぐげご.pdf"), "がぎぐげご.pdf"),
        ("C:\\Users\\葛城\\提案書.pdf", "提案書.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("写真.jpg", "写真.jpg.pdf"),
        ("evil.exe", "evil.exe.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe.pdf"),
        ("a\u200bb\x00c\x1f.pdf", "abc.pdf"),
        ("一行\r\n二行.pdf", "一行 二行.pdf"),
        ('a<b>:"c"|?*.pdf', "a_b___c____.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("..", "file.pdf"),
        ("", "file.pdf"),
        ("　.pdf", "pdf.pdf"),
        ("nul.pdf", "_nul.pdf"),
        ("COM1.tar.pdf", "_COM1.tar.pdf"),
        ("\ud800.pdf", "pdf.pdf"),
        ("川﨑・髙橋\U000e0100.pdf", "川﨑・髙橋\U000e0100.pdf"),
    ],
)
def test_names_are_made_harmless_and_stay_the_persons_own(given_name: str, clean: str) -> None:
    assert files.clean_name(given_name, filetypes.PDF) == clean


def test_a_long_name_is_cut_between_letters_and_keeps_its_ending() -> None:
    name = files.clean_name("あ" * 100 + ".pdf", filetypes.PDF)
    assert name == "あ" * 65 + ".pdf"
    assert len(name.encode()) <= files.NAME_BYTES


@given(st.text(max_size=300))
def test_any_name_at_all_becomes_a_harmless_one(name: str) -> None:
    clean = files.clean_name(name, filetypes.DOCX)
    assert clean.lower().endswith(".docx")
    assert len(clean.encode()) <= files.NAME_BYTES + 1
    assert not set(clean) & set('/\\<>:"|?*\r\n\t\0')
    assert not clean.startswith(".")
    assert clean == files.clean_name(clean, filetypes.DOCX)


@given(st.binary(max_size=700))
def test_judging_any_bytes_never_fails(content: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\0\0\0\x20ftyp", filetypes.OLE_SIGNATURE):
        file: BinaryIO = io.BytesIO(head + content)
        assert filetypes.type_of(file) in (None, *filetypes.ATTACHABLE)
