"""Printed matter for training the marks model: paragraphs, forms, tables, pictures; places for pens are told."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from models.training.marks_pen import face

Place = tuple[float, float, float, float]

_LATIN = """
le la les des une société contrat article présent statuts capital associés gérant président durée objet siège
social décision assemblée générale conformément à loi clause parties signature acte exemplaires original dépôt
tribunal commerce the of agreement between party shall hereby court evidence defendant witness counsel legal aid
number date page annex section payment notice address registered immatriculation mandat pouvoirs formalités
réserve bénéfice exercice comptes annuels liquidation dissolution nomination conditions règlement montant euros
"""
_WORDS = tuple(_LATIN.split())
_SLOTS = (
    "签名：", "签字：", "申请人：", "承办律师：", "受援人签名：", "日期：", "记录人：", "审批意见：",
    "负责人（签字）：", "被讯问人：", "联系电话：", "律师：", "承办人：", "经办人：", "单位（盖章）：",
    "Signature:", "Fait à", "Le", "Date:", "Pour la société", "Name:",
)  # fmt: skip


@dataclass(slots=True)
class Material:
    """What pages are made of: fonts by use, and pages of Chinese text."""

    chinese: Sequence[Path]
    latin: Sequence[Path]
    hands: Sequence[Path]
    """Handwriting with Latin letters."""
    chinese_hands: Sequence[Path]
    texts: Sequence[str]


@dataclass(slots=True)
class Printed:
    """A page's print (0 = paper, 255 = ink) and where pens may write: slots (left, baseline, right, size in pixels)."""

    ink: Image.Image
    mm: float
    slots: list[tuple[float, float, float, float]] = field(default_factory=list)
    lines: list[Place] = field(default_factory=list)
    """Lines of print, for what is pressed or written over them."""
    end: float = 0.0
    """How far down there is print."""


def latin_text(rng: random.Random, words: int) -> str:
    chosen = [rng.choice(_WORDS) for _ in range(words)]
    text = " ".join(w.upper() if rng.random() < 0.03 else w for w in chosen)
    return text[:1].upper() + text[1:] + rng.choice((".", ";", ",", " :"))


def print_page(width: int, height: int, mm: float, material: Material, rng: random.Random) -> Printed:
    """Fill a page with print from the top down to somewhere."""
    page = Printed(Image.new("L", (width, height), 0), mm)
    draw = ImageDraw.Draw(page.ink)
    chinese = rng.random() < 0.62
    text = rng.choice(material.texts) if chinese else ""
    font = rng.choice(material.chinese if chinese else material.latin)
    size = rng.uniform(3.4, 5.8) * mm if chinese else rng.uniform(3.0, 5.0) * mm
    left, right = rng.uniform(14, 32) * mm, width - rng.uniform(12, 30) * mm
    y = rng.uniform(10, 32) * mm
    bottom = height - rng.uniform(12, 30) * mm
    stop = y + (bottom - y) * (rng.random() ** 0.4 if rng.random() < 0.9 else 0.03)
    paragraphs = _joined([p for p in text.split("\n") if p.strip()], rng) if chinese else []
    while y < stop:
        kind = rng.random()
        if kind < 0.52:
            words = paragraphs.pop(0) if paragraphs else _words(chinese, rng, material)
            y = _paragraph(page, draw, words, (left, y, right, stop), font, size, rng)
        elif kind < 0.62:
            words = (paragraphs.pop(0) if paragraphs else _words(chinese, rng, material))[:22]
            big = size * rng.uniform(1.1, 1.9)
            bold = rng.choice(material.chinese if chinese else material.latin)
            _line(page, draw, words, (left + right) / 2, y, bold, big, "ma", rng)
            y += big * rng.uniform(1.5, 2.6)
        elif kind < 0.72:
            y = _table(page, draw, (left, y, right, stop), font, size, chinese, rng, material)
        elif kind < 0.86:
            y = _slots(page, draw, (left, y, right), font, size, chinese, rng)
        elif kind < 0.92:
            y += rng.uniform(1, 8) * size
        else:
            y = _rules(draw, left, y, right, mm, rng)
        y += size * rng.uniform(0.3, 1.4)
    page.end = y
    _edges(page, draw, font, size, rng)
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        _picture(page, rng)
    return page


