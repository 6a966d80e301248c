from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from intake_samples import image_bytes, page_picture, png_claiming
from PIL import Image

from pipeline.config import Limits
from pipeline.intake.failures import FileError, PageError
from pipeline.intake.image import count_frames, load_frame

PAGE = page_picture(620, 877)


def _load(path: Path, limits: Limits, index: int = 0, pixels: int = 2200) -> np.ndarray:
    array, problems = load_frame(path, path.name, index, pixels, limits)
    assert array.dtype == np.uint8 and array.ndim == 3 and array.shape[2] == 3
    assert problems == ()
    return array


def _code(path: Path, limits: Limits, index: int = 0) -> str:
    with pytest.raises(PageError) as caught:
        load_frame(path, path.name, index, 2200, limits)
    problem = caught.value.problem
    assert (problem.file, problem.file_page) == (path.name, index + 1)
    assert pickle.loads(pickle.dumps(caught.value)).problem == problem
    return problem.code


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "1"), ("PNG", "P"), ("PNG", "RGBA"),
        ("PNG", "LA"), ("PNG", "I;16"), ("TIFF", "RGB"), ("TIFF", "1"), ("TIFF", "CMYK"), ("TIFF", "I;16"),
        ("TIFF", "F"), ("BMP", "RGB"), ("BMP", "1"), ("BMP", "P"), ("WEBP", "RGB"), ("GIF", "P"),
    ],
)  # fmt: skip
def test_every_colour_mode_becomes_the_same_page(tmp_path: Path, limits: Limits, form: str, mode: str) -> None:
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(PAGE.convert("L"), dtype=np.uint16) * 257)
    elif mode == "F":
        picture = Image.fromarray(np.asarray(PAGE.convert("L"), dtype=np.float32) / 255)
    else:
        picture = PAGE.convert(mode)
    path = tmp_path / "page.jpg"  # the content counts, not the extension
    path.write_bytes(image_bytes(picture, form))
    array = _load(path, limits)
    assert array.shape == (877, 620, 3)
    difference = np.abs(array.mean(axis=2) - np.asarray(PAGE.convert("L"), dtype=float))[100:]
    assert difference.mean() < 4


def test_fax_compressed_tiff(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "fax.tif"
    path.write_bytes(image_bytes(PAGE.convert("1"), "TIFF", compression="group4"))
    assert np.abs(_load(path, limits).mean() - np.asarray(PAGE).mean()) < 3


def test_transparent_parts_are_white_paper(tmp_path: Path, limits: Limits) -> None:
    picture = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (40, 40, 60, 60))
    (tmp_path / "a.png").write_bytes(image_bytes(picture, "PNG"))
    array = _load(tmp_path / "a.png", limits)
    assert array[0, 0].tolist() == [255, 255, 255] and array[50, 50].tolist() == [0, 0, 0]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(tmp_path: Path, limits: Limits, form: str, orientation: int) -> None:
    stored = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    picture = PAGE if stored is None else PAGE.transpose(stored)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo"
    path.write_bytes(image_bytes(picture, form, exif=exif))
    array = _load(path, limits)
    assert array.shape == (877, 620, 3)
    assert np.abs(array.astype(int) - np.asarray(PAGE)).mean() < 2


