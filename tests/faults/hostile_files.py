"""Files that are small on disk and vast when opened, or made to keep their reader busy; made on the spot."""

import io
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

from PIL import Image

BLOCK = bytes(1 << 20)


@cache
def packed(megabytes: int, block: bytes = BLOCK) -> bytes:
    """So many megabytes, a thousandth of that when packed."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects; number 1 is its root."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (keys, len(data), data)


def one_page(page: bytes, *more: bytes, root: bytes = b"") -> bytes:
    """A PDF of one A4 page with these keys; `more` are the objects from number 4 on."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>" % page,
    }
    return pdf(objects | dict(enumerate(more, 4)))


def content_bomb() -> bytes:
    """A page whose drawing is 400 MB of blanks, packed twice: a few KB."""
    twice = zlib.compress(packed(400, b" " * (1 << 20)), 9)
    return one_page(b"/Contents 4 0 R", stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


def drawing_without_end() -> bytes:
    """A page that draws four million lines and curves."""
    drawing = b"0 0 m 595 842 l S 1 2 3 4 5 6 c f\n" * 4000
    return one_page(b"/Contents 4 0 R", stream(zlib.compress(drawing * 500, 9), b"/Filter /FlateDecode"))


def object_stream_bomb() -> bytes:
    """A page tree that lies in an object stream of 400 MB."""
    data = packed(400)
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 7 0 R >>",
            4: stream(data, b"/Type /ObjStm /N 1 /First 10 /Filter /FlateDecode"),
        }
    )


def forms_within_forms() -> bytes:
    """Forms that each draw the next ten times, eight deep: a hundred million drawings."""
    forms = [
        stream(
            b"/F Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>" % (6 + depth),
        )
        for depth in range(8)
    ]
    last = stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    page = b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>"
    return one_page(page, stream(b"/F Do"), *forms, last)


def image_bomb() -> bytes:
    """A picture of 60,000 x 60,000 dots, 450 MB unpacked, on a page of A4."""
    keys = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1"
    page = b"/Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >>"
    picture = stream(packed(430), keys + b" /Filter /FlateDecode")
    return one_page(page, stream(b"q 595 0 0 842 0 0 cm /Im Do Q"), picture)


def billion_laughs() -> bytes:
    """XML in a PDF whose entities grow to three billion words: metadata and a form (XFA)."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><x>&l9;</x>'.encode()
    root = b"/Metadata 4 0 R /AcroForm << /XFA 5 0 R /Fields [] >>"
    return one_page(b"", stream(xml, b"/Type /Metadata /Subtype /XML"), stream(xml), root=root)


def many_pages(pages: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, pages + 3))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
    }
    return pdf(objects | dict.fromkeys(range(3, pages + 3), page))


def claimed_pages() -> bytes:
    """A PDF that says it has two billion pages and has one."""
    whole = one_page(b"")
    return whole.replace(b"/Count 1 ", b"/Count 2000000000 ")


def pages_of_one(pages: int) -> bytes:
    """One page that the page tree lists so many times, ten branches to a branch."""
    objects = {1: b"<< /Type /Catalog /Pages 3 0 R >>", 2: b"<< /Type /Page /MediaBox [0 0 9 9] /Parent 3 0 R >>"}
    depth, number = 1, 3
    while 10 ** (depth + 1) <= pages:
        depth += 1
    for level in range(depth):
        below = number + 1 if level < depth - 1 else 2
        objects[number] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
            b" ".join([b"%d 0 R" % below] * 10),
            10 ** (depth - level),
        )
        number += 1
    return pdf(objects)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A grey PNG of that size with more chunks before its picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def png_text_bomb() -> bytes:
    """A small picture with a comment of 400 MB."""
    return png(100, 140, (b"zTXt", b"Comment\0\0" + packed(400)))


def png_profile_bomb() -> bytes:
    """A small picture with a colour profile of 400 MB."""
    return png(100, 140, (b"iCCP", b"icc\0\0" + packed(400)))


def png_row_bomb() -> bytes:
    """A picture of 100 x 140 whose data unpacks to 400 MB."""
    whole = png(100, 140)
    at = whole.index(b"IDAT") - 4
    data = packed(400)
    chunk = struct.pack(">I", len(data)) + b"IDAT" + data + struct.pack(">I", zlib.crc32(b"IDAT" + data))
    return whole[:at] + chunk + whole[whole.index(b"IEND") - 4 :]


def jpeg_claim() -> bytes:
    """A JPEG of a few hundred bytes that claims 65,500 x 65,500 dots."""
    out = io.BytesIO()
    Image.new("L", (16, 16), 255).save(out, "JPEG")
    whole = bytearray(out.getvalue())
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", 65500, 65500)
    return bytes(whole)


def many_frames(frames: int) -> bytes:
    """A TIFF with so many pages of one dot; all show the same strip."""
    out = bytearray(b"II*\0" + struct.pack("<I", 16) + b"\xff" * 8)
    entries = ((256, 4, 1, 1), (257, 4, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
               (277, 3, 1, 1), (278, 4, 1, 1), (279, 4, 1, 1))  # fmt: skip
    for frame in range(frames):
        after = len(out) + 2 + 12 * len(entries) + 4
        out += struct.pack("<H", len(entries))
        for tag, kind, count, value in entries:
            out += struct.pack("<HHII", tag, kind, count, value)
        out += struct.pack("<I", after if frame < frames - 1 else 0)
    return bytes(out)


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def zip_overlapping(members: int) -> bytes:
    """A directory of so many members that all lie on the same bytes (Fifield's bomb, in its simplest form)."""
    whole = zip_of({"0000.bmp": bytes(7_000_000)})
    at = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[at:end]
    directory = b"".join(entry.replace(b"0000.bmp", b"%04d.bmp" % number) for number in range(members))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, members, members, len(directory), at, 0)
    return whole[:at] + directory + tail


def write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path
