"""Handwriting: everybody has a hand of their own, and no two characters come out alike."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

from PIL import Image, ImageDraw

from sample_scans.generator.fonts import face_for, font
from sample_scans.generator.paper import Place

PEN = ((22, 30, 92), (24, 24, 34), (30, 44, 120))


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes."""

    face: str
    scale: float
    shear: float
    colour: tuple[int, int, int]


def hand_of(name: str, *, signing: bool = False, pen: str = "") -> Hand:
    """Everybody has a hand of their own, always the same; `pen` is the face of one who writes quite otherwise."""
    seed = zlib.crc32(name.encode())
    face = (
        ("longcang", "cursive", "brush", "longcang")[seed % 4]
        if signing
        else ("longcang", "brush", "longcang")[seed % 3]
    )
    face = pen or face
    scale = {"longcang": 1.16, "cursive": 1.22, "brush": 1.02, "pencil": 1.0, "running": 1.18, "kai": 1.04}[face]
    return Hand(face, scale * (0.96 + (seed >> 8) % 9 / 100), ((seed >> 4) % 7 - 3) / 22, PEN[(seed >> 12) % 3])


def write(
    page: Image.Image, character: str, hand: Hand, x: float, y: float, size: int, rng: random.Random
) -> Place | None:
    """A character by hand: a little turned, off the line, slanted as its writer slants. Returns where its ink lies."""
    drawn = font(face_for(hand.face, character), size)
    side = int(size * 1.9)
    tile = Image.new("L", (side, side), 0)
    ImageDraw.Draw(tile).text((side * 0.25, side * 0.62), character, font=drawn, fill=255, anchor="ls")
    shear = hand.shear + rng.uniform(-0.04, 0.04)
    slant = (1, shear, -shear * side / 2, 0, 1, 0)
    tile = tile.transform((side, side), Image.Transform.AFFINE, slant, Image.Resampling.BICUBIC)
    tile = tile.rotate(rng.uniform(-4, 4), resample=Image.Resampling.BICUBIC)
    left, top = x - side * 0.25 + rng.uniform(-1, 1), y + size * 0.86 - side * 0.62 + rng.uniform(-2.2, 2.2)
    page.paste(Image.new("RGB", tile.size, hand.colour), (int(left), int(top)), tile)
    ink = tile.point(lambda v: 255 if v > 60 else 0).getbbox()
    return (int(left) + ink[0], int(top) + ink[1], int(left) + ink[2], int(top) + ink[3]) if ink else None
