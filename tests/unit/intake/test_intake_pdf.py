from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from intake_samples import (
    add_page,
    image_bytes,
    ink_box,
    page_picture,
    raw_pdf,
    text_at,
    without_trailer,
    write_pdf,
    write_scan,
)

from pipeline.config import Limits
from pipeline.intake.failures import FileError, PageError
from pipeline.intake.open_case import SourceFile
from pipeline.intake.page import load_page
from pipeline.intake.pdf import prepare_pdf

PIXELS = 1000


def _file(path: Path, pages: int = 1) -> SourceFile:
    return SourceFile(path.name, path, "0" * 64, "pdf", pages)


def _code(path: Path, limits: Limits) -> str:
    with pytest.raises(FileError) as caught:
        prepare_pdf(path, path.name, path.with_suffix(".copy"), limits)
    assert caught.value.problem.file == path.name
    return caught.value.problem.code


def _page_code(path: Path, limits: Limits, index: int = 0) -> str:
    with pytest.raises(PageError) as caught:
        load_page(_file(path), index, PIXELS, limits)
    problem = caught.value.problem
    assert (problem.file, problem.file_page) == (path.name, index + 1)
    return problem.code


# opening


def test_a_sound_pdf_is_read_where_it_lies(tmp_path: Path, limits: Limits) -> None:
    path = write_pdf(tmp_path / "a.pdf", [b""] * 3)
    prepared = prepare_pdf(path, "a.pdf", tmp_path / "copy.pdf", limits)
    assert (prepared.path, prepared.pages, prepared.problems) == (path, 3, ())
    assert not (tmp_path / "copy.pdf").exists()


def test_a_password_is_a_problem_but_an_owner_password_alone_is_none(tmp_path: Path, limits: Limits) -> None:
    with pikepdf.new() as document:
        add_page(document, text_at(100, 700, "open"))
        document.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="geheim", owner="chef"))
        document.save(tmp_path / "owned.pdf", encryption=pikepdf.Encryption(user="", owner="chef"))
    assert _code(tmp_path / "locked.pdf", limits) == "F101"
    assert prepare_pdf(tmp_path / "owned.pdf", "owned.pdf", tmp_path / "copy.pdf", limits).pages == 1
    page = load_page(_file(tmp_path / "owned.pdf"), 0, PIXELS, limits)
    assert [line.text for line in page.digital] == ["open"]


def test_what_pdfium_cannot_open_is_mended_by_qpdf(tmp_path: Path, limits: Limits) -> None:
    whole = write_scan(tmp_path / "whole.pdf", [page_picture(), page_picture(mark=3)]).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(without_trailer(whole))
    prepared = prepare_pdf(path, "cut.pdf", tmp_path / "copy.pdf", limits)
    assert prepared.pages == 2
    assert [problem.code for problem in prepared.problems] == ["F112"]
    page = load_page(_file(prepared.path, 2), 1, PIXELS, limits)
    assert page.pixels.std() > 10


def test_a_file_without_its_end_is_read_with_a_warning(tmp_path: Path, limits: Limits) -> None:
    whole = write_pdf(tmp_path / "whole.pdf", [text_at(100, 700, "page one"), text_at(100, 700, "page two")])
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole.read_bytes().split(b"startxref")[0])
    prepared = prepare_pdf(path, "cut.pdf", tmp_path / "copy.pdf", limits)
    assert prepared.pages == 2
    assert [problem.code for problem in prepared.problems] == ["F112"]


def test_no_pages(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(raw_pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}))
    assert _code(path, limits) == "F110"


def test_too_many_pages_are_refused_before_any_is_read(tmp_path: Path, limits: Limits) -> None:
    path = write_pdf(tmp_path / "many.pdf", [b""] * 12)
    few = limits.model_copy(update={"pages_per_file": 10})
    with pytest.raises(FileError) as caught:
        prepare_pdf(path, "many.pdf", tmp_path / "copy.pdf", few)
    assert caught.value.problem.code == "F111"
    assert "12" in caught.value.problem.message


def test_words_named_pdf(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "words.pdf").write_text("这不是 PDF" * 50, "utf-8")
    assert _code(tmp_path / "words.pdf", limits) == "F102"


def test_a_loop_in_the_page_tree_ends(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "loop.pdf"
    path.write_bytes(
        raw_pdf(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Kids [3 0 R 2 0 R 2 0 R] /Count 3 >>",
                3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            }
        )
    )
    prepared = prepare_pdf(path, "loop.pdf", tmp_path / "copy.pdf", limits)
    assert load_page(_file(prepared.path), 0, PIXELS, limits).pixels.min() == 255


# pages


@pytest.mark.parametrize("box", [(0, 0, 2_000_000_000, 842), (0, 0, 595, 20_000)])
def test_absurd_sizes_are_refused_before_rendering(tmp_path: Path, limits: Limits, box: tuple[int, ...]) -> None:
    assert _page_code(write_pdf(tmp_path / "huge.pdf", box=box), limits) == "P202"


