"""Writes a bound file: image-only PDF, folder of JPGs, or ZIP with GBK names; truth beside it."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from sample_scans.generator.binding import Bound
from sample_scans.generator.wear import Worn

POINTS = 72 / 150


def _turned(scan: Worn, turn: int) -> tuple[int, int]:
    w, h = scan.size
    return (h, w) if turn in (90, 270) else (w, h)


def _stored(out: pikepdf.Pdf, scan: Worn, size: tuple[int, int]) -> pikepdf.Stream:
    """The picture as a PDF holds it, not encoded anew."""
    width, height = size
    common = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image}
    if scan.codec == "jp2":
        return pikepdf.Stream(out, scan.data, **common, Width=width, Height=height, Filter=pikepdf.Name.JPXDecode)
    if scan.codec == "g4":
        with Image.open(io.BytesIO(scan.data)) as tiff:
            (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
            wide, high = tiff.size
            black_is_1 = tiff.tag_v2[262] == 0  # type: ignore[attr-defined]
        how = pikepdf.Dictionary(K=-1, Columns=wide, Rows=high, BlackIs1=not black_is_1)
        return pikepdf.Stream(
            out, scan.data[start : start + length], **common, Width=wide, Height=high, ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=1, Filter=pikepdf.Name.CCITTFaxDecode, DecodeParms=how,
        )  # fmt: skip
    space = "/DeviceGray" if _components(scan.data) == 1 else "/DeviceRGB"
    return pikepdf.Stream(
        out, scan.data, **common, Width=width, Height=height, ColorSpace=pikepdf.Name(space), BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip


def pdf(bound: Bound) -> bytes:
    """One picture a page, nothing else; the same scans give the same bytes."""
    out = pikepdf.new()
    for scan, page in zip(bound.scans, bound.truth["pages"], strict=True):
        size = _turned(scan, page["rotation"])
        w, h = (round(side * POINTS, 2) for side in size)
        content = pikepdf.Stream(out, f"q {w} 0 0 {h} 0 0 cm /Im0 Do Q".encode())
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_stored(out, scan, size)))
        sheet = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, w, h], Contents=content, Resources=resources)
        out.pages.append(pikepdf.Page(sheet))
    buffer = io.BytesIO()
    out.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _components(jpeg: bytes) -> int:
    """Colour components, from the frame header."""
    at = 2
    while at < len(jpeg):
        marker, length = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xC2:
            return jpeg[at + 9]
        at += 2 + length
    raise ValueError("no frame header")


def gbk_zip(files: dict[str, bytes]) -> bytes:
    """A ZIP as old Chinese Windows tools write it: names in GBK, no UTF-8 flag, a fixed time."""
    body, directory = io.BytesIO(), io.BytesIO()
    when = (0, (2024 - 1980) << 9 | 3 << 5 | 4)
    for name, data in files.items():
        raw, crc, offset = name.encode("gbk"), zlib.crc32(data), body.tell()
        common = struct.pack("<HHHHHIIIHH", 20, 0, zipfile.ZIP_STORED, *when, crc, len(data), len(data), len(raw), 0)
        body.write(b"PK\x03\x04" + common + raw + data)
        directory.write(
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
        )
    start, listed = body.tell(), directory.getvalue()
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(listed), start, 0)
    return body.getvalue() + listed + b"PK\x05\x06" + end


def truth_text(truth: dict[str, Any]) -> str:
    """The truth as JSON, an entry a line: short files, and a change shows what changed."""

    def value(item: object) -> str:
        if isinstance(item, list) and item and isinstance(item[0], dict):
            return "[\n  " + ",\n  ".join(json.dumps(entry, ensure_ascii=False) for entry in item) + "\n ]"
        return json.dumps(item, ensure_ascii=False)

    return "{\n " + ",\n ".join(f"{json.dumps(key)}: {value(item)}" for key, item in truth.items()) + "\n}\n"


def write(bound: Bound, folder: Path) -> int:
    """Write the file and its truth into the folder; returns the bytes written."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    if bound.package == "pdf":
        data = pdf(bound)
        (folder / f"{bound.key}.pdf").write_bytes(data)
        size += len(data)
    elif bound.package == "folder":
        (folder / bound.key).mkdir(exist_ok=True)
        for n, scan in enumerate(bound.scans, 1):
            (folder / bound.key / f"{n}.jpg").write_bytes(scan.data)
            size += len(scan.data)
    else:
        data = gbk_zip({f"援助案卷/扫描件{n}.jpg": scan.data for n, scan in enumerate(bound.scans, 1)})
        (folder / f"{bound.key}.zip").write_bytes(data)
        size += len(data)
    (folder / f"{bound.key}.truth.json").write_text(truth_text(bound.truth), encoding="utf-8", newline="\n")
    return size
