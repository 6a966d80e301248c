"""Seals, fingerprints, receipt stamps and name seals, drawn as transparent images (RGBA) to be pressed on a page."""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from sample_scans.generator.fonts import face_for, font

RED = (200, 34, 40)
VERMILION = (214, 52, 36)
BLUE = (44, 60, 150)
BLACK = (38, 38, 40)


def _worn(image: Image.Image, rng: random.Random, strength: float) -> Image.Image:
    """Uneven inking: the alpha channel times low and high noise."""
    size = image.size
    noise = np.random.default_rng(rng.randrange(2**31))
    low = Image.fromarray((noise.random((7, 7)) * 255).astype("uint8")).resize(size, Image.Resampling.BICUBIC)
    fine = noise.random((size[1], size[0]))
    alpha = np.asarray(image.getchannel("A"), dtype=np.float32)
    cover = 1 - strength * (0.55 * np.asarray(low, dtype=np.float32) / 255 + 0.45 * (fine > 0.62))
    out = image.copy()
    out.putalpha(Image.fromarray(np.clip(alpha * np.clip(cover, 0, 1), 0, 255).astype("uint8")))
    return out


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, colour: tuple[int, int, int, int]) -> None:
    points = []
    for i in range(10):
        radius = r if i % 2 == 0 else r * 0.382
        angle = math.pi * i / 5 - math.pi / 2
        points.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    draw.polygon(points, fill=colour)


