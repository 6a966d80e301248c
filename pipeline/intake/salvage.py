"""Finds the members of a ZIP whose directory is gone, by walking the headers that stand before each member."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_AFTER, _UTF8 = 0x1, 0x8, 0x800
_BLOCK = 1 << 16
_MOST_IN_MEMORY = 256_000_000


@dataclass(frozen=True, slots=True)
class Stray:
    """A member found by its own header: raw name, whether that is UTF-8 by its flag, and its bytes."""

    raw_name: bytes
    is_utf8: bool
    data: bytes
    whole: bool


def stray_members(path: Path, most_members: int, most_bytes: int) -> Iterator[Stray]:
    """Members in the order they stand, up to the first that cannot be followed further; the last may be cut off.

    Reads at most `most_members` members of at most `most_bytes` unpacked bytes together. Raises OSError.
    """
    left = most_bytes
    with path.open("rb") as stream:
        for _ in range(most_members):
            header = stream.read(_LOCAL.size)
            if len(header) < _LOCAL.size:
                return
            magic, _, flags, method, _, _, _, packed, _, name_length, extra_length = _LOCAL.unpack(header)
            if magic != b"PK\x03\x04" or flags & _ENCRYPTED:
                return
            name = stream.read(name_length)
            stream.seek(extra_length, 1)
            if method == _STORED and not flags & _SIZE_AFTER:
                data = stream.read(min(packed, left, _MOST_IN_MEMORY))
                whole = len(data) == packed
            elif method == _DEFLATED:
                data, whole = _inflate(stream, min(left, _MOST_IN_MEMORY))
                if whole and flags & _SIZE_AFTER:
                    _skip_descriptor(stream)
            else:
                return
            left -= len(data)
            yield Stray(name, bool(flags & _UTF8), data, whole)
            if not whole or left <= 0:
                return


def _inflate(stream: BinaryIO, most: int) -> tuple[bytes, bool]:
    """The deflated member that begins here, and whether its end was found; the stream stands after it."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    size = 0
    while not inflater.eof and size < most:
        block = inflater.unconsumed_tail or stream.read(_BLOCK)
        if not block:
            break
        try:
            part = inflater.decompress(block, most - size)
        except zlib.error:
            break
        parts.append(part)
        size += len(part)
    stream.seek(-len(inflater.unused_data), 1)
    return b"".join(parts), inflater.eof


def _skip_descriptor(stream: BinaryIO) -> None:
    """Sizes written after the data: 12 bytes, or 16 with a mark before them."""
    head = stream.read(4)
    stream.seek(12 if head == b"PK\x07\x08" else 8, 1)
