"""What kind of file some bytes are, judged by what is in them and never by what they are called."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from models.words import Word

HEAD_BYTES = 512
"""How much of a file's beginning its signature is looked for in."""

CONTENT_TYPES_BYTES = 1024 * 1024
"""More than this is no list of parts of an Office document but an attempt to fill the memory."""

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file people may attach: its media type, its name for people, and the endings it may have."""

    media_type: str
    label: Word
    endings: tuple[str, ...]


PDF = FileType("application/pdf", Word("PDF", "PDF"), (".pdf",))
PNG = FileType("image/png", Word("PNG画像", "PNG image"), (".png",))
JPEG = FileType("image/jpeg", Word("JPEG画像", "JPEG image"), (".jpg", ".jpeg"))
HEIC = FileType("image/heic", Word("HEIC画像", "HEIC image"), (".heic", ".heif"))
DOCX = FileType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Word("Word文書（docx）", "Word document (docx)"),
    (".docx",),
)
XLSX = FileType(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Word("Excelブック（xlsx）", "Excel workbook (xlsx)"),
    (".xlsx",),
)
PPTX = FileType(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Word("PowerPoint資料（pptx）", "PowerPoint presentation (pptx)"),
    (".pptx",),
)

ATTACHABLE = (PDF, DOCX, XLSX, PPTX, JPEG, PNG, HEIC)
"""What a party may attach unless the programme says less."""


def type_of(file: BinaryIO) -> FileType | None:
    """The kind of a seekable file, or None for every other kind, Office files with macros among them."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"PK\x03\x04"):
        return _office_type(file)
    return HEIC if head[4:8] == b"ftyp" and _brands(head) & HEIC_BRANDS else None


def is_locked_office_file(file: BinaryIO) -> bool:
    """Whether this is a Word or Excel file with a password, which looks like nothing from outside."""
    file.seek(0)
    return file.read(len(OLE_SIGNATURE)) == OLE_SIGNATURE and ENCRYPTED_OFFICE in file.read()


def _brands(head: bytes) -> set[bytes]:
    """Main and compatible brands of an ISO media file; an iPhone writes `mif1` first and `heic` after it."""
    box = head[: int.from_bytes(head[:4], "big")]
    return {box[8:12]} | {box[i : i + 4] for i in range(16, len(box), 4)}


def _office_type(file: BinaryIO) -> FileType | None:
    """Which Office document a zip is, by the type it gives to its main part."""
    try:
        with zipfile.ZipFile(file) as parts, parts.open("[Content_Types].xml") as listing:
            declared = listing.read(CONTENT_TYPES_BYTES)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    for kind in (DOCX, XLSX, PPTX):
        main = f"{kind.media_type}.main+xml".encode()
        if b'"' + main + b'"' in declared or b"'" + main + b"'" in declared:
            return kind
    return None
