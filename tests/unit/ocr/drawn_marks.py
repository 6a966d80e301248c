"""Marks and what looks like them, drawn on paper for the tests: each function changes the page it is given."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

RED: Colour = (205, 40, 50)
BLUE: Colour = (40, 60, 180)
GREY: Colour = (120, 120, 120)
BLACK: Colour = (25, 25, 25)
MM = 1684 / 297
"""Pixels a millimetre of a page 1684 pixels high."""


def sheet(colour: Colour = (247, 243, 228)) -> Pixels:
    return np.full((1684, 1190, 3), colour, np.uint8)


def print_lines(page: Pixels, first: int = 180, last: int = 1000, step: int = 48) -> None:
    """Rows of print that fill the page's width."""
    words = "0123456789 abcdefghij ABCDEFG klmnop 12 qrstuv 2024"
    for row, y in enumerate(range(first, last, step)):
        text = words[row % 9 :] + words[: row % 9]
        cv2.putText(page, text, (130, y), cv2.FONT_HERSHEY_DUPLEX, 0.95, BLACK, 2, cv2.LINE_AA)


def stamp(page: Pixels, ink: NDArray[np.float32], colour: Colour, strength: float = 0.9) -> None:
    """Press ink (0..1, of the page's size) on a page: what is below shows through."""
    cover = (ink * strength)[..., None]
    page[:] = (page * (1 - cover * (1 - np.array(colour, np.float32) / 255))).astype(np.uint8)


def seal(page: Pixels, x: int, y: int, colour: Colour, tall: float = 1.0, strength: float = 0.9) -> Box:
    """An official seal 40 mm wide with rim, star and characters around; an oval one where `tall` is less than 1."""
    side = round(44 * MM)
    tile = np.zeros((side, side), np.float32)
    middle, radius = side // 2, round(20 * MM)
    cv2.circle(tile, (middle, middle), radius, 1.0, round(1.1 * MM), cv2.LINE_AA)
    star = [
        (middle + r * MM * np.sin(a), middle - r * MM * np.cos(a))
        for k in range(5)
        for r, a in ((6.0, k * 2 * np.pi / 5), (2.3, (k + 0.5) * 2 * np.pi / 5))
    ]
    cv2.fillPoly(tile, [np.rint(star).astype(np.int32)], 1.0, cv2.LINE_AA)
    for k in range(9):
        glyph = np.zeros_like(tile)
        cv2.putText(
            glyph, "REHKXABMW"[k], (middle - 12, middle - round(13.2 * MM)), cv2.FONT_HERSHEY_DUPLEX, 1.1, 1.0, 3
        )
        turn = cv2.getRotationMatrix2D((middle, middle), 112 - 28 * k, 1.0)
        tile = np.maximum(tile, cv2.warpAffine(glyph, turn, (side, side)))
    tile = cv2.resize(tile, (side, round(side * tall)), interpolation=cv2.INTER_AREA)
    return _press(page, tile, x, y, colour, strength)


