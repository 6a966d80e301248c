"""What a scanner and the years do to a clean page; boxes are carried along."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from sample_scans.generator.fonts import font

Place = tuple[float, float, float, float]
LEAST = 29_000
"""Bytes that a page in JPEG 2000 takes at least."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Habits of one scanner and one archive: the same through a file, a little different on every page."""

    grey: bool = False
    skew: float = 0.7
    quality: int = 40
    noise: float = 1.6
    edge: int = 14
    """Grey level of the scanner's lid where it shows beside the page."""
    holes: bool = True
    numbering: str = "pencil"
    """How the archive numbers pages: pencil, machine or none."""
    streak: bool = False
    gradient: float = 8.0
    fax: bool = False
    """Black and white at 200 dpi, whatever stands on the page."""
    auto: bool = False
    """Looks for colour itself: pages without any are stored black and white at 200 dpi, the others as JPEG 2000."""
    fidelity: int = 30
    """How true JPEG 2000 stays to the page, in dB."""


@dataclass(frozen=True, slots=True)
class Worn:
    """A scanned page: the picture as stored (turned), and the matrix that carries upright boxes along."""

    data: bytes
    size: tuple[int, int]
    matrix: tuple[float, float, float, float, float, float]
    grey: bool = False
    codec: Literal["jpeg", "jp2", "g4"] = "jpeg"

    def place(self, box: Place) -> list[float]:
        """The box on the upright scan, as fractions of its width and height."""
        a, b, c, d, e, f = self.matrix
        corners = [(box[i], box[j]) for i in (0, 2) for j in (1, 3)]
        xs = [a * x + b * y + c for x, y in corners]
        ys = [d * x + e * y + f for x, y in corners]
        w, h = self.size
        values = (min(xs) / w, min(ys) / h, max(xs) / w, max(ys) / h)
        return [round(min(1.0, max(0.0, v)), 4) for v in values]


def show_through(page: Image.Image, behind: Image.Image, strength: float) -> Image.Image:
    """The print of another side, mirrored and faint."""
    ghost = ImageOps.mirror(behind.convert("L")).filter(ImageFilter.GaussianBlur(1.6))
    ghost = ghost.point(lambda v: int(255 - (255 - v) * strength))
    return ImageChops.multiply(page, Image.merge("RGB", (ghost, ghost, ghost)))


def _paper(page: Image.Image, tint: tuple[int, int, int], rng: random.Random, gradient: float) -> Image.Image:
    noise = np.random.default_rng(rng.randrange(2**31))
    low = Image.fromarray((255 - noise.random((6, 5)) * gradient).astype("uint8"))
    shade = low.resize(page.size, Image.Resampling.BICUBIC)
    page = ImageChops.multiply(page, Image.new("RGB", page.size, tint))
    return ImageChops.multiply(page, Image.merge("RGB", (shade, shade, shade)))


def _dirt(page: Image.Image, rng: random.Random, scan: Scan, number: int | None, back: bool) -> None:
    draw = ImageDraw.Draw(page)
    w, h = page.size
    for _ in range(rng.randint(3, 16)):
        x, y, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.6, 2.4)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(90, 90, 90))
    if scan.holes:
        side = w - 40 if back else 40
        for y in (h * 0.34, h * 0.66):
            r = 15 + rng.uniform(-1, 1)
            x, y = side + rng.uniform(-3, 3), y + rng.uniform(-4, 4)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(30, 30, 32))
    if number and scan.numbering != "none":
        pencil = scan.numbering == "pencil"
        text = str(number) if pencil else f"{number:04}"
        face = font("pencil" if pencil else "sans", 36 if pencil else 26)
        place = (w - 120 + rng.uniform(-14, 14), 58 + rng.uniform(-10, 10))
        draw.text(place, text, font=face, fill=(112, 112, 116) if pencil else (34, 40, 128))
    if scan.streak and rng.random() < 0.5:
        x = rng.uniform(w * 0.15, w * 0.85)
        draw.line((x, 0, x, h), fill=(216, 216, 214), width=2)


