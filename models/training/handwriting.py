"""Fits the weights of pipeline/ocr/hand.py on lines drawn from fonts; prints them and how well they tell.

    python -m models.training.handwriting TEXTS.txt --printed FONT … --bent FONT …

TEXTS.txt holds a line of Chinese text per row; the fonts may be any with Chinese characters. Used for the weights in
force: Noto Serif CJK SC, Noto Sans CJK SC (regular, bold), AR PL SungtiL GB and KaitiM GB as print; KaitiM GB,
SungtiL GB and LXGW WenKai, each character turned, slanted, scaled and warped by chance, as hands; running text of
published judgments. 1600 lines, seed 1: 0.91 of them right.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from pipeline.ocr.hand import measures

Gray = npt.NDArray[np.uint8]
LINES = 1600


def draw(text: str, font: Path, bent: bool, chance: random.Random, noise: np.random.Generator) -> Gray:
    """Draw one line as a scanner would give it: print, or the same characters bent as by a hand."""
    size = chance.randint(28, 44)
    canvas = np.full((size * 2, len(text) * (size + 8) + 60), 255, np.float32)
    x = 20 + size // 2
    for character in text:
        own = round(size * chance.uniform(0.8, 1.2)) if bent else size
        tile = Image.new("L", (size * 2, size * 2), 255)
        face = ImageFont.truetype(str(font), own, index=2 if font.suffix == ".ttc" else 0)
        ImageDraw.Draw(tile).text((size, size), character, chance.randint(0, 60), face, anchor="mm")
        glyph = np.asarray(tile, np.float32)
        if bent:
            glyph = np.roll(_bent(glyph, size, chance, noise), round(chance.gauss(0, size * 0.06)), axis=0)
        left = max(0, x - size)
        place = canvas[:, left : left + size * 2]
        np.minimum(place, glyph[:, : place.shape[1]], out=place)
        step = size if not character.isascii() else size * 0.55
        x += round(step * (chance.uniform(0.85, 1.15) if bent else 1.0))
    line = cv2.GaussianBlur(canvas[:, : x + 20], (0, 0), chance.uniform(0.4, 1.3))
    skew = np.array([[1, 0, 0], [chance.gauss(0, 0.01), 1, 0]], np.float32)
    line = cv2.warpAffine(line, skew, line.shape[::-1], borderValue=255)
    line = line * chance.uniform(0.7, 0.95) + chance.uniform(5, 30) + noise.normal(0, chance.uniform(1, 8), line.shape)
    rows = np.nonzero((line < 170).any(axis=1))[0]
    top, bottom = (max(0, rows[0] - 4), rows[-1] + 4) if len(rows) else (0, len(line))
    return np.asarray(np.clip(line[top:bottom], 0, 255), np.uint8)


def _bent(
    glyph: npt.NDArray[np.float32], size: int, chance: random.Random, noise: np.random.Generator
) -> npt.NDArray[np.float32]:
    turn = cv2.getRotationMatrix2D((size, size), chance.gauss(0, 4), 1.0)
    slant = chance.gauss(-0.08, 0.08)
    turn[0, 1] += slant
    turn[0, 2] -= slant * size
    turned = cv2.warpAffine(glyph, turn, glyph.shape[::-1], borderValue=255)
    shift = noise.normal(0, 1, (*glyph.shape, 2)).astype(np.float32)
    shift = cv2.GaussianBlur(shift, (0, 0), size / 5) * size
    y, x = np.mgrid[: glyph.shape[0], : glyph.shape[1]].astype(np.float32)
    warped = cv2.remap(turned, x + shift[..., 0], y + shift[..., 1], cv2.INTER_LINEAR, borderValue=255)
    return np.asarray(warped, np.float32)


def fit(values: npt.NDArray[np.float64], bent: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.float64], float]:
    """Weights and bias of a logistic regression on standardised values, by plain gradient descent."""
    known = np.c_[values, np.ones(len(values))]
    weights = np.zeros(known.shape[1])
    for _ in range(3000):
        guess = 1 / (1 + np.exp(-known @ weights))
        weights -= 0.1 * (known.T @ (guess - bent) / len(bent) + 1e-3 * np.r_[weights[:-1], 0])
    return weights[:-1], float(weights[-1])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("texts", type=Path)
    arguments.add_argument("--printed", type=Path, nargs="+", required=True)
    arguments.add_argument("--bent", type=Path, nargs="+", required=True)
    given = arguments.parse_args()
    texts = [line.strip() for line in given.texts.read_text("utf-8").splitlines() if 4 <= len(line.strip()) <= 30]
    chance, noise = random.Random(1), np.random.default_rng(1)
    rows, bent = [], []
    for i in range(LINES):
        hand = i % 2 == 1
        found = measures(
            draw(chance.choice(texts), chance.choice(given.bent if hand else given.printed), hand, chance, noise)
        )
        if found is not None:
            rows.append(found)
            bent.append(hand)
    values, truth = np.array(rows), np.array(bent)
    means, spreads = values.mean(axis=0), values.std(axis=0)
    weights, bias = fit((values - means) / spreads, truth)
    right = (((values - means) / spreads @ weights + bias > 0) == truth).mean()
    print(f"means {means.round(4)}\nspreads {spreads.round(4)}\nweights {weights.round(3)} bias {bias:.3f}")
    print(f"right on the drawn lines: {right:.3f}")


if __name__ == "__main__":
    main()
