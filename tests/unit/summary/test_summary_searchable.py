"""PDFs that can be searched: other people's readers must find the text, and where it stands."""

import io

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pipeline.box import Box
from pipeline.casefile import Line
from pipeline.summary.searchable import Sheet, searchable_pdf

TEXT = "张三于2022年8月3日在叶县被指派（Abc）"


def jpeg(size=(620, 877)):
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def made():
    lines = [Line(TEXT, Box(0.1, 0.1, 0.7, 0.13), 0.9), Line("法律援助中心", Box(0.5, 0.5, 0.8, 0.54), 0.9)]
    wide = Sheet(jpeg((877, 620)), 877, 620, [Line("横页", Box(0.2, 0.2, 0.3, 0.3))])
    return searchable_pdf([Sheet(jpeg(), 620, 877, lines), wide, Sheet(None, 620, 877, (), "第3页没有图像")], "卷")


def test_pdfium_finds_every_page_and_its_text(made):
    document = pypdfium2.PdfDocument(made)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert texts == [f"{TEXT}\r\n法律援助中心", "横页", "第3页没有图像"]
    searcher = document[0].get_textpage().search("法律援助")
    assert searcher.get_next() is not None


def test_pdfplumber_finds_words_where_they_stand(made):
    with pdfplumber.open(io.BytesIO(made)) as document:
        page, wide, _ = document.pages
        assert (round(page.width), round(page.height)) == (595, 842)
        assert (round(wide.width), round(wide.height)) == (842, 595)
        words = {word["text"]: word for word in page.extract_words()}
        stamp = words["法律援助中心"]
        assert stamp["x0"] == pytest.approx(0.5 * page.width, abs=2)
        assert stamp["x1"] == pytest.approx(0.8 * page.width, abs=2)
        assert 0.48 * page.height < stamp["top"] < stamp["bottom"] < 0.56 * page.height


def test_the_text_is_not_drawn(made):
    page = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil()
    assert page.getextrema() == ((255, 255),) * 3


def test_pictures_are_taken_over_byte_for_byte(made):
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.pages[0].Resources.XObject.P.read_raw_bytes() == jpeg()
        assert "/XObject" not in document.pages[2].Resources


@pytest.mark.parametrize("text", ["𠀀", "a\u202eb", "\x00\x07", ")> Tj ET (", "\ud800", "长" * 5000])
def test_whatever_was_read_makes_a_sound_pdf(text):
    made = searchable_pdf([Sheet(jpeg(), 620, 877, [Line(text, Box(0, 0, 1, 0))])], f"卷{text}")
    assert len(pypdfium2.PdfDocument(made)) == 1
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.check_pdf_syntax() == []


def test_same_pages_same_bytes():
    sheet = Sheet(jpeg(), 620, 877, [Line("甲", Box(0.1, 0.1, 0.2, 0.2))])
    assert searchable_pdf([sheet], "卷") == searchable_pdf([sheet], "卷")
