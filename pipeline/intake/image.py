"""Page images: JPG, PNG, TIFF with one or many pages, BMP, in any colour mode, upright by their EXIF orientation."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile, TiffImagePlugin, UnidentifiedImageError

from pipeline.config import Limits
from pipeline.intake.budget import long_side
from pipeline.intake.failures import FileError, PageError, reason_zh
from pipeline.intake.kinds import kind_of_content, read_head
from pipeline.intake.stamp import Stamp, stamp_of
from pipeline.problems import Problem, problem

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "DIB", "GIF", "WEBP")
"""Formats tried, whatever the extension: chat programs save WebP and GIF under .jpg."""
Image.init()  # Pillow knows TIFF and WebP only after this
_MOST = 0.75
"""Share of the rows that a cut-off image must still have to be read at all."""
_NEW_SUBFILE_TYPE = 254
_REDUCED = 1
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation → what makes the picture upright (Exif 2.3, 4.6.4)."""


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The image with only its header read. Pillow's own size guard is off: ours looks at the limits in force."""
    previous, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as image:
                yield image
    finally:
        Image.MAX_IMAGE_PIXELS = previous


@contextmanager
def _cut_off_allowed() -> Iterator[None]:
    previous, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = previous


def count_frames(path: Path, name: str, limits: Limits) -> int:
    """Pages of an image file: its frames for TIFF, else one.

    An image that cannot be opened counts as one page, which fails when it is asked for: it keeps its place in the
    case, because it could be the very paper that seems to be missing. Raises `FileError` F111 for too many pages.
    """
    frames = len(_frames(path, stamp_of(path), limits.pages_per_file))
    if frames > limits.pages_per_file:
        raise FileError(problem("F111", file=name, detail=f"超过 {limits.pages_per_file} 页"))
    return frames


@lru_cache(maxsize=2)
def _frames(path: Path, stamp: Stamp, most: int) -> tuple[int, ...]:
    """Indices of the frames that are pages: previews (reduced-resolution frames) are none. At most `most` + 1."""
    pages: list[int] = []
    try:
        with _opened(path) as image:
            if not isinstance(image, TiffImagePlugin.TiffImageFile):
                return (0,)
            for frame in range(2 * most + 2):
                image.seek(frame)
                if not _is_preview(image):
                    pages.append(frame)
                if len(pages) > most:
                    break
    except EOFError:
        pass
    except Exception:  # a damaged directory ends the file; the frames before it are read
        pages = pages or [0]
    return tuple(pages) or (0,)


def _is_preview(image: TiffImagePlugin.TiffImageFile) -> bool:
    kind = image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)
    return isinstance(kind, int) and bool(kind & _REDUCED)


def load_frame(
    path: Path, name: str, index: int, pixels: int, limits: Limits
) -> tuple[NDArray[np.uint8], tuple[Problem, ...]]:
    """One page of an image file as RGB, shrunk to a long side of `pixels` where it is larger, never enlarged.

    An image cut off near its end is read as far as it goes, with problem P209. Raises `PageError`: F103 (empty file),
    F104 (no image), P202 (too many pixels to decode), P208 (damaged), F113 (the system refuses).
    """

    def failed(code: str, detail: str = "") -> PageError:
        return PageError(problem(code, file=name, file_page=index + 1, detail=detail))

    try:
        stamp = stamp_of(path)
        if stamp.size == 0:
            raise failed("F103")
        frames = _frames(path, stamp, limits.pages_per_file)
        if not 0 <= index < len(frames):
            raise failed("P208", "没有这一页")
        with _opened(path) as image:
            image.seek(frames[index])
            width, height = image.size
            if width < 1 or height < 1 or width * height > limits.image_pixels:
                raise failed("P202", f"{width} × {height} 像素")
        picture, share = _decoded(path, frames[index], long_side(width, height, pixels))
    except PageError:
        raise
    except UnidentifiedImageError as error:
        known = kind_of_content(read_head(path)) == "image"
        raise (failed("P208", "文件头损坏") if known else failed("F104")) from error
    except OSError as error:
        if error.errno is not None:
            raise failed("F113", reason_zh(error)) from error
        raise failed("P208", "数据无法解码") from error
    except Exception as error:  # Pillow's decoders raise anything on hostile data
        raise failed("P208", "数据无法解码") from error
    pixels_read = np.array(picture, dtype=np.uint8)
    if share is None:
        return pixels_read, ()
    if share < _MOST:
        raise failed("P208", f"只有约 {share:.0%} 可读")
    return pixels_read, (problem("P209", file=name, file_page=index + 1, detail=f"约 {share:.0%}"),)


