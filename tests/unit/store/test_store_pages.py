import numpy as np

from pipeline.casefile import Box, Line, Mark, PageText, Quality
from pipeline.problems import problem
from pipeline.store.pages import pack_page, unpack_page

PAGE = PageText(
    "scanned",
    90,
    (
        Line("二〇二二年八月三日", Box(0.1, 0.2, 1 / 3, 0.25), 0.987654321, "二〇二二年八月三日", 0.9, 0.25),
        Line("数字文本 <&>\n", Box(0, 0, 1, 1)),
    ),
    (Mark("seal", Box(0.5, 0.5, 0.7, 0.6), "red", "××县法律援助中心", 0.5),),
    Quality("fair", 0.875, ("偏斜",)),
    1654,
    2339,
    (problem("P207"),),
)


def test_a_page_survives_to_the_last_bit():
    assert unpack_page(pack_page(PAGE)) == PAGE
    assert pack_page(unpack_page(pack_page(PAGE))) == pack_page(PAGE)


def test_numbers_of_numpy_are_kept_as_plain_ones():
    page = PageText("scanned", lines=(Line("字", Box(np.float64(0.25), 0, 1, 1), np.float32(0.5)),), width=np.int64(7))
    back = unpack_page(pack_page(page))
    assert back is not None
    assert (back.lines[0].box.x0, back.lines[0].score, back.width) == (0.25, 0.5, 7)


def test_damaged_bytes_are_no_page():
    packed = pack_page(PAGE)
    assert unpack_page(packed[:-10]) is None
    assert unpack_page(b"") is None
    import zlib

    assert unpack_page(zlib.compress(b'{"kind": "scanned", "rotation": 45}')) is None
    assert unpack_page(zlib.compress(b"[]")) is None
