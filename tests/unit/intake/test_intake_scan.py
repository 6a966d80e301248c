"""Pages that are one JPEG: decoded as they are where nothing else can be seen, drawn by pdfium everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from intake_samples import image_bytes, page_picture, text_at, write_scan
from numpy.typing import NDArray
from PIL import Image

from pipeline.config import Limits
from pipeline.intake import pdf
from pipeline.intake.open_case import SourceFile
from pipeline.intake.page import load_page

PIXELS = 877


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for every page whose JPEG was tried: whether it was taken."""
    tried: list[bool] = []

    def spy(jpeg: bytes, size: tuple[int, int], most: float, turn: int) -> NDArray[np.uint8] | None:
        found = original(jpeg, size, most, turn)
        tried.append(found is not None)
        return found

    original = pdf.decoded
    monkeypatch.setattr(pdf, "decoded", spy)
    return tried


def _load(path: Path, limits: Limits, pixels: int = PIXELS) -> NDArray[np.uint8]:
    return load_page(SourceFile(path.name, path, "0" * 64, "pdf", 1), 0, pixels, limits).pixels


def _drawn(path: Path, like: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What pdfium draws of the page, at the size of another picture."""
    page = pypdfium2.PdfDocument(path)[0]
    drawn = page.render(scale=max(like.shape[:2]) / max(page.get_size()), rev_byteorder=True).to_numpy()[:, :, :3]
    return np.asarray(Image.fromarray(drawn).resize(like.shape[1::-1]), np.uint8)


def _scan(path: Path, change: Callable[[pikepdf.Page, pikepdf.Object], None] | None = None, extra: bytes = b"") -> Path:
    write_scan(path, [page_picture()], extra)
    if change is not None:
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            page = document.pages[0]
            change(page, next(iter(page.get_images().values())))
            document.save(path)
    return path


def _far(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(np.abs(one.astype(int) - other).mean())


def test_a_scan_is_taken_as_it_is(tmp_path: Path, limits: Limits, taken: list[bool]) -> None:
    path = _scan(tmp_path / "a.pdf")
    pixels = _load(path, limits)
    assert taken == [True]
    assert np.array_equal(pixels, np.asarray(Image.open(_jpeg(path, tmp_path)).convert("RGB")))
    assert _far(pixels, _drawn(path, pixels)) < 3


def _jpeg(path: Path, folder: Path) -> Path:
    with pikepdf.open(path) as document:
        image = next(iter(document.pages[0].get_images().values()))
        (folder / "a.jpg").write_bytes(image.read_raw_bytes())
    return folder / "a.jpg"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_comes_turned(tmp_path: Path, limits: Limits, taken: list[bool], turn: int) -> None:
    path = _scan(tmp_path / "a.pdf", lambda page, _: page.rotate(turn, relative=False))
    pixels = _load(path, limits)
    assert taken == [True]
    assert _far(pixels, _drawn(path, pixels)) < 3


@pytest.mark.parametrize("pixels", [700, 438, 200])
def test_a_large_scan_is_shrunk(tmp_path: Path, limits: Limits, taken: list[bool], pixels: int) -> None:
    path = _scan(tmp_path / "a.pdf")
    found = _load(path, limits, pixels)
    assert taken == [True]
    assert max(found.shape) == pixels
    assert _far(found, _drawn(path, found)) < 8


def test_a_grey_scan_has_three_channels(tmp_path: Path, limits: Limits, taken: list[bool]) -> None:
    def grey(_: pikepdf.Page, image: pikepdf.Object) -> None:
        image.write(image_bytes(page_picture().convert("L")), filter=pikepdf.Name.DCTDecode)
        image.ColorSpace = pikepdf.Name.DeviceGray

    pixels = _load(_scan(tmp_path / "a.pdf", grey), limits)
    assert taken == [True]
    assert pixels.shape == (877, 620, 3)


def _masked(page: pikepdf.Page, image: pikepdf.Object) -> None:
    image.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0])


def _smaller(page: pikepdf.Page, image: pikepdf.Object) -> None:
    page.Contents.write(page.Contents.read_bytes().replace(b"cm", b"cm 0.5 0 0 0.5 20 20 cm", 1))


def _mirrored(page: pikepdf.Page, image: pikepdf.Object) -> None:
    page.Contents.write(page.Contents.read_bytes().replace(b"cm", b"cm -1 0 0 1 1 0 cm", 1))


def _cropped(page: pikepdf.Page, image: pikepdf.Object) -> None:
    page.CropBox = pikepdf.Array([100, 100, 400, 600])


def _clipped(page: pikepdf.Page, image: pikepdf.Object) -> None:
    page.Contents.write(b"100 100 200 300 re W n " + page.Contents.read_bytes())


def _annotated(page: pikepdf.Page, image: pikepdf.Object) -> None:
    page.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, C=[1, 0, 0],
                                                    IC=[1, 0, 0], Rect=[50, 50, 400, 700])])  # fmt: skip


@pytest.mark.parametrize("change", [_masked, _smaller, _mirrored, _cropped, _clipped, _annotated])
def test_whatever_changes_the_picture_is_drawn(
    tmp_path: Path, limits: Limits, taken: list[bool], change: Callable[[pikepdf.Page, pikepdf.Object], None]
) -> None:
    pixels = _load(_scan(tmp_path / "a.pdf", change), limits)
    assert taken == []
    assert pixels.ndim == 3


def test_text_over_a_scan_is_drawn(tmp_path: Path, limits: Limits, taken: list[bool]) -> None:
    _load(_scan(tmp_path / "a.pdf", extra=text_at(90, 600, "Received")), limits)
    assert taken == []


def test_a_picture_of_another_size_than_it_says_is_not_decoded(
    tmp_path: Path, limits: Limits, taken: list[bool]
) -> None:
    def lie(_: pikepdf.Page, image: pikepdf.Object) -> None:
        image.write(image_bytes(page_picture(1240, 1754)), filter=pikepdf.Name.DCTDecode)

    _load(_scan(tmp_path / "a.pdf", lie), limits)
    assert taken == [False]


def test_a_damaged_picture_is_left_to_pdfium(tmp_path: Path, limits: Limits, taken: list[bool]) -> None:
    def cut(_: pikepdf.Page, image: pikepdf.Object) -> None:
        image.write(image.read_raw_bytes()[:9000], filter=pikepdf.Name.DCTDecode)

    pixels = _load(_scan(tmp_path / "a.pdf", cut), limits)
    assert taken == [False]
    assert pixels.shape[2] == 3