def test_large_images_are_shrunk_and_small_ones_left(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(image_bytes(page_picture(2480, 3508)))
    array = _load(path, limits, pixels=1000)
    assert array.shape[0] == 1000 and abs(array.shape[1] - 707) <= 1
    assert _load(path, limits, pixels=9000).shape == (3508, 2480, 3)


def test_shrinking_averages_so_that_thin_lines_survive(tmp_path: Path, limits: Limits) -> None:
    picture = Image.new("1", (2000, 2000), 1)
    for column in range(0, 2000, 10):
        picture.paste(0, (column, 0, column + 1, 2000))
    path = tmp_path / "lines.tif"
    path.write_bytes(image_bytes(picture, "TIFF"))
    array = _load(path, limits, pixels=500)
    assert array.mean() == pytest.approx(255 * 0.9, abs=2)
    assert (array.min(axis=(0, 2)) < 255).mean() > 0.25


def test_long_screenshots_keep_their_width(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "chat.png"
    path.write_bytes(image_bytes(Image.new("RGB", (1080, 9000), "white"), "PNG"))
    assert _load(path, limits, pixels=2200).shape == (8800, 1056, 3)


def test_the_pages_of_a_tiff_without_its_previews(tmp_path: Path, limits: Limits) -> None:
    pages = [page_picture(310, 438, mark) for mark in range(3)]
    preview = page_picture(60, 80)
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    path = tmp_path / "many.tiff"
    pages[0].save(path, save_all=True, append_images=[preview, *pages[1:]])
    assert count_frames(path, "many.tiff", limits) == 3
    for index, page in enumerate(pages):
        assert np.array_equal(_load(path, limits, index), np.asarray(page))
    assert _code(path, limits, 3) == "P208"


def test_too_many_frames(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "many.tiff"
    page_picture(60, 80).save(path, save_all=True, append_images=[page_picture(60, 80)] * 5)
    with pytest.raises(FileError) as caught:
        count_frames(path, "many.tiff", limits.model_copy(update={"pages_per_file": 4}))
    assert caught.value.problem.code == "F111"


def test_a_tiff_whose_directories_form_a_ring_ends(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "ring.tiff"
    page_picture(60, 80).save(path, save_all=True, append_images=[page_picture(60, 80)])
    data = bytearray(path.read_bytes())
    with Image.open(path) as image:
        image.seek(1)
        image.seek(0)
        second = image.tag_v2.next
    entries = int.from_bytes(data[second : second + 2], "little")
    first = data[4:8]
    data[second + 2 + 12 * entries : second + 6 + 12 * entries] = first
    path.write_bytes(data)
    assert count_frames(path, "ring.tiff", limits) == 2


def test_claims_of_size_are_refused_before_decoding(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_claiming(60_000, 60_000))
    assert count_frames(path, "huge.png", limits) == 1
    assert _code(path, limits) == "P202"


def test_what_is_no_image(tmp_path: Path, limits: Limits) -> None:
    for name, data, code in (
        ("empty.jpg", b"", "F103"),
        ("words.jpg", b"only words" * 99, "F104"),
        ("head.jpg", b"\xff\xd8\xff\xe0" + bytes(40), "P208"),
        ("head.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "P208"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert count_frames(path, name, limits) == 1
        assert _code(path, limits) == code, name


def test_a_file_that_has_gone(tmp_path: Path, limits: Limits) -> None:
    assert _code(tmp_path / "gone.jpg", limits) == "F113"


@pytest.mark.parametrize(("form", "options"), [("JPEG", {"quality": 95}), ("PNG", {})])
def test_cut_off_images_are_read_if_most_is_there(
    tmp_path: Path, limits: Limits, form: str, options: dict[str, object]
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (877, 620, 3), dtype=np.uint8)
    whole = image_bytes(Image.fromarray(noise), form, **options)
    path = tmp_path / "cut"
    path.write_bytes(whole[: int(len(whole) * 0.9)])
    array, problems = load_frame(path, "cut", 0, 2200, limits)
    assert array.shape == (877, 620, 3)
    assert [problem.code for problem in problems] == ["P209"]
    assert array[-40:].min() == 255  # what is lost is white, not black
    assert array[:700].std() > 50
    path.write_bytes(whole[: int(len(whole) * 0.4)])
    assert _code(path, limits) == "P208"


def test_a_cut_off_progressive_image_says_so_though_all_rows_are_there(tmp_path: Path, limits: Limits) -> None:
    whole = image_bytes(PAGE, "JPEG", quality=95, progressive=True)
    path = tmp_path / "cut.jpg"
    path.write_bytes(whole[: int(len(whole) * 0.7)])
    array, problems = load_frame(path, "cut.jpg", 0, 2200, limits)
    assert [problem.code for problem in problems] == ["P209"]
    assert np.abs(array.astype(int) - np.asarray(PAGE)).mean() < 20
