"""Seals, fingerprints, name seals and receipt stamps, drawn for training the marks model.

Everything comes back as a tile: coverage by ink (height x width, 0..1). `mm` is pixels a millimetre.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from models.training.marks_pen import Tile, bent, face, trimmed, turned


def worn(tile: Tile, rng: random.Random, strength: float) -> Tile:
    """Uneven inking: broad patches that took less ink, and grain."""
    noise = np.random.default_rng(rng.randrange(2**31))
    height, width = tile.shape
    grid = (rng.randint(2, 7), rng.randint(2, 7))
    broad = cv2.resize(noise.random(grid).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    coarse = cv2.GaussianBlur(noise.random((height, width)).astype(np.float32), (0, 0), rng.uniform(0.5, 1.6))
    grain = (coarse > 0.5 + rng.uniform(-0.02, 0.1)).astype(np.float32)
    cover = 1 - strength * (0.75 * np.clip(broad, 0, 1) ** 1.5 + 0.45 * grain)
    return np.asarray(tile * np.clip(cover, 0.0, 1.0), np.float32)


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    angles = [math.pi * i / 5 - math.pi / 2 for i in range(10)]
    lengths = [radius if i % 2 == 0 else radius * 0.382 for i in range(10)]
    draw.polygon([(x + r * math.cos(a), y + r * math.sin(a)) for a, r in zip(angles, lengths, strict=True)], fill=255)


def _emblem(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, rng: random.Random) -> None:
    """What stands in the middle where it is no star: a crest, a badge, a number."""
    for _ in range(rng.randint(4, 9)):
        r = radius * rng.uniform(0.15, 0.9)
        a = rng.uniform(0, 360)
        if rng.random() < 0.5:
            draw.arc((x - r, y - r, x + r, y + r), a, a + rng.uniform(60, 300), fill=255, width=max(1, round(r / 6)))
        else:
            d = radius * 0.5
            px, py = x + rng.uniform(-d, d), y + rng.uniform(-d, d)
            draw.ellipse((px - r / 3, py - r / 4, px + r / 3, py + r / 4), fill=255)


def official_seal(text: str, mm: float, rng: random.Random, fonts: Sequence[Path]) -> Tile:
    """An official seal: round, oval or square, 25 to 58 mm."""
    kind = rng.random()
    tile = _square_seal(text, mm, rng, fonts) if kind < 0.1 else _round_seal(text, mm, rng, fonts, oval=kind < 0.24)
    return trimmed(worn(tile, rng, rng.uniform(0.1, 0.95)))


def _round_seal(text: str, mm: float, rng: random.Random, fonts: Sequence[Path], *, oval: bool) -> Tile:
    size = round((rng.uniform(30, 46) if rng.random() < 0.85 else rng.uniform(24, 58)) * mm * 2)
    image = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(image)
    middle, rim = size / 2, max(2, round(size * rng.uniform(0.012, 0.05)))
    draw.ellipse((1, 1, size - 2, size - 2), outline=255, width=rim)
    if rng.random() < 0.25:
        inset = rim * 2.2 + size * rng.uniform(0, 0.02)
        draw.ellipse((inset, inset, size - inset, size - inset), outline=255, width=max(1, rim // 2))
    below = rng.random() < 0.35
    if rng.random() < 0.8:
        _star(draw, middle, middle - (0.03 * size if below else 0), size * rng.uniform(0.11, 0.19))
    else:
        _emblem(draw, middle, middle, size * 0.2, rng)
    glyph = int(size * min(0.145, 1.8 / max(len(text), 9)))
    radius = middle - rim * 1.8 - glyph * rng.uniform(0.6, 0.8)
    spread = math.radians(min(rng.uniform(230, 300), 25 * len(text)))
    font = rng.choice(fonts)
    for i, character in enumerate(text):
        angle = -math.pi / 2 - spread / 2 + spread * (i / (len(text) - 1) if len(text) > 1 else 0.5)
        letter = Image.new("L", (glyph * 2, glyph * 2), 0)
        ImageDraw.Draw(letter).text((glyph, glyph), character, 255, face(font, glyph), anchor="mm")
        letter = letter.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BILINEAR)
        place = (int(middle + radius * math.cos(angle) - glyph), int(middle + radius * math.sin(angle) - glyph))
        image.paste(255, place, letter)
    if below:
        words = rng.choice(
            ("合同专用章", "财务专用章", "业务专用章", "法律援助专用章", "(1)", "3301060012345", "行政专用章")
        )
        draw.text((middle, middle + size * 0.27), words, 255, face(font, max(8, int(size * 0.075))), anchor="mm")
    tall = rng.uniform(0.62, 0.8) if oval else 1.0
    small = cv2.resize(
        np.asarray(image, np.float32) / 255, (size // 2, max(4, round(size * tall / 2))), interpolation=cv2.INTER_AREA
    )
    tilt = rng.gauss(0, 9) if rng.random() < 0.8 else rng.uniform(-180, 180)
    return trimmed(turned(bent(small, rng, 0.15 * mm, 12 * mm), tilt))


def _square_seal(text: str, mm: float, rng: random.Random, fonts: Sequence[Path]) -> Tile:
    side = round(rng.uniform(26, 52) * mm)
    image = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, side - 1, side - 1), outline=255, width=max(2, round(side * rng.uniform(0.02, 0.06))))
    count = math.ceil(len(text) ** 0.5)
    glyph = side * 0.86 / count
    font = rng.choice(fonts)
    for i, character in enumerate(text):
        column, row = divmod(i, count)
        at = (side * 0.93 - glyph * (column + 0.5), side * 0.07 + glyph * (row + 0.5))
        draw.text(at, character, 255, face(font, max(6, int(glyph * 0.95))), anchor="mm")
    return trimmed(turned(np.asarray(image, np.float32) / 255, rng.gauss(0, 5)))


def fingerprint(mm: float, rng: random.Random) -> Tile:
    """A thumb or finger pressed on paper: ridges or a blot, whole or part, smeared now and then."""
    width = rng.uniform(9, 19) * mm
    height = width * rng.uniform(1.0, 1.7)
    side = int(1.5 * max(width, height)) + 8
    y, x = np.mgrid[:side, :side].astype(np.float32)
    x, y = (x - side / 2), (y - side / 2)
    noise = np.random.default_rng(rng.randrange(2**31))

    def soft(cells: int) -> Tile:
        grid = noise.normal(0, 1, (cells, cells)).astype(np.float32)
        return np.asarray(cv2.resize(grid, (side, side), interpolation=cv2.INTER_CUBIC), np.float32)

    edge = np.hypot(x / (width / 2), y / (height / 2)) + 0.09 * soft(5) + 0.05 * soft(14)
    body = np.clip((1 - edge) * rng.uniform(3, 14), 0, 1)
    if rng.random() < 0.25:  # only part of the finger touched the paper
        angle = rng.uniform(0, 2 * math.pi)
        cut = (x * math.cos(angle) + y * math.sin(angle)) / width + 0.1 * soft(5)
        body *= np.clip((rng.uniform(0.0, 0.35) - cut) * 8, 0, 1)
    pitch = rng.uniform(0.42, 0.95) * mm
    core_x, core_y = rng.gauss(0, 0.12) * width, rng.gauss(0.08, 0.12) * height
    swirl = np.hypot((x - core_x) * rng.uniform(0.8, 1.3), (y - core_y) * rng.uniform(0.5, 1.0))
    swirl += rng.uniform(-0.6, 0.6) * np.abs(y - core_y) + rng.uniform(0.1, 0.6) * pitch * soft(6)
    ridges = 0.5 + 0.5 * np.tanh(2.5 * (np.sin(2 * math.pi * swirl / pitch) + rng.uniform(-0.5, 0.9)))
    depth = rng.uniform(0.0, 0.95)
    grain = np.clip(0.75 + 0.35 * noise.normal(0, 1, (side, side)), 0, 1).astype(np.float32)
    tile = body * (1 - depth + depth * ridges) * (0.6 + 0.4 * grain) * np.clip(0.85 + 0.3 * soft(4), 0.15, 1)
    if rng.random() < 0.2:
        length = max(3, int(rng.uniform(1.5, 6) * mm))
        kernel = np.zeros((length, length), np.float32)
        angle = rng.uniform(0, math.pi)
        half = length / 2
        ends = [(round(half + s * half * math.cos(angle)), round(half + s * half * math.sin(angle))) for s in (-1, 1)]
        cv2.line(kernel, ends[0], ends[1], 1.0, 1)
        smear = cv2.filter2D(tile.astype(np.float32), -1, kernel / max(1.0, float(kernel.sum())))
        tile = np.maximum(tile * rng.uniform(0.3, 1), smear)
    return trimmed(turned(np.asarray(tile, np.float32), rng.uniform(-70, 70)))


def name_seal(text: str, mm: float, rng: random.Random, fonts: Sequence[Path]) -> Tile:
    """A person's seal, 8 to 22 mm: square, upright or round; characters in ink or left out of it."""
    side = rng.uniform(8, 21) * mm * 2
    shape = rng.random()
    wide, tall = (side, side) if shape < 0.7 else (side * 0.55, side)
    if shape > 0.9:
        wide, tall = side, side * 0.45
    image = Image.new("L", (round(wide), round(tall)), 0)
    draw = ImageDraw.Draw(image)
    frame = (1, 1, round(wide) - 2, round(tall) - 2)
    filled = rng.random() < 0.3
    edge = max(2, round(side * rng.uniform(0.02, 0.07)))
    rounded = 0.62 < shape < 0.7
    if rounded:
        draw.ellipse(frame, fill=255 if filled else 0, outline=255, width=edge)
    else:
        draw.rectangle(frame, fill=255 if filled else 0, outline=255, width=edge)
    text = text + rng.choice(("印", "")) if len(text) % 2 else text
    columns = 2 if wide > 0.8 * tall and len(text) > 2 else 1
    rows = math.ceil(len(text) / columns)
    if shape > 0.9:
        columns, rows = len(text), 1
    glyph = min(wide / columns, tall / rows) * (0.66 if rounded else 0.86)
    font = rng.choice(fonts)
    for i, character in enumerate(text):
        column, row = divmod(i, rows)
        x = wide * ((columns - column - 0.5) / columns * 0.84 + 0.08)
        y = tall * ((row + 0.5) / rows * 0.84 + 0.08)
        draw.text((x, y), character, 0 if filled else 255, face(font, max(6, int(glyph))), anchor="mm")
    small = cv2.resize(np.asarray(image, np.float32) / 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return trimmed(worn(turned(small, rng.gauss(0, 5)), rng, rng.uniform(0.1, 0.7)))


def receipt_stamp(lines: Sequence[str], mm: float, rng: random.Random, fonts: Sequence[Path]) -> Tile:
    """A rubber stamp of a few lines with or without a frame: received on, copy agrees with the original, copied."""
    size = rng.uniform(2.8, 5.5) * mm
    font = face(rng.choice(fonts), max(7, round(size)))
    width = max(font.getlength(line) for line in lines) + size * rng.uniform(0.8, 3)
    height = size * 1.45 * len(lines) + size
    image = Image.new("L", (round(width), round(height)), 0)
    draw = ImageDraw.Draw(image)
    if rng.random() < 0.75:
        thick = max(1, round(rng.uniform(0.3, 0.9) * mm))
        draw.rectangle((0, 0, round(width) - 1, round(height) - 1), outline=255, width=thick)
        if rng.random() < 0.3 and len(lines) > 1:
            y = round(height * rng.uniform(0.3, 0.7))
            draw.line((0, y, width, y), fill=255, width=thick)
    for i, line in enumerate(lines):
        draw.text((width / 2, height / 2 + size * 1.45 * (i - (len(lines) - 1) / 2)), line, 255, font, anchor="mm")
    tile = worn(np.asarray(image, np.float32) / 255, rng, rng.uniform(0.1, 0.7))
    return trimmed(turned(tile, rng.gauss(0, 4) if rng.random() < 0.9 else rng.gauss(90, 4)))
