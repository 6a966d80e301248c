"""Files for the intake tests, made on the spot: PDFs by pikepdf, images by Pillow, ZIPs by zipfile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw

A4 = (0, 0, 595, 842)


def page_picture(width: int = 620, height: int = 877, mark: int = 0) -> Image.Image:
    """A white page with lines of black bars and a red square at the top left; `mark` makes pages differ."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 10, 60, 60), fill=(220, 0, 0))
    for row in range(10):
        top = height // 5 + row * height // 14
        draw.rectangle((width // 8, top, width // 2 + (mark * 37 + row * 11) % (width // 3), top + 8), fill="black")
    return picture


def image_bytes(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def add_page(document: pikepdf.Pdf, content: bytes = b"", box: tuple[float, ...] = A4, **keys: object) -> None:
    """A page with a Helvetica /F1, a Chinese /F2 (GB1, not embedded) and whatever `keys` say."""
    latin = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/STSong-Light"), Flags=6, Ascent=880, Descent=-120,
        CapHeight=880, StemV=93, ItalicAngle=0, FontBBox=[-25, -254, 1000, 880],
    )  # fmt: skip
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType0, BaseFont=pikepdf.Name("/STSong-Light"), DW=1000,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"GB1", Supplement=4),
        FontDescriptor=document.make_indirect(descriptor),
    )  # fmt: skip
    chinese = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name("/STSong-Light"),
        Encoding=pikepdf.Name("/UniGB-UCS2-H"), DescendantFonts=[document.make_indirect(descendant)],
    )  # fmt: skip
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=list(box), Contents=document.make_stream(content),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=latin, F2=chinese)),
    )  # fmt: skip
    for key, value in keys.items():
        page[f"/{key}"] = value
    document.pages.append(pikepdf.Page(document.make_indirect(page)))


def text_at(x: float, y: float, text: str, size: float = 20) -> bytes:
    """A content stream that shows ASCII text in Helvetica, or Chinese in the GB1 font, at a point."""
    if text.isascii():
        return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n".encode()
    return f"BT /F2 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n".encode()


def write_pdf(path: Path, pages: Iterable[bytes] = (b"",), **keys: object) -> Path:
    """A PDF with one page for each content stream."""
    with pikepdf.new() as document:
        for content in pages:
            add_page(document, content, **keys)
        document.save(path)
    return path


def write_scan(path: Path, pictures: Iterable[Image.Image], extra: bytes = b"") -> Path:
    """A PDF whose A4 pages each hold one picture over the whole page, and `extra` content."""
    with pikepdf.new() as document:
        for picture in pictures:
            add_page(document, b"q 595 0 0 842 0 0 cm /Im Do Q\n" + extra)
            stream = document.make_stream(image_bytes(picture.convert("RGB"), quality=80))
            stream.update(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
                    ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
                )
            )  # fmt: skip
            document.pages[-1].Resources.XObject = pikepdf.Dictionary(Im=stream)
        document.save(path)
    return path


def raw_pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF from raw object bodies, with a right cross-reference table: for trees that no library would write."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (offsets.get(number, 0), b"n" if number in offsets else b"f")
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)


def without_trailer(whole: bytes) -> bytes:
    """A PDF that lost its cross-references and trailer: pdfium gives up, qpdf finds the catalogue and the pages."""
    return whole[: whole.rfind(b"\nxref") + 1]


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims any size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")
    )


def write_zip(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def gbk_zip(members: dict[str, bytes]) -> bytes:
    """A ZIP as Chinese Windows writes it: names in GBK, the UTF-8 flag off."""
    stream = io.BytesIO()
    stand_ins = {f"{index:0{len(name.encode('gbk'))}d}": name for index, name in enumerate(members)}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for stand_in, name in stand_ins.items():
            archive.writestr(zipfile.ZipInfo(stand_in), members[name])
    packed = stream.getvalue()
    for stand_in, name in stand_ins.items():
        packed = packed.replace(stand_in.encode(), name.encode("gbk"))
    return packed


def mark_encrypted(packed: bytes) -> bytes:
    """Set the flag of encryption on every member of a ZIP."""
    out = bytearray(packed)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)


def ink_box(pixels: np.ndarray, is_ink: Callable[[np.ndarray], np.ndarray] | None = None) -> tuple[float, ...]:
    """Bounds of the dark pixels as fractions: left, top, right, bottom."""
    ink = pixels.max(axis=2) < 128 if is_ink is None else is_ink(pixels)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    height, width = ink.shape
    return columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height