def test_a_huge_picture_on_a_page_is_refused_before_decoding(tmp_path: Path, limits: Limits) -> None:
    path = write_scan(tmp_path / "scan.pdf", [page_picture()])
    small = limits.model_copy(update={"image_pixels": 500_000})
    assert _page_code(path, small) == "P202"


def test_a_page_that_is_not_there(tmp_path: Path, limits: Limits) -> None:
    assert _page_code(write_pdf(tmp_path / "a.pdf"), limits, index=7) == "P201"


def test_a_file_that_has_gone(tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(PageError) as caught:
        load_page(_file(tmp_path / "gone.pdf"), 0, PIXELS, limits)
    assert caught.value.problem.code == "F113"


def test_a_broken_page_leaves_the_others(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(
        raw_pdf(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>",
                3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            }
        )
    )
    assert load_page(_file(path, 2), 0, PIXELS, limits).pixels.shape == (1000, 707, 3)
    assert _page_code(path, limits, index=1) in ("P201", "P202")


def test_pages_are_rendered_by_pixel_budget(tmp_path: Path, limits: Limits) -> None:
    path = write_pdf(tmp_path / "text.pdf", [text_at(100, 700, "Hello")])
    for pixels in (700, 2200):
        shape = load_page(_file(path), 0, pixels, limits).pixels.shape
        assert abs(max(shape) - pixels) <= 1
    strip = load_page(_file(write_pdf(tmp_path / "strip.pdf", box=(0, 0, 100, 1000))), 0, 1000, limits).pixels
    assert strip.shape[0] == 4000 and abs(strip.shape[1] - 400) <= 1  # its lines are as wide as the short side


def test_a_scan_is_hardly_enlarged(tmp_path: Path, limits: Limits) -> None:
    scan = write_scan(tmp_path / "scan.pdf", [page_picture(620, 877)])
    assert max(load_page(_file(scan), 0, 3000, limits).pixels.shape) == 877
    assert max(load_page(_file(scan), 0, 500, limits).pixels.shape) == 500
    hidden = write_scan(tmp_path / "hidden.pdf", [page_picture(620, 877)], b"3 Tr " + text_at(90, 600, "layer"))
    assert max(load_page(_file(hidden), 0, 3000, limits).pixels.shape) == pytest.approx(1.3 * 877, abs=2)
    stamped = write_scan(tmp_path / "stamped.pdf", [page_picture(620, 877)], text_at(90, 600, "Received"))
    assert max(load_page(_file(stamped), 0, 3000, limits).pixels.shape) == pytest.approx(3000, abs=1)


def test_colours_come_out_as_rgb(tmp_path: Path, limits: Limits) -> None:
    pixels = load_page(_file(write_scan(tmp_path / "scan.pdf", [page_picture()])), 0, 877, limits).pixels
    assert pixels.dtype == np.uint8 and pixels.flags.c_contiguous
    red = pixels[35, 35]
    assert red[0] > 180 and red[1] < 60 and red[2] < 60


def test_filled_form_fields_are_drawn(tmp_path: Path, limits: Limits) -> None:
    with pikepdf.new() as document:
        add_page(document)
        look = document.make_stream(b"0 0 0 rg 0 0 200 100 re f")
        look.update(pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 100]))
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=b"name", V=b"x", F=4,
                Rect=[100, 600, 300, 700], AP=pikepdf.Dictionary(N=look),
            )
        )  # fmt: skip
        document.pages[0].obj.Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        document.save(tmp_path / "form.pdf")
    pixels = load_page(_file(tmp_path / "form.pdf"), 0, 842, limits).pixels
    assert ink_box(pixels) == pytest.approx((100 / 595, 142 / 842, 300 / 595, 242 / 842), abs=0.01)


def test_shared_form_fields_do_not_hang(tmp_path: Path, limits: Limits) -> None:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    }
    for number in range(4, 44):
        objects[number] = b"<< /Kids [%d 0 R %d 0 R] >>" % (number + 1, number + 1)
    objects[44] = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (leaf) /Rect [0 0 1 1] >>"
    (tmp_path / "fields.pdf").write_bytes(raw_pdf(objects))
    assert load_page(_file(tmp_path / "fields.pdf"), 0, 500, limits).pixels.shape == (500, 354, 3)


def test_a_rewritten_file_is_opened_anew(tmp_path: Path, limits: Limits) -> None:
    path = write_pdf(tmp_path / "a.pdf", [text_at(100, 700, "first")])
    assert load_page(_file(path), 0, 500, limits).digital[0].text == "first"
    write_pdf(path, [text_at(100, 700, "second version")])
    assert load_page(_file(path), 0, 500, limits).digital[0].text == "second version"