def square_seal(page: Pixels, x: int, y: int, colour: Colour) -> Box:
    """A square official seal, 36 mm a side, with nine characters."""
    side = round(36 * MM)
    tile = np.zeros((side, side), np.float32)
    cv2.rectangle(tile, (2, 2), (side - 3, side - 3), 1.0, round(1.2 * MM))
    for k in range(9):
        at = (round(side * (0.12 + 0.29 * (k % 3))), round(side * (0.31 + 0.28 * (k // 3))))
        cv2.putText(tile, "REHKXABMW"[k], at, cv2.FONT_HERSHEY_TRIPLEX, 1.6, 1.0, 4, cv2.LINE_AA)
    return _press(page, tile, x, y, colour, 0.9)


def thumb(
    page: Pixels, x: int, y: int, colour: Colour, *, solid: bool = False, smeared: bool = False, strength: float = 0.85
) -> Box:
    """A thumb's print, 13 x 18 mm: ridges, or nearly a blot; pulled aside where `smeared`."""
    rows, columns = np.mgrid[-60:60, -60:60].astype(np.float32) / MM
    noise = np.random.default_rng(5)
    rough = cv2.resize(noise.normal(0, 1, (8, 8)).astype(np.float32), (120, 120), interpolation=cv2.INTER_CUBIC)
    body = np.clip((1 - np.hypot(columns / 6.5, rows / 9) + 0.06 * rough) * 8, 0, 1)
    swirl = np.hypot(columns, 0.7 * (rows - 1.5)) + 0.15 * rough
    ridges = 0.5 + 0.5 * np.tanh(3 * (np.sin(2 * np.pi * swirl / 0.75) + (0.9 if solid else 0.1)))
    tile = np.asarray(body * (0.15 + 0.85 * ridges), np.float32)
    if smeared:
        tile = np.maximum(0.6 * tile, cv2.blur(tile, (35, 3)))
    return _press(page, tile, x, y, colour, strength)


def signature(
    page: Pixels, x: int, y: int, colour: Colour, seed: int = 4, width: float = 42, height: float = 13
) -> Box:
    """A name nobody can read, `width` mm long: bends up and down in one stroke, and a dash below."""
    noise = np.random.default_rng(seed)
    bends = max(4, round(width / 3))
    knots = [(k * width / bends, height * (0.5 + 0.45 * (-1) ** k * noise.uniform(0.3, 1))) for k in range(bends + 1)]
    curve = np.array(knots, np.float32) * MM
    t = np.linspace(0, bends, 30 * bends)
    smooth = np.stack([np.interp(t, range(bends + 1), curve[:, axis]) for axis in (0, 1)], axis=1)
    kernel = np.ones(25) / 25
    bent = np.stack([np.convolve(np.pad(smooth[:, axis], 12, "edge"), kernel, "valid") for axis in (0, 1)], axis=1)
    tile = np.zeros((round((height + 6) * MM), round((width + 6) * MM)), np.float32)
    cv2.polylines(tile, [np.rint(bent + 3 * MM).astype(np.int32)], False, 1.0, 3, cv2.LINE_AA)
    dash = np.array([[2, height + 3], [width * 0.6, height + 1], [width + 3, height + 2.5]], np.float32) * MM
    cv2.polylines(tile, [np.rint(dash).astype(np.int32)], False, 1.0, 2, cv2.LINE_AA)
    return _press(page, tile, x, y, colour, 0.95)


def one_bit(page: Pixels) -> Pixels:
    """The page as a fax or a copier in one bit sees it."""
    gray = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return np.repeat(np.where(gray > 160, 255, 0).astype(np.uint8)[..., None], 3, axis=2)


def copied(page: Pixels) -> Pixels:
    """The page as a photocopy, in grey."""
    return np.repeat(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)


def identity_card(page: Pixels) -> None:
    """A copy of a card: frame, portrait with a head, emblem, small print."""
    cv2.rectangle(page, (250, 300), (730, 610), (90, 90, 90), 3)
    cv2.rectangle(page, (560, 340), (700, 520), (150, 150, 150), -1)
    cv2.ellipse(page, (630, 410), (38, 50), 0, 0, 360, (80, 80, 80), -1, cv2.LINE_AA)
    cv2.circle(page, (330, 400), 48, (90, 90, 90), 4, cv2.LINE_AA)
    for y in range(480, 590, 30):
        cv2.putText(page, "ID 330106 1988", (280, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, BLACK, 2, cv2.LINE_AA)


def photograph(page: Pixels) -> None:
    noise = np.random.default_rng(3).integers(20, 220, (9, 12), np.uint8)
    shades = cv2.resize(noise, (520, 380), interpolation=cv2.INTER_CUBIC)
    page[300:680, 300:820] = shades[..., None]


def matrix_code(page: Pixels) -> None:
    bits = np.random.default_rng(1).integers(0, 2, (29, 29), np.uint8) * 255
    page[300:590, 400:690] = np.kron(bits, np.ones((10, 10), np.uint8))[..., None]
    bars = np.repeat(np.random.default_rng(2).integers(0, 2, 90).astype(np.uint8) * 255, 4)
    page[900:980, 400:760] = bars[None, :, None]


def table(page: Pixels) -> None:
    for y in range(250, 1300, 90):
        cv2.line(page, (110, y), (1080, y), BLACK, 2)
    for x in (110, 300, 520, 860, 1080):
        cv2.line(page, (x, 250), (x, 1240), BLACK, 2)
    for y in range(310, 1240, 90):
        cv2.putText(page, "12 2024.05", (320, y), cv2.FONT_HERSHEY_DUPLEX, 0.9, BLACK, 2, cv2.LINE_AA)


def red_headline(page: Pixels) -> None:
    cv2.putText(page, "RED LETTERHEAD OF AN OFFICE", (150, 200), cv2.FONT_HERSHEY_DUPLEX, 1.6, RED, 4, cv2.LINE_AA)
    cv2.line(page, (120, 240), (1070, 240), RED, 4)


def underlines(page: Pixels) -> None:
    for y in range(300, 900, 100):
        cv2.putText(page, "NAME", (140, y), cv2.FONT_HERSHEY_DUPLEX, 0.95, BLACK, 2, cv2.LINE_AA)
        cv2.line(page, (260, y + 6), (640, y + 6), BLACK, 2)


def stains(page: Pixels) -> None:
    """Something spilt: pale, soft, of a thumb's size and larger."""
    ink = np.zeros(page.shape[:2], np.float32)
    for x, y, wide, tall in ((300, 400, 60, 40), (700, 800, 160, 90), (900, 300, 45, 45)):
        cv2.ellipse(ink, (x, y), (wide, tall), 20, 0, 360, 1.0, -1, cv2.LINE_AA)
    stamp(page, cv2.GaussianBlur(ink, (0, 0), 8), BLACK, 0.18)


def _press(page: Pixels, tile: NDArray[np.float32], x: int, y: int, colour: Colour, strength: float) -> Box:
    """Press a tile with its middle at (x, y); what lies off the page is lost. Gives the box of its ink on the page."""
    height, width = page.shape[:2]
    left, top = x - tile.shape[1] // 2, y - tile.shape[0] // 2
    ink = np.zeros((height, width), np.float32)
    x0, y0, x1, y1 = max(0, left), max(0, top), min(width, left + tile.shape[1]), min(height, top + tile.shape[0])
    ink[y0:y1, x0:x1] = tile[y0 - top : y1 - top, x0 - left : x1 - left]
    stamp(page, ink, colour, strength)
    rows, columns = np.nonzero((ink > 0.2).any(axis=1))[0], np.nonzero((ink > 0.2).any(axis=0))[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