def _joined(paragraphs: list[str], rng: random.Random) -> list[str]:
    """Some lines run on as long paragraphs do."""
    joined: list[str] = []
    dense = rng.random()
    for paragraph in paragraphs:
        if joined and rng.random() < dense:
            joined[-1] += paragraph
        else:
            joined.append(paragraph)
    return joined


def _words(chinese: bool, rng: random.Random, material: Material) -> str:
    if not chinese:
        return latin_text(rng, rng.randint(3, 60))
    text = rng.choice(material.texts)
    if rng.random() < 0.5:
        return text.replace("\n", "") or "法律援助"
    return rng.choice([p for p in text.split("\n") if p.strip()] or ["法律援助"])


def _line(
    page: Printed, draw: ImageDraw.ImageDraw, text: str, x: float, y: float, font: Path, size: float, anchor: str,
    rng: random.Random, level: int = 255,
) -> float:  # fmt: skip
    drawn = face(font, max(7, round(size)))
    box = draw.textbbox((x, y), text, drawn, anchor=anchor)
    draw.text((x, y), text, level, drawn, anchor=anchor)
    if rng.random() < 0.05:
        draw.line((box[0], box[3] + 2, box[2], box[3] + 2), fill=level, width=max(1, round(0.2 * page.mm)))
    page.lines.append(box)
    return box[2]


def _paragraph(
    page: Printed, draw: ImageDraw.ImageDraw, text: str, room: Place, font: Path, size: float, rng: random.Random
) -> float:
    left, y, right, stop = room
    drawn = face(font, max(7, round(size)))
    spaced = any(ord(c) > 0x500 for c in text)
    parts = list(text) if spaced else text.split(" ")
    gap = "" if spaced else " "
    x = left + (2 * size if rng.random() < 0.6 else 0)
    step = size * rng.uniform(1.15, 2.0)
    row = ""
    for part in [*parts, "\n"]:
        longer = row + gap + part if row else part
        if part == "\n" or x + drawn.getlength(longer) > right:
            _line(page, draw, row, x, y, font, size, "la", rng)
            x, row = left, part
            y += step
            if y > stop + 4 * size:
                break
        else:
            row = longer
    return y


def _table(
    page: Printed, draw: ImageDraw.ImageDraw, room: Place, font: Path, size: float, chinese: bool, rng: random.Random,
    material: Material,
) -> float:  # fmt: skip
    left, y, right, _ = room
    columns = sorted([left, right, *(rng.uniform(left + 3 * size, right) for _ in range(rng.randint(0, 4)))])
    thick = max(1, round(rng.uniform(0.12, 0.5) * page.mm))
    top = y
    for _ in range(rng.randint(1, 9)):
        tall = size * rng.choice((1.6, 2.0, 2.4, 4.0, 7.0))
        draw.line((left, y, right, y), fill=255, width=thick)
        for start, end in pairwise(columns):
            fits = int((end - start) / size) - 1
            if fits < 1:
                continue
            if rng.random() < 0.6:
                words = _words(chinese, rng, material)[: fits if chinese else fits * 2]
                _line(page, draw, words, start + size / 2, y + tall / 2, font, size, "lm", rng)
            else:
                page.slots.append((start + size / 2, y + tall / 2 + size * 0.4, end, size))
        y += tall
    draw.line((left, y, right, y), fill=255, width=thick)
    for x in columns:
        if rng.random() < 0.92:
            draw.line((x, top, x, y), fill=255, width=thick)
    return y


def _slots(
    page: Printed, draw: ImageDraw.ImageDraw, room: tuple[float, float, float], font: Path, size: float,
    chinese: bool, rng: random.Random,
) -> float:  # fmt: skip
    left, y, right = room
    for _ in range(rng.randint(1, 4)):
        x = left + rng.choice((0.0, 0.0, 0.35, 0.5)) * (right - left)
        labels = [s for s in _SLOTS if (ord(s[0]) > 0x500) == chinese]
        while x < right - 12 * size:
            x = _line(page, draw, rng.choice(labels), x, y, font, size, "la", rng) + size * 0.3
            end = min(right, x + size * rng.uniform(5, 14))
            kind = rng.random()
            if kind < 0.45:
                draw.line((x, y + size * 1.1, end, y + size * 1.1), fill=255, width=max(1, round(0.2 * page.mm)))
            elif kind < 0.6:
                draw.text((x, y), "." * int((end - x) / size * 3.4), 255, face(font, max(7, round(size))))
            elif kind < 0.75 and chinese:
                draw.text((x + 2.5 * size, y), "年     月     日", 255, face(font, max(7, round(size))))
            page.slots.append((x, y + size, end, size))
            x = end + size * rng.uniform(1, 4)
            if rng.random() < 0.6:
                break
        y += size * rng.uniform(1.6, 3.4)
    return y