# digital text


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [(0, 0, 595, 842), (50, -30, 645, 812), (-200, 100, 395, 942)])
@pytest.mark.parametrize("cropped", [False, True])
def test_line_boxes_lie_on_the_ink(
    tmp_path: Path, limits: Limits, rotate: int, media: tuple[int, ...], cropped: bool
) -> None:
    turns = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
    x, y = media[0] + 300, media[1] + 400
    content = b"BT /F1 30 Tf %d %d %d %d %d %d Tm (HEH) Tj ET" % (*turns[rotate], x, y)
    keys: dict[str, object] = {"Rotate": rotate}
    if cropped:
        keys["CropBox"] = [media[0] + 20, media[1] + 70, media[2] - 110, media[3] - 140]
    page = load_page(_file(write_pdf(tmp_path / "a.pdf", [content], box=media, **keys)), 0, PIXELS, limits)
    assert [line.text for line in page.digital] == ["HEH"]
    box, ink = page.digital[0].box, ink_box(page.pixels)
    assert (box.x0, box.x1) == pytest.approx((ink[0], ink[2]), abs=0.01)
    assert box.y0 <= ink[1] + 0.002 and ink[3] - 0.002 <= box.y1
    assert box.height < 3 * (ink[3] - ink[1])


def test_lines_come_top_down_with_spaces_and_cells(tmp_path: Path, limits: Limits) -> None:
    content = b"".join(
        [
            text_at(300, 500, "右栏"),
            text_at(100, 500, "左栏"),
            text_at(100, 700, "法律援助申请表", 24),
            text_at(100, 600, "申"), text_at(140, 600, "请"), text_at(180, 600, "人"),
            text_at(100, 400, "Hello big world"),
            text_at(100, 300, "2022"), text_at(150, 300, "年"), text_at(170, 300, "8"), text_at(184, 300, "月"),
        ]
    )  # fmt: skip
    page = load_page(_file(write_pdf(tmp_path / "a.pdf", [content])), 0, PIXELS, limits)
    assert [line.text for line in page.digital] == [
        "法律援助申请表", "申 请 人", "左栏", "右栏", "Hello big world", "2022年8月",
    ]  # fmt: skip
    assert all(line.score is None for line in page.digital)
    assert page.digital[2].box.x1 < page.digital[3].box.x0


def test_a_ruling_parts_two_cells(tmp_path: Path, limits: Limits) -> None:
    cells = text_at(100, 500, "姓名") + text_at(150, 500, "张三")
    ruled = cells + b"145 480 m 145 540 l S\n"
    lines = [load_page(_file(write_pdf(tmp_path / f"{name}.pdf", [content])), 0, PIXELS, limits).digital
             for name, content in (("plain", cells), ("ruled", ruled))]  # fmt: skip
    assert [[line.text for line in page] for page in lines] == [["姓名张三"], ["姓名", "张三"]]


def test_bold_by_drawing_twice_is_read_once(tmp_path: Path, limits: Limits) -> None:
    content = text_at(100, 500, "起诉书") + text_at(100.6, 500, "起诉书") + text_at(100, 400, "llll")
    page = load_page(_file(write_pdf(tmp_path / "a.pdf", [content])), 0, PIXELS, limits)
    assert [line.text for line in page.digital] == ["起诉书", "llll"]


def test_turned_text_is_left_to_the_image(tmp_path: Path, limits: Limits) -> None:
    sideways = b"BT /F1 20 Tf 0 1 -1 0 300 300 Tm (all of it turned) Tj ET\n"
    page = load_page(_file(write_pdf(tmp_path / "a.pdf", [sideways])), 0, PIXELS, limits)
    assert page.digital == () and ink_box(page.pixels)[2] > 0
    upright = sideways + b"".join(text_at(100, 800 - 30 * row, "an upright line of text") for row in range(5))
    page = load_page(_file(write_pdf(tmp_path / "b.pdf", [upright])), 0, PIXELS, limits)
    assert [line.text for line in page.digital] == ["an upright line of text"] * 5


def test_text_outside_the_crop_box_is_no_text(tmp_path: Path, limits: Limits) -> None:
    content = text_at(100, 800, "cut away") + text_at(100, 400, "visible")
    page = load_page(_file(write_pdf(tmp_path / "a.pdf", [content], CropBox=[0, 0, 595, 700])), 0, PIXELS, limits)
    assert [line.text for line in page.digital] == ["visible"]


def test_the_image_stands_when_the_text_fails(tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_pdf(tmp_path / "a.pdf", [text_at(100, 700, "Hello")])

    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("pipeline.intake.pdf.pdfplumber.open", broken)
    page = load_page(_file(path), 0, PIXELS, limits)
    assert page.digital == () and page.pixels.min() < 128


def test_an_image_named_pdf_is_no_matter_for_pdfium(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "a.pdf").write_bytes(image_bytes(page_picture(60, 80)))
    assert _code(tmp_path / "a.pdf", limits) == "F102"