def round_seal(
    text: str, rng: random.Random, *, colour: tuple[int, int, int] = RED, size: int = 236, below: str = ""
) -> Image.Image:
    """An official round seal: ring, name on the arc, star, perhaps a line below (××专用章)."""
    big = size * 2
    image = Image.new("RGBA", (big, big), (*colour, 0))
    draw = ImageDraw.Draw(image)
    solid = (*colour, 255)
    middle = big / 2
    draw.ellipse((8, 8, big - 8, big - 8), outline=solid, width=rng.choice((9, 11, 13)))
    _star(draw, middle, middle + (0 if not below else -8), big * 0.145, solid)
    glyph = int(big * min(0.135, 1.72 / max(len(text), 9)))
    radius = middle - 20 - glyph * 0.72
    spread = math.radians(min(292, 25 * len(text)))
    for i, character in enumerate(text):
        angle = -math.pi / 2 - spread / 2 + spread * (i / (len(text) - 1) if len(text) > 1 else 0.5)
        tile = Image.new("RGBA", (glyph * 2, glyph * 2), (*colour, 0))
        face = font(face_for("serif-bold", character), glyph)
        ImageDraw.Draw(tile).text((glyph, glyph), character, font=face, fill=solid, anchor="mm")
        tile = tile.resize((int(glyph * 1.6), glyph * 2)) if len(text) > 12 else tile
        tile = tile.rotate(-math.degrees(angle) - 90, expand=True, resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.cos(angle), middle + radius * math.sin(angle)
        image.alpha_composite(tile, (int(x - tile.width / 2), int(y - tile.height / 2)))
    if below:
        draw.text(
            (middle, middle + big * 0.27), below, font=font("sans-bold", int(big * 0.075)), fill=solid, anchor="mm"
        )
    image = image.resize((size, size), Image.Resampling.LANCZOS)
    image = image.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    return _worn(image, rng, rng.uniform(0.3, 0.6))


def fingerprint(rng: random.Random, *, colour: tuple[int, int, int] = VERMILION) -> Image.Image:
    """A thumb in red ink: ridges in an oval."""
    w, h = rng.randint(52, 66), rng.randint(70, 86)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    u, v = (x - w / 2) / (w / 2), (y - h / 2) / (h / 2)
    swirl = np.sqrt(u**2 + (v * 0.8 - 0.1) ** 2) * 15 + 1.1 * np.sin(3 * v + rng.random() * 6) + 0.8 * np.sin(4 * u)
    ridges = 0.35 + 0.65 * (np.sin(swirl * 2.1) > -0.35)
    oval = np.clip((1 - (u**2 + v**2)) * 4, 0, 1)
    noise = np.random.default_rng(rng.randrange(2**31))
    alpha = oval * ridges * (0.55 + 0.45 * noise.random((h, w))) * 205
    image = Image.new("RGBA", (w, h), (*colour, 0))
    image.putalpha(Image.fromarray(alpha.astype("uint8")).filter(ImageFilter.GaussianBlur(0.7)))
    return image.rotate(rng.uniform(-30, 30), expand=True, resample=Image.Resampling.BICUBIC)


def name_seal(name: str, rng: random.Random) -> Image.Image:
    """A small square name seal, two characters a column, read from right to left."""
    text = name + "印" if len(name) % 2 else name
    side = 66
    image = Image.new("RGBA", (side, side), (*RED, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((2, 2, side - 3, side - 3), outline=(*RED, 255), width=3)
    rows = math.ceil(len(text) / 2)
    for i, character in enumerate(text):
        column, row = divmod(i, rows)
        place = (side * (0.73 - 0.46 * column), side * ((row + 0.5) / rows * 0.86 + 0.07))
        draw.text(
            place, character, font=font(face_for("kai", character), int(side * 0.4)), fill=(*RED, 255), anchor="mm"
        )
    return _worn(image.rotate(rng.uniform(-5, 5), expand=True, resample=Image.Resampling.BICUBIC), rng, 0.3)


def receipt(lines: tuple[str, ...], rng: random.Random, *, colour: tuple[int, int, int] = BLUE) -> Image.Image:
    """A rectangular receipt stamp of a few lines; the last one is the date."""
    width, height = max(300, 26 * max(map(len, lines)) + 24), 34 * len(lines) + 26
    image = Image.new("RGBA", (width, height), (*colour, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((3, 3, width - 4, height - 4), outline=(*colour, 255), width=3)
    for i, line in enumerate(lines):
        draw.text((width / 2, 30 + 34 * i), line, font=font("sans", 25), fill=(*colour, 255), anchor="mm")
    return _worn(image, rng, 0.25)


def oval_seal(
    text: str,
    rng: random.Random,
    *,
    colour: tuple[int, int, int] = RED,
    below: str = "",
    size: tuple[int, int] = (284, 190),
) -> Image.Image:
    """An oval seal, as offices for special uses have: name on the upper arc, a line across the middle, no star."""
    w, h = size[0] * 2, size[1] * 2
    image = Image.new("RGBA", (w, h), (*colour, 0))
    draw = ImageDraw.Draw(image)
    solid = (*colour, 255)
    draw.ellipse((10, 10, w - 10, h - 10), outline=solid, width=rng.choice((8, 10)))
    glyph = int(w * min(0.092, 1.15 / max(len(text), 9)))
    a, b = w / 2 - 26 - glyph * 0.6, h / 2 - 26 - glyph * 0.6
    spread = math.radians(min(250, 22 * len(text)))
    for i, character in enumerate(text):
        angle = -math.pi / 2 - spread / 2 + spread * (i / (len(text) - 1) if len(text) > 1 else 0.5)
        x, y = w / 2 + a * math.cos(angle), h / 2 + b * math.sin(angle)
        lean = math.degrees(math.atan2(b * math.cos(angle), -a * math.sin(angle)))
        tile = Image.new("RGBA", (glyph * 2, glyph * 2), (*colour, 0))
        face = font(face_for("serif-bold", character), glyph)
        ImageDraw.Draw(tile).text((glyph, glyph), character, font=face, fill=solid, anchor="mm")
        tile = tile.rotate(-lean, expand=True, resample=Image.Resampling.BICUBIC)
        image.alpha_composite(tile, (int(x - tile.width / 2), int(y - tile.height / 2)))
    draw.text((w / 2, h * 0.58), below or "专用章", font=font("sans-bold", int(h * 0.15)), fill=solid, anchor="mm")
    image = image.resize(size, Image.Resampling.LANCZOS)
    image = image.rotate(rng.uniform(-11, 11), expand=True, resample=Image.Resampling.BICUBIC)
    return _worn(image, rng, rng.uniform(0.25, 0.5))


def square_seal(text: str, rng: random.Random, *, colour: tuple[int, int, int] = RED, side: int = 178) -> Image.Image:
    """A square seal: columns from right to left."""
    big = side * 2
    image = Image.new("RGBA", (big, big), (*colour, 0))
    draw = ImageDraw.Draw(image)
    solid = (*colour, 255)
    draw.rectangle((6, 6, big - 7, big - 7), outline=solid, width=rng.choice((7, 10)))
    rows = math.ceil(math.sqrt(len(text)))
    columns = math.ceil(len(text) / rows)
    step_x, step_y = (big - 40) / columns, (big - 40) / rows
    face = int(min(step_x, step_y) * 0.92)
    for i, character in enumerate(text):
        column, row = divmod(i, rows)
        place = (big - 20 - step_x * (column + 0.5), 20 + step_y * (row + 0.5))
        draw.text(place, character, font=font(face_for("serif-bold", character), face), fill=solid, anchor="mm")
    image = image.resize((side, side), Image.Resampling.LANCZOS)
    image = image.rotate(rng.uniform(-9, 9), expand=True, resample=Image.Resampling.BICUBIC)
    return _worn(image, rng, rng.uniform(0.25, 0.5))
