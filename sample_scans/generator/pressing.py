"""What people put on a page with pen, thumb and stamp: signatures, fingerprints, seals; each noted where its ink lies."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

from sample_scans.generator import marks
from sample_scans.generator.blocks import Seal
from sample_scans.generator.fonts import face_for, font
from sample_scans.generator.hands import Hand, hand_of, write
from sample_scans.generator.markup import AlterTag, SignTag
from sample_scans.generator.paper import HEIGHT, WIDTH, Alteration, Place, Sealed, Sheet, union

FAINT = 40
"""Cover (0..255) below which ink is not seen."""


def press(sheet: Sheet, mark: Image.Image, x: int, y: int) -> Place:
    """Ink soaks in: the paper takes the mark's colour, print below shows through. Returns where its ink lies."""
    page = sheet.image
    area = page.crop((x, y, x + mark.width, y + mark.height))
    inked = ImageChops.multiply(area, mark.convert("RGB"))
    veiled = Image.blend(inked, mark.convert("RGB"), 0.22)
    area.paste(veiled, (0, 0), mark.getchannel("A"))
    page.paste(area, (x, y))
    ink = mark.getchannel("A").point(lambda v: 255 if v > FAINT else 0).getbbox() or (0, 0, mark.width, mark.height)
    return x + ink[0], y + ink[1], x + ink[2], y + ink[3]


def thumb(sheet: Sheet, rng: random.Random, x: float, middle: float, *, copy: bool) -> tuple[Place, float]:
    """A fingerprint with its left edge at x, centred on a height, black on photocopies: its ink, and where it ends."""
    print_ = marks.fingerprint(rng, colour=marks.BLACK if copy else marks.VERMILION)
    place = press(sheet, print_, int(x), int(middle - print_.height / 2))
    sheet.fingerprints.append(("black" if copy else "red", place))
    return place, int(x) + print_.width


def scrawl(sheet: Sheet, rng: random.Random, name: str, x: float, y: float, size: int) -> tuple[Place, float]:
    """A name as its owner signs it: where its ink lies, and where the pen ends."""
    hand = hand_of(name, signing=True)
    real = int(size * 1.32 * hand.scale)
    at, inked = x + 8, []
    for character in name:
        inked.append(write(sheet.image, character, hand, at, y - size * 0.28 + rng.uniform(-3, 3), real, rng))
        at += font(face_for(hand.face, character), real).getlength(character) * 0.88
        sheet.hand += 1
    return union([box for box in inked if box] or [(x, y, at, y + size)]), at + 4


def sign(sheet: Sheet, rng: random.Random, tag: SignTag, x: float, y: float, size: int, *, copy: bool) -> float:
    """Whatever stands in a place to sign; leaves room for a name where nobody signed. Returns where the line goes on."""
    room = size * 4.6
    inked: list[Place] = []
    end = x + room
    if tag.mark in ("hand", "both", "over", "beside"):
        box, end = scrawl(sheet, rng, tag.name, x, y, size)
        inked.append(box)
    if tag.mark in ("finger", "both", "over", "beside"):
        at = {"finger": x + 40, "both": end - 46, "over": (x + end) / 2 - 32, "beside": end + 8}[tag.mark]
        box, right = thumb(sheet, rng, at, y + size * 0.5, copy=copy)
        end = right if tag.mark == "finger" else max(end, right)
        inked.append(box)
    if tag.mark == "stamp":
        image = marks.name_seal(tag.name, rng)
        inked.append(press(sheet, image, int(x + 22), int(y + size * 0.5 - image.height / 2)))
        end = int(x + 22) + image.width
    if tag.mark == "printed":
        drawn = font("song", size)
        ImageDraw.Draw(sheet.image).text((x, y + size * 0.92), tag.name, font=drawn, fill=(28, 28, 30), anchor="ls")
        inked.append((x, y, x + drawn.getlength(tag.name), y + size * 1.1))
        sheet.printed += len(tag.name)
    sheet.signatures.append((tag, union(inked or [(x, y - size * 0.3, x + room, y + size * 1.3)])))
    return max(x + room * (0.7 if tag.mark == "hand" else 1.0), end + 10)


def seal(sheet: Sheet, rng: random.Random, seal: Seal, x: float, y: float, *, copy: bool) -> None:
    """An official seal centred as near to the place as the paper allows."""
    image = _drawn(rng, seal, copy=copy)
    wide, high = image.size
    at = (int(min(max(x - wide / 2, 4), WIDTH - wide - 4)), int(min(max(y - high / 2, 4), HEIGHT - high - 4)))
    ink = press(sheet, image, *at)
    box = (at[0], at[1], at[0] + wide, at[1] + high) if seal.shape == "round" else ink
    sheet.seals.append(Sealed(seal.text, box, seal.shape, "black" if copy else "red"))


