"""The file store: bytes kept once under the SHA-256 of what they are, out of the web's reach."""

import errno
import fcntl
import hashlib
import os
import re
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from models.filetypes import ATTACHABLE, FileType, is_locked_office_file, type_of
from models.settings import settings
from models.words import Word

CHUNK_BYTES = 256 * 1024
NAME_BYTES = 200
"""Longest file name kept, in UTF-8 bytes: file systems end at 255."""

LEFTOVER_AFTER = timedelta(hours=24)
"""An upload that has not become a stored file after this long was cut off; so was a stored one that no row refers to."""

HASH = re.compile(r"[0-9a-f]{64}")

EDGES = " .\u3000"
"""What a name may neither begin nor end with: a leading dot hides it, Windows drops the rest."""

TRICK_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
"""Control characters, direction marks and zero widths that make a name look like another one."""

WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)


class FileRefused(Exception):
    """A file cannot be taken; `said` tells the person why and what to do, in both languages."""

    def __init__(self, said: Word) -> None:
        super().__init__(said.en)
        self.said = said


class EmptyFile(FileRefused):
    """There is nothing in it."""

    def __init__(self) -> None:
        super().__init__(
            Word(
                "ファイルの中身が空です。元のファイルを開いて確かめ、もう一度選んでください。",
                "The file is empty. Please open the original to check it, then choose it again.",
            )
        )


class TooLarge(FileRefused):
    """It has more bytes than allowed."""

    def __init__(self, limit: int) -> None:
        megabytes = f"{limit / 1024 / 1024:.3g}"
        super().__init__(
            Word(
                f"ファイルが大きすぎます。1つのファイルは{megabytes}MBまでです。"
                "画像を小さくするか、ファイルを分けてください。",
                f"The file is too large: one file may have up to {megabytes} MB. "
                "Please make its pictures smaller or split it.",
            )
        )


class WrongKind(FileRefused):
    """Its content is none of the kinds accepted here."""

    def __init__(self, allowed: Sequence[FileType], *, locked: bool = False) -> None:
        ja = "・".join(kind.label.ja for kind in allowed)
        en = ", ".join(kind.label.en for kind in allowed)
        if locked:
            said = Word(
                "パスワード付きのファイルは受け取れません。パスワードを外して保存し、もう一度選んでください。",
                "A file with a password cannot be taken. Please save it without one and choose it again.",
            )
        else:
            said = Word(
                f"この種類のファイルは受け取れません。受け取れるのは、{ja}です。",
                f"This kind of file cannot be taken. Accepted are: {en}.",
            )
        super().__init__(said)


class StorageFull(FileRefused):
    """The disk has no room left."""

    def __init__(self) -> None:
        super().__init__(
            Word(
                "保存場所がいっぱいのため、ファイルを受け取れませんでした。"
                "入力した内容はそのままです。時間をおいてもう一度お試しいただくか、市の担当へご連絡ください。",
                "The file could not be stored because the storage is full. "
                "What you entered is kept. Please try again later or call the city's office.",
            )
        )


class NotStored(LookupError):
    """No file with this hash is in the store."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: what it is, what it is called, how to find it again."""

    sha256: str
    size: int
    """Bytes."""
    media_type: str
    name: str
    """Clean, and ending as its kind does."""


def store_upload(
    upload: BinaryIO, name: str, *, allowed: Sequence[FileType] = ATTACHABLE, limit: int | None = None
) -> StoredFile:
    """Keep what somebody sent, without ever holding it whole in memory. The same bytes again are harmless.

    limit: bytes, `settings().max_upload_bytes` when None.
    Raises EmptyFile, TooLarge, WrongKind or StorageFull; then nothing is left behind.
    """
    limit = settings().max_upload_bytes if limit is None else limit
    with _full_disk_told(), _incoming() as (file, path):
        sha256, size = _receive(upload, file, limit)
        if size == 0:
            raise EmptyFile
        kind = type_of(file)
        if kind is None or kind not in allowed:
            raise WrongKind(allowed, locked=is_locked_office_file(file))
        _keep(file, path, sha256, size)
    return StoredFile(sha256, size, kind.media_type, clean_name(name, kind))