def _ruin(page: Image.Image, rng: random.Random) -> Image.Image:
    """A page that nobody can read: out of focus, washed out, blotted."""
    page = page.filter(ImageFilter.GaussianBlur(9.5))
    page = ImageEnhance.Contrast(page).enhance(0.5)
    draw = ImageDraw.Draw(page, "RGBA")
    for _ in range(26):
        x, y, r = rng.uniform(0, page.width), rng.uniform(0, page.height), rng.uniform(40, 190)
        level = rng.randint(150, 205)
        draw.ellipse((x - r, y - r * 0.6, x + r, y + r * 0.6), fill=(level, level, level - 6, 90))
    return page.filter(ImageFilter.GaussianBlur(4))


def wear(
    page: Image.Image,
    seed: str,
    scan: Scan,
    *,
    tint: tuple[int, int, int],
    behind: Image.Image | None = None,
    through: float = 0.0,
    copy: bool = False,
    lost: bool = False,
    turn: int = 0,
    number: int | None = None,
    back: bool = False,
    colourless: bool = False,
) -> Worn:
    """Scan the page. `turn`: degrees clockwise by which the stored scan must be turned to be upright."""
    rng = random.Random(seed)
    if copy:
        page = (
            ImageEnhance.Contrast(page.convert("L").filter(ImageFilter.GaussianBlur(0.8))).enhance(1.5).convert("RGB")
        )
    if behind is not None and through:
        page = show_through(page, behind, through)
    page = _paper(page, (246, 246, 244) if copy else tint, rng, scan.gradient)
    _dirt(page, rng, scan, number, back)
    if lost:
        page = _ruin(page, rng)
    w, h = page.size
    angle = math.radians(rng.gauss(0, scan.skew / 1.6))
    angle = max(-0.03, min(0.03, angle))
    scale = 1 - rng.uniform(0, 0.018)
    shift = rng.uniform(-8, 8), rng.uniform(-8, 8)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    cx, cy = w / 2, h / 2
    forward = (cos, -sin, cx - cos * cx + sin * cy + shift[0], sin, cos, cy - sin * cx - cos * cy + shift[1])
    det = cos * cos + sin * sin
    ia, ib, id_, ie = cos / det, sin / det, -sin / det, cos / det
    inverse = (ia, ib, -(ia * forward[2] + ib * forward[5]), id_, ie, -(id_ * forward[2] + ie * forward[5]))
    lid = (scan.edge + rng.randint(0, 8),) * 3
    page = page.transform((w, h), Image.Transform.AFFINE, inverse, Image.Resampling.BICUBIC, fillcolor=lid)
    page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.35, 0.7)))
    noise = np.random.default_rng(rng.randrange(2**31))
    pixels = np.asarray(page, dtype=np.int16) + noise.normal(0, scan.noise, (h, w, 1)).astype(np.int16)
    page = Image.fromarray(np.clip(pixels, 0, 255).astype("uint8"))
    if scan.grey or copy:
        page = page.convert("L")
    if turn:
        page = page.rotate(turn, expand=True)
    colourless = colourless or scan.fax
    if scan.auto or scan.fax:
        data = _fax(page) if colourless else _jp2(page, scan.fidelity)
        return Worn(data, (w, h), forward, grey=colourless, codec="g4" if colourless else "jp2")
    buffer = io.BytesIO()
    page.save(
        buffer, "JPEG", quality=scan.quality + rng.randint(-3, 3), subsampling="4:2:0", optimize=True, dpi=(150, 150)
    )
    return Worn(buffer.getvalue(), (w, h), forward, grey=scan.grey or copy)


def _jp2(page: Image.Image, fidelity: int) -> bytes:
    """JPEG 2000 of an even fidelity; pages with little on them still get the bytes that keep their writing sharp."""

    def encoded(mode: str, layer: int) -> bytes:
        buffer = io.BytesIO()
        page.convert("RGB").save(buffer, "JPEG2000", quality_mode=mode, quality_layers=[layer], irreversible=True)
        return buffer.getvalue()

    even = encoded("dB", fidelity)
    return even if len(even) >= LEAST else encoded("rates", page.width * page.height * 3 // LEAST)


def _fax(page: Image.Image) -> bytes:
    """Black and white at 200 dpi, CCITT group 4, as a TIFF of one strip."""
    size = round(page.width * 4 / 3), round(page.height * 4 / 3)
    grey = page.convert("L").resize(size, Image.Resampling.BICUBIC)
    black = grey.point(lambda v: 255 if v > 150 else 0).convert("1", dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    black.save(buffer, "TIFF", compression="group4", tiffinfo={278: size[1]}, dpi=(200, 200))
    return buffer.getvalue()