def _decoded(path: Path, frame: int, target: float) -> tuple[Image.Image, float | None]:
    """The upright RGB picture; for a file that was cut off, also the share of rows that it still held."""
    with _opened(path) as image:
        _prepare(image, frame, target)
        try:
            image.load()
        except OSError as error:
            if error.errno is not None:
                raise
        else:
            return _upright_rgb(image, target), None
    with _cut_off_allowed(), _opened(path) as image:
        _prepare(image, frame, target)
        image.load()
        picture = _on_white(image)
        rows = _rows_held(np.asarray(image.convert("RGB")))
        picture.paste((255, 255, 255), (0, rows, image.width, image.height))
        return _upright(_shrunk(picture, target), image), rows / image.height


def _rows_held(pixels: NDArray[np.uint8]) -> int:
    """Rows down to the last one that was decoded: what is lost stays zero, or 128 in libjpeg."""
    flat = pixels.reshape(pixels.shape[0], -1)
    low, high = flat.min(axis=1), flat.max(axis=1)
    lost = (low == high) & np.isin(low, (0, 127, 128))
    held = np.flatnonzero(~lost)
    return int(held[-1]) + 1 if held.size else 0


def _prepare(image: Image.Image, frame: int, target: float) -> None:
    image.seek(frame)
    image.draft(None, _fitted(image.size, target))  # JPEG only: decodes at 1/2, 1/4, 1/8 where that is enough


def _upright_rgb(image: Image.Image, target: float) -> Image.Image:
    return _upright(_shrunk(_on_white(image), target), image)


def _fitted(size: tuple[int, int], target: float) -> tuple[int, int]:
    """The size with its long side cut to `target`, at least one pixel each way."""
    scale = min(1.0, target / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(picture: Image.Image, target: float) -> Image.Image:
    """Area-averaged down to the budget."""
    fitted = _fitted(picture.size, target)
    return picture if fitted == picture.size else picture.resize(fitted, Image.Resampling.BOX)


def _upright(picture: Image.Image, source: Image.Image) -> Image.Image:
    """Turned as the EXIF orientation of its file says (TIFF: Pillow has done so while decoding)."""
    orientation = 1
    with suppress(Exception):  # an unreadable EXIF block says nothing, the picture stands
        orientation = source.getexif().get(ExifTags.Base.Orientation, 1)
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    """Any mode as RGB of 8 bits; transparent parts become white paper."""
    if image.mode.startswith(("I", "F")):
        return Image.fromarray(_eight_bits(np.asarray(image))).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, (255, 255, 255))
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    if image.mode == "1":
        image = image.convert("L")  # so that shrinking averages
    return image.convert("RGB")


def _eight_bits(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Grey values of 16 or 32 bits, integer or not, as 8 bits; the range in use decides the scale."""
    clean = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    top = float(clean.max(initial=0.0))
    if np.issubdtype(values.dtype, np.floating) and top <= 1:
        scale = 255.0
    elif top <= 255:
        scale = 1.0
    else:
        scale = 255.0 / (65535.0 if top <= 65535 else top)
    return np.asarray(np.clip(clean * scale, 0, 255), dtype=np.uint8)