def store_made(content: bytes, name: str, kind: FileType) -> StoredFile:
    """Keep a file that Kyodo made itself. Raises StorageFull."""
    with _full_disk_told(), _incoming() as (file, path):
        sha256, size = _receive(BytesIO(content), file, len(content))
        _keep(file, path, sha256, size)
    return StoredFile(sha256, size, kind.media_type, clean_name(name, kind))


def open_stored(sha256: str) -> BinaryIO:
    """The stored bytes, to be read and closed by the caller. Raises NotStored."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError:
        raise NotStored(sha256) from None


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie or would lie. Raises NotStored for what is no hash."""
    if not HASH.fullmatch(sha256):
        raise NotStored(sha256)
    return settings().files / sha256[:2] / sha256


def clean_name(name: str, kind: FileType) -> str:
    """The sender's file name made harmless: their words (NFC) stay; paths, control and trick characters go.

    It ends as its kind does, so that no name promises another kind than the bytes are; 200 bytes at most.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = re.sub(r"[\t-\r\x85\u2028\u2029]+", " ", name)
    name = "".join(c for c in name if unicodedata.category(c) not in TRICK_CATEGORIES)
    name = re.sub(r'[<>:"|?*]', "_", name).strip(EDGES)
    stem, dot, ending = name.rpartition(".")
    if f".{ending.lower()}" not in kind.endings or not stem.rstrip(EDGES):
        stem, dot, ending = name, ".", kind.endings[0][1:]
    stem = _shortened(stem, NAME_BYTES - len(f".{ending}".encode())).rstrip(EDGES) or "file"
    if stem.partition(".")[0].strip().lower() in WINDOWS_DEVICES:
        stem = f"_{stem}"
    return f"{stem}{dot}{ending}"


def discard_leftovers(now: datetime) -> int:
    """Remove uploads that were cut off more than a day before `now`; returns how many."""
    removed = 0
    for path in _incoming_folder().glob("*.part"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < (now - LEFTOVER_AFTER).timestamp():
                path.unlink()
                removed += 1
    return removed


def stored_files() -> set[str]:
    """The hashes of everything in the store."""
    return {path.name for path in settings().files.glob("??/*") if HASH.fullmatch(path.name)}


def discard_stored(sha256: str) -> bool:
    """Remove a file that nobody refers to, unless somebody stored it within the last day and may yet write its row.

    Answers whether it went. The day is the real one: the date that development moves ages no file.
    """
    with _at_the_shelf(fcntl.LOCK_EX), suppress(FileNotFoundError):
        place = path_of(sha256)
        if place.stat().st_mtime < time.time() - LEFTOVER_AFTER.total_seconds():
            place.unlink()
            return True
    return False


def _receive(upload: BinaryIO, file: BinaryIO, limit: int) -> tuple[str, int]:
    """Copy into `file`; returns hash and size. Raises TooLarge as soon as it is."""
    digest = hashlib.sha256()
    size = 0
    while chunk := upload.read(CHUNK_BYTES):
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return digest.hexdigest(), size


def _keep(file: BinaryIO, path: Path, sha256: str, size: int) -> None:
    """Move a received file to its place, durably and at once; what lies there stays, and is new again, unless damaged."""
    place = path_of(sha256)
    with _at_the_shelf(fcntl.LOCK_SH):
        if place.exists() and place.stat().st_size == size:
            os.utime(place)
            return
        os.fsync(file.fileno())
        place.parent.mkdir(exist_ok=True)
        path.replace(place)
        for folder in (place.parent, settings().files):
            _sync_folder(folder)


@contextmanager
def _at_the_shelf(turn: int) -> Iterator[None]:
    """Many put files away at a time (LOCK_SH); while one is taken away (LOCK_EX) nobody does. A kill ends the turn."""
    folder = _incoming_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "turn").open("w") as lock:
        fcntl.flock(lock, turn)
        yield


@contextmanager
def _incoming() -> Iterator[tuple[BinaryIO, Path]]:
    """A file to receive into, on the store's own disk; gone at the end unless it was moved to its place."""
    folder = _incoming_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(suffix=".part", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file, path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """A disk or quota that has run out becomes the domain's word for it."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise


def _incoming_folder() -> Path:
    return settings().files / "incoming"


def _sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _shortened(text: str, limit: int) -> str:
    """The beginning of a text that fits into so many UTF-8 bytes, cut between letters and not within one."""
    return text.encode()[:limit].decode(errors="ignore")