def _rules(draw: ImageDraw.ImageDraw, left: float, y: float, right: float, mm: float, rng: random.Random) -> float:
    """Rulings: full, dotted, doubled, now and then crooked as a fold or a streak is."""
    for _ in range(rng.randint(1, 5)):
        thick = max(1, round(rng.uniform(0.12, 0.9) * mm))
        if rng.random() < 0.25:
            step = rng.uniform(1, 3) * mm
            for i in range(int((right - left) / step)):
                draw.line((left + i * step, y, left + (i + 0.5) * step, y), fill=255, width=thick)
        else:
            draw.line((left, y, right if rng.random() < 0.8 else (left + right) / 2, y), fill=255, width=thick)
        y += rng.uniform(1, 9) * mm
    return y


def _edges(page: Printed, draw: ImageDraw.ImageDraw, font: Path, size: float, rng: random.Random) -> None:
    """Page numbers, headers, frames, the dark edge of a scan."""
    width, height = page.ink.size
    mm = page.mm
    if rng.random() < 0.75:
        number = rng.choice(("{}", "- {} -", "第{}页", "{}/19", "Page {}")).format(rng.randint(1, 160))
        x = rng.choice((width / 2, width - rng.uniform(10, 30) * mm, rng.uniform(10, 30) * mm))
        y = height - rng.uniform(6, 16) * mm if rng.random() < 0.8 else rng.uniform(5, 12) * mm
        _line(page, draw, number, x, y, font, size * rng.uniform(0.8, 1.2), "mm", rng)
        if rng.random() < 0.15:
            draw.rectangle(
                (x - 4 * mm, y - 3.4 * mm, x + 4 * mm, y + 3.4 * mm), outline=255, width=round(0.5 * mm) or 1
            )
    if rng.random() < 0.12:
        inset = rng.uniform(5, 14) * mm
        draw.rectangle((inset, inset, width - inset, height - inset), outline=255, width=max(1, round(0.3 * mm)))
    if rng.random() < 0.2:
        for y in (0.34, 0.66):
            r, x = rng.uniform(2, 3) * mm, rng.uniform(5, 9) * mm
            draw.ellipse((x - r, height * y - r, x + r, height * y + r), fill=240)
    if rng.random() < 0.2:
        depth = rng.uniform(0.5, 6) * mm
        level = rng.randint(90, 255)
        side = rng.choice(((0, 0, width, depth), (0, height - depth, width, height), (0, 0, depth, height),
                           (width - depth, 0, width, height)))  # fmt: skip
        draw.rectangle(side, fill=level)
    for _ in range(rng.choice((0, 0, 4, 12, 60))):
        x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0.05, 0.5) * mm
        draw.ellipse((x - r, y - r * rng.uniform(0.4, 1), x + r, y + r), fill=rng.randint(90, 255))


