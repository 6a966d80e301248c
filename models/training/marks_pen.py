"""Pen writing drawn stroke by stroke, for training the marks model: signatures, initials, ticks, names, lines of text.

Everything comes back as a tile: coverage by ink (height x width, 0..1), cut to what is inked. `mm` is pixels a
millimetre. Nobody's real signature took part: strokes are splines with pressure, letters come from fonts and are bent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Tile = npt.NDArray[np.float32]
Path2 = npt.NDArray[np.float64]
"""n x 2: a stroke's points, x and y in millimetres."""

_FINER = 3
"""How much finer strokes are drawn than they come back."""
_STROKE_FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
    cv2.FONT_HERSHEY_SCRIPT_COMPLEX,
)


@lru_cache(maxsize=400)
def face(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in pixels; of a collection, Simplified Chinese."""
    return ImageFont.truetype(str(path), size, index=2 if path.suffix == ".ttc" else 0)


def trimmed(tile: Tile) -> Tile:
    """Cut a tile to what is inked; one empty pixel where nothing is."""
    rows, columns = np.nonzero((tile > 0.15).any(axis=1))[0], np.nonzero((tile > 0.15).any(axis=0))[0]
    if not len(rows):
        return np.zeros((1, 1), np.float32)
    return np.ascontiguousarray(tile[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def bent(tile: Tile, rng: random.Random, strength: float, reach: float) -> Tile:
    """Shake a tile: each place moved by up to about `strength` pixels, neighbours within `reach` pixels alike."""
    pad = int(2 * strength) + 2
    tile = np.pad(tile, pad)
    height, width = tile.shape
    noise = np.random.default_rng(rng.randrange(2**31))
    grid = (max(2, round(height / reach) + 1), max(2, round(width / reach) + 1), 2)
    shift = cv2.resize(
        noise.normal(0, strength, grid).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return np.asarray(cv2.remap(tile, x + shift[..., 0], y + shift[..., 1], cv2.INTER_LINEAR), np.float32)


def turned(tile: Tile, degrees: float, slant: float = 0.0) -> Tile:
    """Turn a tile, and slant it (columns of the top moved to the right, in parts of the height)."""
    height, width = tile.shape
    side = int(np.hypot(height, width) * (1 + abs(slant))) + 4
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    matrix = matrix @ np.array([[1, -slant, slant * height / 2], [0, 1, 0], [0, 0, 1]])
    matrix[:, 2] += (side - width) / 2, (side - height) / 2
    return np.asarray(cv2.warpAffine(tile, matrix, (side, side), flags=cv2.INTER_LINEAR), np.float32)


def drawn(paths: Sequence[Path2], mm: float, pen: float, rng: random.Random, lively: float = 0.45) -> Tile:
    """Draw strokes with a pen of `pen` millimetres, whose pressure wanders by `lively` (0..1)."""
    points = np.concatenate(paths)
    low, high = points.min(axis=0) - 2, points.max(axis=0) + 2
    scale = mm * _FINER
    width, height = np.ceil((high - low) * scale).astype(int).tolist()
    canvas = np.zeros((max(4, height), max(4, width)), np.uint8)
    for path in paths:
        pressure = 1 + lively * _wander(len(path), rng)
        speed = np.r_[np.hypot(*np.diff(path, axis=0).T), 0.0]
        pressure *= 1 - 0.35 * lively * np.clip(speed / (speed.mean() + 1e-6) - 1, -1, 1)
        spots = np.rint((path - low) * scale * 8).astype(int)
        for (x0, y0), (x1, y1), force in zip(spots[:-1], spots[1:], pressure[1:], strict=True):
            thick = max(1, round(pen * scale * max(0.25, force)))
            cv2.line(canvas, (int(x0), int(y0)), (int(x1), int(y1)), 255, thick, cv2.LINE_AA, 3)
    small = cv2.resize(canvas, None, fx=1 / _FINER, fy=1 / _FINER, interpolation=cv2.INTER_AREA)
    return trimmed(small.astype(np.float32) / 255)


def _wander(count: int, rng: random.Random) -> npt.NDArray[np.float64]:
    knots = np.array([rng.gauss(0, 0.5) for _ in range(max(3, count // 14))])
    return np.asarray(np.interp(np.linspace(0, len(knots) - 1, count), np.arange(len(knots)), knots), np.float64)


def _spline(knots: Path2, steps: int = 18) -> Path2:
    """A Catmull-Rom spline through knots."""
    ends = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(ends[:-3], ends[1:-2], ends[2:-1], ends[3:], strict=True):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate([*parts, knots[-1:]])


def _scribble(width: float, height: float, rng: random.Random) -> Path2:
    """A word nobody can read: up and down with letters of unlike height, running to the right."""
    letters = max(2, round(width / rng.uniform(2.5, 6)))
    knots = [(0.0, rng.uniform(0.3, 0.8) * height)]
    low = 0.6 * height
    for i in range(letters):
        x = width * (i + 0.5) / letters
        tall = height * (rng.choice((0.2, 0.25, 0.3, 0.6, 0.9)) if i else rng.uniform(0.5, 1))
        knots.append((x + rng.gauss(0, 0.8), low - tall * rng.uniform(0.5, 0.9)))
        if rng.random() < 0.35:
            knots.append((x - rng.uniform(0.5, 2.5), low - tall * rng.uniform(0.1, 0.5)))
        drop = 0.35 * height if rng.random() < 0.15 else 0.08 * height
        knots.append((x + width / letters * 0.5 + rng.gauss(0, 0.4), low + rng.uniform(0, 1) * drop))
    return _spline(np.array(knots))


def _flourish(width: float, height: float, rng: random.Random) -> Path2:
    """A few bold bends from side to side."""
    count = rng.randint(4, 11)
    knots = np.array([(rng.uniform(0, width), rng.uniform(0, height)) for _ in range(count)])
    if rng.random() < 0.5:
        knots = knots[np.argsort(knots[:, 0] + np.array([rng.gauss(0, width / 4) for _ in range(count)]))]
    return _spline(knots)


def _loops(width: float, height: float, rng: random.Random) -> Path2:
    """Ovals one after the other, drifting and shrinking."""
    rounds = rng.uniform(1.2, 4.5)
    t = np.linspace(0, 2 * np.pi * rounds, round(40 * rounds))
    part = t / t[-1]
    size = 1 - rng.uniform(0, 0.8) * part
    x = width * (0.35 + rng.uniform(-0.1, 0.3) * part) + size * 0.45 * width * np.cos(t + rng.uniform(0, 6))
    y = height * 0.5 + size * 0.5 * height * np.sin(t + rng.uniform(0, 6))
    return np.stack([x, y], axis=1)


def _dash(width: float, height: float, rng: random.Random) -> Path2:
    """One long stroke through or under a signature."""
    y, tilt = rng.uniform(0.2, 1.1) * height, rng.gauss(0, 0.2) * height
    knots = [
        (-0.1 * width, y),
        (rng.uniform(0.3, 0.7) * width, y + rng.gauss(0, 0.1) * height),
        (1.1 * width, y + tilt),
    ]
    if rng.random() < 0.3:
        knots.append((rng.uniform(0.2, 0.9) * width, y + tilt + rng.uniform(0.05, 0.25) * height))
    return _spline(np.array(knots))


def _upright(width: float, height: float, rng: random.Random) -> Path2:
    """A tall narrow stroke or loop."""
    x = rng.uniform(0.1, 0.9) * width
    lean = rng.gauss(0, 0.12) * height
    knots = [(x - lean, height * 1.05), (x, height * 0.5), (x + lean, -0.1 * height)]
    if rng.random() < 0.5:
        knots += [(x + lean + rng.uniform(1, 4), 0.05 * height), (x, 0.6 * height), (x - lean, 1.15 * height)]
    return _spline(np.array(knots))


_SHAPES: tuple[Callable[[float, float, random.Random], Path2], ...] = (_scribble, _flourish, _loops, _dash, _upright)


def signature(mm: float, rng: random.Random) -> Tile:
    """A signature of free strokes, 15 to 100 mm long."""
    width, height = rng.uniform(15, 62), rng.uniform(7, 26)
    if rng.random() < 0.15:
        width, height = rng.uniform(45, 95), rng.uniform(14, 42)
    elif rng.random() < 0.14:
        width, height = rng.uniform(8, 18), rng.uniform(15, 32)
    paths = []
    for shape in rng.choices(_SHAPES, (5, 3, 3, 2, 1), k=rng.choice((1, 1, 2, 2, 3, 4))):
        part = rng.uniform(0.45, 1.0)
        at = np.array([rng.uniform(0, 1 - part) * width, rng.uniform(-0.15, 0.3) * height])
        paths.append(shape(width * part, height * rng.uniform(0.5, 1.0), rng) + at)
    tile = drawn(paths, mm, _nib(rng), rng, rng.uniform(0.1, 0.7))
    return trimmed(turned(tile, rng.gauss(4, 10), rng.gauss(0.12, 0.2)))


def initials(mm: float, rng: random.Random, fonts: Sequence[Path]) -> Tile:
    """Initials as in the margin of a contract: one to three letters, a tick, a loop; 5 to 25 mm."""
    kind = rng.random()
    if kind < 0.3:
        height = rng.uniform(5, 20)
        width = height * rng.uniform(0.3, 1.5)
        shapes = rng.choices(_SHAPES, (3, 4, 4, 0, 3), k=rng.choice((1, 1, 2)))
        tile = drawn([shape(width, height, rng) for shape in shapes], mm, _nib(rng), rng)
    elif kind < 0.42:
        tile = _tick(mm, rng, rng.uniform(5, 18))
    elif kind < 0.72:
        text = "".join(rng.choices("ABCDEFGHIJKLMNOPRSTVWXYZ", k=rng.choice((1, 2, 2, 2, 3))))
        height = rng.uniform(4, 11)
        strokes = np.zeros((400, 200 * len(text) + 200), np.uint8)
        thick = max(2, round(160 * _nib(rng) / height))
        cv2.putText(strokes, text, (60, 260), rng.choice(_STROKE_FONTS), 7, 255, thick, cv2.LINE_AA)
        scale = height * mm / 160
        small = cv2.resize(strokes, None, fx=scale * rng.uniform(0.6, 1.1), fy=scale, interpolation=cv2.INTER_AREA)
        tile = bent(small.astype(np.float32) / 255, rng, height * mm * 0.06, height * mm * 0.5)
    else:
        text = "".join(rng.choices("ABCDEFGHIJKLMNOPRSTVWXYZ", k=rng.choice((1, 2, 2, 3))))
        tile = written(text if rng.random() < 0.6 else text.title(), rng.uniform(6, 14), mm, rng, rng.choice(fonts))
    return trimmed(turned(tile, rng.gauss(0, 8), rng.gauss(0.08, 0.15)))


def _tick(mm: float, rng: random.Random, height: float) -> Tile:
    width = height * rng.uniform(0.6, 1.8)
    bottom = rng.uniform(0.15, 0.4) * width
    start, end = rng.uniform(0.2, 0.7) * height, rng.uniform(-0.2, 0.2) * height
    knots = np.array([(0, start), (bottom, height), (width, end)])
    straight = np.concatenate([np.linspace(a, b, 12) for a, b in pairwise(knots)])
    path = _spline(knots) if rng.random() < 0.5 else straight
    return drawn([path], mm, _nib(rng), rng)


def tick(mm: float, rng: random.Random) -> Tile:
    """A small tick, cross or ring at a printed choice."""
    size = rng.uniform(2, 5)
    if rng.random() < 0.6:
        return _tick(mm, rng, size)
    if rng.random() < 0.5:
        return drawn([_loops(size * 1.5, size, rng)], mm, _nib(rng), rng)
    ends = np.array([[(0, 0), (size, size)], [(size, 0), (0, size)]]) + rng.gauss(0, 0.3)
    return drawn([np.linspace(a, b, 8) for a, b in ends], mm, _nib(rng), rng)


def _nib(rng: random.Random) -> float:
    """Width of a pen's line in millimetres: ball pens, gel pens, now and then a felt pen."""
    return rng.uniform(0.15, 0.5) if rng.random() < 0.85 else rng.uniform(0.55, 1.3)


def written(text: str, size: float, mm: float, rng: random.Random, font: Path, heavy: float | None = None) -> Tile:
    """A line written by hand: letters of a font, each moved and turned a little, the whole of it bent.

    `size`: height of the letters in millimetres; `heavy`: by how many pixels strokes are thickened or thinned.
    """
    pixels = max(8, round(size * mm))
    drawn_face = face(font, pixels)
    latin = all(ord(c) < 0x500 for c in text)
    length = round(drawn_face.getlength(text) * (1.0 if latin else 1.25)) + 3 * pixels
    line = Image.new("L", (length, 3 * pixels), 0)
    pen = ImageDraw.Draw(line)
    x, y = float(pixels), 1.9 * pixels
    if latin and rng.random() < 0.7:  # joined letters stay joined
        pen.text((x, y), text, 255, drawn_face, anchor="ls")
    else:
        drift = rng.gauss(0, 0.01)
        gap = rng.uniform(0.84, 1.12)
        for character in text:
            own = face(font, max(6, round(pixels * rng.uniform(0.86, 1.16))))
            y += drift * pixels
            pen.text((x, y + rng.gauss(0, 0.05) * pixels), character, 255, own, anchor="ls")
            x += own.getlength(character) * gap
    tile = np.asarray(line, np.float32) / 255
    heavy = rng.choice((-0.4, 0.0, 0.0, 0.5)) if heavy is None else heavy
    if heavy > 0:
        tile = np.asarray(cv2.dilate(tile, np.ones((2, 2), np.uint8)), np.float32) * heavy + tile * (1 - heavy)
    elif heavy < 0 and pixels > 30:
        tile = np.asarray(cv2.erode(tile, np.ones((2, 2), np.uint8)), np.float32) * -heavy + tile * (1 + heavy)
    tile = bent(trimmed(tile), rng, pixels * rng.uniform(0.02, 0.07), pixels * rng.uniform(0.4, 0.9))
    return trimmed(turned(tile, rng.gauss(0, 1.2), rng.gauss(0.06, 0.12)))


def name(text: str, mm: float, rng: random.Random, font: Path) -> Tile:
    """A name signed in full; of characters, run together, larger than body text."""
    size = rng.uniform(5, 11) if ord(text[0]) > 0x500 else rng.uniform(6, 15)
    tile = written(text, size, mm, rng, font)
    if rng.random() < 0.3:
        width, height = tile.shape[1] / mm, tile.shape[0] / mm
        under = drawn([_dash(width, height, rng)], mm, _nib(rng), rng)
        canvas = np.zeros((max(tile.shape[0], under.shape[0]) + 4, max(tile.shape[1], under.shape[1]) + 4), np.float32)
        canvas[: tile.shape[0], : tile.shape[1]] = tile
        down = rng.randint(0, canvas.shape[0] - under.shape[0])
        part = canvas[down : down + under.shape[0], : under.shape[1]]
        np.maximum(part, under, out=part)
        tile = trimmed(canvas)
    return trimmed(turned(tile, rng.gauss(2, 5), 0.0))
