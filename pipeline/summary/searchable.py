"""A file as one PDF with two layers: what was scanned, and over it, unseen, what was read.

It can be searched, and text can be marked and copied where it stands.
The unseen layer is text in render mode 3 (ISO 32000-1, 9.3.6), each line stretched over its box, as OCRmyPDF and
Tesseract do it. Its font holds no glyphs (`unseen.ttf`, 1 KB, made with fontTools, ours); the codes are UTF-16 and say
themselves what they stand for (ToUnicode, 9.10.3), so that every reader finds the same text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from pipeline.casefile import Line
from pipeline.text.visible import one_line

POINTS = 842.0
"""Long side of a page: that of A4, whatever was scanned."""
_EM = 1000

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its upright picture as JPEG with the picture's size in pixels, and the lines that were read on it.

    `jpeg` is None where there is no picture: the page is left blank, and `note` is what is found on it.
    """

    jpeg: bytes | None
    width: int
    height: int
    lines: Sequence[Line] = ()
    note: str = ""


def searchable_pdf(sheets: Iterable[Sheet], title: str) -> bytes:
    """Make the PDF of these pages, in order; the same pages give the same bytes."""
    document = pikepdf.Pdf.new()
    font = document.make_indirect(_font(document))
    for sheet in sheets:
        _add(document, sheet, font)
    document.docinfo["/Title"] = one_line(title)
    document.docinfo["/Producer"] = "prescreen"
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _font(document: pikepdf.Pdf) -> Dictionary:
    file = Stream(document, resources.files("pipeline.summary").joinpath("templates", "unseen.ttf").read_bytes())
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/PrescreenUnseen"),
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=document.make_indirect(Stream(document, b"\x00\x01" * 65536)),
        DW=_EM,
        FontDescriptor=document.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/PrescreenUnseen"),
                FontFile2=document.make_indirect(file),
                Flags=4,
                FontBBox=Array([0, -120, _EM, 880]),
                ItalicAngle=0,
                Ascent=880,
                Descent=-120,
                CapHeight=880,
                StemV=80,
            )
        ),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/PrescreenUnseen"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(below)]),
        ToUnicode=document.make_indirect(Stream(document, _TO_UNICODE)),
    )


def _add(document: pikepdf.Pdf, sheet: Sheet, font: Any) -> None:
    scale = POINTS / max(sheet.width, sheet.height, 1)
    width, height = max(1.0, sheet.width * scale), max(1.0, sheet.height * scale)
    used = Dictionary(Font=Dictionary(F=font))
    drawn: list[str] = []
    if sheet.jpeg is not None:
        used.XObject = Dictionary(P=document.make_indirect(_picture(document, sheet)))
        drawn.append(f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q")
        drawn.append("BT 3 Tr")
        drawn += [_text(line, width, height) for line in sheet.lines if line.text.strip()]
        drawn.append("ET")
    elif sheet.note:
        drawn.append(f"BT 3 Tr /F 14 Tf 60 {height - 90:.2f} Td <{_codes(one_line(sheet.note))}> Tj ET")
    page = document.add_blank_page(page_size=(width, height))
    page.obj.Resources = used
    page.obj.Contents = document.make_indirect(Stream(document, "\n".join(drawn).encode("ascii")))


def _picture(document: pikepdf.Pdf, sheet: Sheet) -> Stream:
    picture = Stream(document, sheet.jpeg or b"")
    picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
    picture.Width, picture.Height, picture.BitsPerComponent = sheet.width, sheet.height, 8
    picture.ColorSpace = Name.DeviceRGB
    return picture


def _text(line: Line, width: float, height: float) -> str:
    """Put a line of text over its box: as high as it, stretched to its width."""
    text = one_line(line.text)
    box = line.box
    size = max(1.0, box.height * height * 0.8)
    stretch = 100 * (box.width * width) / (size * max(1, len(text)))
    base = height - box.y1 * height + 0.15 * box.height * height
    return f"/F {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {box.x0 * width:.2f} {base:.2f} Tm <{_codes(text)}> Tj"


def _codes(text: str) -> str:
    """Give the codes of a text as the CMap has them, in hex; what lies beyond its plane is shown as unknown."""
    plain = "".join(c if c <= "\uffff" else "\ufffd" for c in text)
    return plain.encode("utf-16-be", "replace").hex()