def _picture(page: Printed, rng: random.Random) -> None:
    """A logo, a photograph, a code, a smudge, a card: none of them pen, seal or print of a finger."""
    mm = page.mm
    if rng.random() < 0.5:
        _paste(page, _card(mm, rng) if rng.random() < 0.65 else _stain(mm, rng), rng)
        return
    width, height = (round(rng.uniform(8, 45) * mm) for _ in range(2))
    tile = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(tile)
    kind = rng.random()
    noise = np.random.default_rng(rng.randrange(2**31))
    if kind < 0.3:  # a logo: shapes and a word
        for _ in range(rng.randint(2, 7)):
            x0, x1 = sorted(rng.uniform(0, width) for _ in range(2))
            y0, y1 = sorted(rng.uniform(0, height) for _ in range(2))
            shape = rng.choice((draw.rectangle, draw.ellipse))
            if rng.random() < 0.5:
                shape((x0, y0, x1, y1), fill=rng.randint(60, 255))
            else:
                shape((x0, y0, x1, y1), outline=255, width=max(1, round(rng.uniform(0.3, 2) * mm)))
    elif kind < 0.55:  # a photograph
        coarse = noise.random((rng.randint(4, 14), rng.randint(4, 14))) * 255
        tile = Image.fromarray(coarse.astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC)
    elif kind < 0.7:  # a code of bars or squares
        cell = max(1, round(rng.uniform(0.25, 0.9) * mm))
        bits = noise.random((1 if rng.random() < 0.5 else height // cell + 1, width // cell + 1)) > 0.5
        tile = Image.fromarray((bits * 255).astype(np.uint8)).resize((width, height), Image.Resampling.NEAREST)
    else:  # a smudge of toner, a staple, a torn corner
        height = max(4, height // rng.choice((2, 4, 6)))
        blot = noise.random((rng.randint(3, 8), rng.randint(4, 12))) * rng.uniform(300, 700) - rng.uniform(100, 250)
        tile = Image.fromarray(np.clip(blot, 0, 255).astype(np.uint8)).resize(
            (width // 2, height), Image.Resampling.BICUBIC
        )
    _paste(page, tile.rotate(rng.choice((0, 0, 90, rng.uniform(-20, 20))), expand=True), rng)


def _paste(page: Printed, tile: Image.Image, rng: random.Random) -> None:
    soft = tile.filter(ImageFilter.GaussianBlur(0.6))
    x, y = rng.randint(0, page.ink.width), rng.randint(0, page.ink.height)
    page.ink.paste(255, (x - soft.width // 2, y - soft.height // 2), soft)


def _card(mm: float, rng: random.Random) -> Image.Image:
    """An identity card, licence or badge as copied: a frame, a portrait, an emblem, lines of small print."""
    width, height = round(rng.uniform(60, 95) * mm), round(rng.uniform(40, 60) * mm)
    tile = Image.new("L", (width, height), rng.choice((0, 0, 15, 40)))
    draw = ImageDraw.Draw(tile)
    thick = max(1, round(rng.uniform(0.2, 0.6) * mm))
    draw.rounded_rectangle((1, 1, width - 2, height - 2), radius=3 * mm, outline=255, width=thick)
    if rng.random() < 0.7:  # head and shoulders
        x, y, wide, tall = (rng.uniform(*span) for span in ((0.6, 0.7), (0.1, 0.2), (0.2, 0.28), (0.5, 0.7)))
        left, top, right, bottom = x * width, y * height, (x + wide) * width, (y + tall) * height
        draw.rectangle((left, top, right, bottom), fill=rng.randint(20, 140))
        middle, half, down = (left + right) / 2, (right - left) / 4, bottom - top
        head = (middle - half, top + 0.15 * down, middle + half, top + 0.65 * down)
        draw.ellipse(head, fill=rng.randint(90, 230))
        if rng.random() < 0.6:
            draw.ellipse((left, top + 0.7 * (bottom - top), right, bottom + 0.3 * (bottom - top)), fill=200)
            draw.rectangle((left, bottom, right, bottom + 0.31 * (bottom - top)), fill=0)
    if rng.random() < 0.7:
        radius = rng.uniform(5, 12) * mm
        x, y = rng.uniform(0.12, 0.4) * width, rng.uniform(0.2, 0.6) * height
        for part in (1.0, rng.uniform(0.4, 0.95), rng.uniform(0.2, 0.8))[: rng.choice((1, 1, 2, 3))]:
            r = radius * part
            draw.ellipse((x - r, y - r, x + r, y + r), outline=255, width=max(1, round(rng.uniform(0.2, 1.2) * mm)))
    for i in range(rng.randint(2, 6)):
        y = height * (0.15 + 0.14 * i)
        draw.line((0.08 * width, y, rng.uniform(0.2, 0.55) * width, y), fill=220, width=round(1.5 * mm))
    return tile.rotate(rng.choice((0, 0, 0, 90, rng.uniform(-4, 4))), expand=True)


def _stain(mm: float, rng: random.Random) -> Image.Image:
    """Something spilt or a shadow: pale, soft, without strokes."""
    side = round(rng.uniform(15, 60) * mm)
    tile = Image.new("L", (2 * side, 2 * side), 0)
    level, tall = rng.randint(12, 70), side * rng.uniform(0.3, 1)
    ImageDraw.Draw(tile).ellipse((side / 2, side - tall / 2, 1.5 * side, side + tall / 2), fill=level)
    return tile.rotate(rng.uniform(0, 180)).filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 4) * mm))