def _drawn(rng: random.Random, seal: Seal, *, copy: bool) -> Image.Image:
    colour = marks.BLACK if copy else marks.RED
    if seal.shape == "oval":
        return marks.oval_seal(seal.text, rng, colour=colour, below=seal.below)
    if seal.shape == "square":
        return marks.square_seal(seal.text, rng, colour=colour)
    size = 236 + rng.randint(-8, 14)
    return marks.round_seal(seal.text, rng, colour=colour, size=size, below=seal.below)


def cut_seal(sheet: Sheet, rng: random.Random, seal: Seal, x: float, y: float, *, copy: bool) -> None:
    """The upper half of a seal that stands across the cut between a form and its counterfoil; y is the cut."""
    image = _drawn(rng, seal, copy=copy)
    half = image.crop((0, 0, image.width, int(image.height * rng.uniform(0.45, 0.6))))
    box = press(sheet, half, int(x - half.width / 2), int(y - half.height))
    sheet.seals.append(Sealed(seal.text, box, "cut", "black" if copy else "red"))


def edge_seal(sheets: Sequence[Sheet], rng: random.Random, seal: Seal, *, copy: bool) -> None:
    """A seal across the fanned edges of all sheets: each keeps a strip of it, in order."""
    image = _drawn(rng, seal, copy=copy)
    wide, top = image.width / len(sheets), int(HEIGHT * rng.uniform(0.36, 0.5))
    for i, sheet in enumerate(sheets):
        strip = image.crop((int(i * wide), 0, int((i + 1) * wide), image.height))
        box = press(sheet, strip, WIDTH - strip.width - rng.randint(0, 3), top + rng.randint(-5, 5))
        sheet.seals.append(Sealed(seal.text, box, "edge", "black" if copy else "red"))


def _glyphs(text: str, hand: Hand | None, size: int, face: str) -> list[tuple[str, float]]:
    """Characters with their advances, by hand or printed."""
    if hand is None:
        return [(c, float(font(face_for(face, c), size).getlength(c))) for c in text]
    real = int(size * hand.scale)
    return [(c, size * 0.34 if c == " " else font(face_for(hand.face, c), real).getlength(c) * 0.94 + 1) for c in text]


def correction_width(tag: AlterTag, writer: Hand, size: int, face: str) -> float:
    """How much of a line the correction takes."""
    old = sum(w for _, w in _glyphs(tag.old, writer if tag.by_hand else None, size, face))
    new = sum(w for _, w in _glyphs(tag.new, writer, size, face))
    return old + size * 0.35 + new if tag.kind == "struck" else max(old, new)


def correct(
    sheet: Sheet, rng: random.Random, tag: AlterTag, writer: Hand, x: float, y: float, size: int, face: str
) -> float:
    """Draw what stood there, what was done to it and what was written instead; returns where the line goes on."""
    end = x + correction_width(tag, writer, size, face)
    draw = ImageDraw.Draw(sheet.image)
    at = x
    for character, wide in _glyphs(tag.old, writer if tag.by_hand else None, size, face):
        if tag.by_hand:
            write(sheet.image, character, writer, at, y, int(size * writer.scale), rng)
        else:
            drawn = font(face_for(face, character), size)
            draw.text((at, y + size * 0.92), character, font=drawn, fill=(28, 28, 30), anchor="ls")
        at += wide
    box: Place = (x, y - 3, max(at, x + 6), y + size * 1.12)
    if tag.kind == "struck":
        for _ in range(rng.choice((1, 1, 2))):
            height = y + size * rng.uniform(0.48, 0.66)
            points = [(x - 5 + (at - x + 10) * i / 6, height + rng.uniform(-2.2, 2.2)) for i in range(7)]
            draw.line(points, fill=writer.colour, width=3, joint="curve")
        at += size * 0.35
    elif tag.kind == "whitened":
        sides = [(x - 4, y - 2), (at + 5, y - 4), (at + 3, y + size * 1.16), (x - 6, y + size * 1.1)]
        draw.polygon([(px + rng.uniform(-3, 3), py + rng.uniform(-2, 2)) for px, py in sides], fill=(255, 255, 253))
        at = x
    else:
        at = x
    bold = 2 if tag.kind == "overwritten" else 1
    for character, wide in _glyphs(tag.new, writer, size, face):
        for i in range(bold):
            inked = write(sheet.image, character, writer, at + i, y - i, int(size * writer.scale), rng)
            box = union([box, inked]) if inked else box
        at += wide
    if tag.seal == "finger":
        thumb(sheet, rng, at - 26, y + size * 0.5, copy=False)
    elif tag.seal:
        image = marks.name_seal(tag.seal, rng)
        press(sheet, image, int(at - 6), int(y + size * 0.5 - image.height / 2))
    sheet.alterations.append(Alteration(tag.kind, box, bool(tag.seal), tag.new))
    sheet.hand += len(tag.new)
    return end
