"""Names of files: natural order, names fit to be shown, and names fit to be files on every system."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePosixPath

NaturalKey = tuple[tuple[int, int, str, str], ...]

_CHINESE_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
# Only where Chinese numerals clearly count (第十二页, 卷三, (二), 三、): 三方协议.pdf must stay a word.
_COUNTING = re.compile(
    r"(?<=第)[〇零一二三四五六七八九十百]+|(?:^|(?<=^\())[一二三四五六七八九十百]+(?=[、.)卷册])|(?<=卷)[一二三四五六七八九十]+$"
)
_PARTS = re.compile(r"(\d+)")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing: behind one of them `fdp.exe` is shown as `exe.pdf`."""
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_ID_BYTES = 180
"""Room for `~12` and `.json` within the 255 bytes that file systems give a name."""


def _chinese_number(numeral: str) -> str:
    total = current = 0
    for char in numeral:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = current * 10 + _CHINESE_DIGITS[char]
    return str(total + current)


def natural_key(name: str) -> NaturalKey:
    """Sort key under which `2.jpg` comes before `10.jpg` and `第二卷` before `第十卷`, folder by folder.

    `name` is a posix path; extensions count only among equal names, so that `1.jpg` comes before `1-2.jpg`.
    """
    path = PurePosixPath(name)
    parts = [*path.parts[:-1], path.name.removesuffix(path.suffix), path.suffix]
    key: list[tuple[int, int, str, str]] = []
    for part in parts:
        folded = unicodedata.normalize("NFKC", part).casefold()
        folded = _COUNTING.sub(lambda match: _chinese_number(match[0]), folded)
        for piece in _PARTS.split(folded):
            if piece.isdecimal():
                digits = "".join(str(unicodedata.decimal(c)) for c in piece).lstrip("0")
                key.append((1, len(digits), digits, ""))  # compared as text: int() refuses thousands of digits
            elif piece:
                key.append((2, 0, piece, ""))
        key.append((0, 0, "", ""))
    key.append((0, 0, "", name))
    return tuple(key)


def shown(name: str) -> str:
    """The name as text that can be shown and stored.

    Undecodable bytes are read as GBK, control characters and marks that turn the direction of writing replaced.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:  # bytes that are no UTF-8 (a folder copied from a Chinese Windows without conversion)
        raw = os.fsencode(name) if os.name != "nt" else name.encode("utf-8", "replace")
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "replace")
    name = unicodedata.normalize("NFC", name)
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") or c in _TURNING else c for c in name)


def without_suffix(name: str) -> str:
    """The name without its extension (`A001.pdf` → `A001`; `卷2021.08` keeps its month)."""
    return _SUFFIX.sub("", name) or name


def safe_id(name: str) -> str:
    """A case id from a name: usable as a file name on Windows, macOS and Linux, and never empty."""
    text = _UNSAFE.sub("_", shown(name)).replace("\ufffd", "_").strip().rstrip(". ")
    text = _RESERVED.sub(lambda match: "_" + match[0], text)
    cut = text.encode("utf-8")[:_ID_BYTES].decode("utf-8", "ignore").rstrip(". ")
    return cut or "_"


def unique_id(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with ~2, ~3 … where it is taken; adds it to `taken` (compared without case, as Windows does)."""
    candidate, number = wanted, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{wanted}~{number}"
    taken.add(candidate.casefold())
    return candidate
