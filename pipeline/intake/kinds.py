"""What a file is: by its name where that says enough, by its first bytes where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["pdf", "image", "zip", "other"]

PDF_SUFFIXES = frozenset({".pdf"})
IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".dib"})
ZIP_SUFFIXES = frozenset({".zip"})
ARCHIVE_SUFFIXES = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"})
"""Packed files that are not opened, but may hold pages."""
PAPER_SUFFIXES = frozenset(
    {".doc", ".docx", ".wps", ".ofd", ".odt", ".rtf", ".ppt", ".pptx", ".caj", ".ceb", ".xps", ".djvu", ".htm", ".html"}
    | {".xls", ".xlsx", ".et", ".heic", ".heif", ".webp", ".gif", ".jp2", ".jxl", ".avif", ".psd"}
)
"""Files that may be papers of a case in a form that prescreen does not read."""
PLAIN_SUFFIXES = frozenset(
    {".txt", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".ini", ".md", ".log", ".db", ".lnk"}
    | {".url", ".exe", ".dll", ".bat", ".cmd", ".py", ".sqlite", ".tmp", ".bak", ".mp3", ".mp4", ".wav", ".avi", ".mov"}
)
"""Files that are no papers, whatever else they are."""

HEAD_BYTES = 1024
"""How much of a file is looked at. A PDF header may stand anywhere in the first 1024 bytes (PDF 1.7, Annex H)."""

_IMAGE_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"GIF8")
_BMP_HEADER_SIZES = frozenset({12, 40, 52, 56, 64, 108, 124})


def read_head(path: Path) -> bytes:
    """The first bytes of a file. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)


def kind_of_name(name: str) -> Kind | None:
    """What the name promises; None where it promises nothing and the content must be asked."""
    suffix = Path(name).suffix.lower()
    if suffix in PDF_SUFFIXES:
        return "pdf"
    if suffix in IMAGE_SUFFIXES:
        return "image"
    if suffix in ZIP_SUFFIXES:
        return "zip"
    if suffix in PLAIN_SUFFIXES or suffix in PAPER_SUFFIXES or suffix in ARCHIVE_SUFFIXES:
        return "other"
    return None


def kind_of_content(head: bytes) -> Kind | None:
    """What the first bytes say; None where they say nothing."""
    if head.startswith(_IMAGE_MAGIC) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return "image"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in head:
        return "pdf"
    return None


def kind_of_file(path: Path) -> Kind:
    """What a file counts as in a batch or case: its name decides, the content of a nameless one is asked.

    Raises OSError when the content has to be asked and cannot be read.
    """
    return kind_of_name(path.name) or kind_of_content(read_head(path)) or "other"


def is_hidden(name: str) -> bool:
    """Files that systems and office programs leave behind, and whatever a user has hidden by name."""
    return name.startswith((".", "~$")) or name.lower() in {"thumbs.db", "desktop.ini", "__macosx"}
