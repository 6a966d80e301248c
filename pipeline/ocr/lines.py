"""Strips of text on an image: cutting them out, reading them, and putting them into reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.casefile import Box, Line

if TYPE_CHECKING:
    from pipeline.ocr.engine import Engine, Image, Quad

_TALL = 1.5
"""Height over width from which a strip may be a line that stands on its side."""
_SAME_ROW = 0.5
"""Two strips are in one row when their centres differ by less than this part of the smaller height."""


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A strip of text on an image: its corners in pixels, what was read there and how sure; the rest as in `Line`."""

    quad: Quad
    text: str
    score: float
    second: str | None = None
    second_score: float | None = None
    hand: float | None = None

    @property
    def length(self) -> float:
        return float(np.linalg.norm(self.quad[1] - self.quad[0]))

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.quad[3] - self.quad[0]))

    @property
    def tall(self) -> bool:
        return self.height >= _TALL * self.length

    def box(self, width: int, height: int) -> Box:
        """Give the upright rectangle around the strip in fractions of an image of that size."""
        left, top = self.quad.min(axis=0)
        right, bottom = self.quad.max(axis=0)
        return Box(
            round(max(0.0, float(left) / width), 5),
            round(max(0.0, float(top) / height), 5),
            round(min(1.0, float(right) / width), 5),
            round(min(1.0, float(bottom) / height), 5),
        )


def cut(image: Image, quad: Quad) -> Image:
    """Cut out the strip between four corners, made upright; at least one pixel in each direction."""
    width = max(1, round(float(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3])))))
    height = max(1, round(float(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2])))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    left, top = max(0, int(quad[0, 0])), max(0, int(quad[0, 1]))
    if np.array_equal(quad, corners + np.array([left, top])):  # level, as most strips are: not turned
        window = image[top : top + height, left : left + width]
        if window.shape[:2] == (height, width):
            return np.ascontiguousarray(window)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    crop = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, np.uint8)


def read_strips(engine: Engine, image: Image, side: int) -> list[Strip]:
    """Detect and read all strips of an image, unordered."""
    return read_quads(engine, image, engine.detect(image, side))


def read_quads(engine: Engine, image: Image, quads: Sequence[Quad]) -> list[Strip]:
    """Read the strips of an image where they were detected, in the order given.

    A tall strip is read as it stands and turned (counter-clockwise, as lines of a page that lies on its side need);
    the better reading counts: turning every tall box makes a lone 1 in a table cell into 一.
    """
    crops = [cut(image, quad) for quad in quads]
    tall = [i for i, crop in enumerate(crops) if crop.shape[0] >= _TALL * crop.shape[1]]
    readings = engine.recognise([*crops, *(np.ascontiguousarray(np.rot90(crops[i])) for i in tall)])
    best = readings[: len(crops)]
    for i, turned in zip(tall, readings[len(crops) :], strict=True):
        if _evidence(turned) > _evidence(best[i]):
            best[i] = turned
    return [Strip(quad, text, score) for quad, (text, score) in zip(quads, best, strict=True)]


def _evidence(reading: tuple[str, float]) -> float:
    """How much a reading is worth: a turned line reads as one sure but lonely character, so length counts a little."""
    text, score = reading
    return float(score * min(len(text.strip()), 4) ** 0.25)


def skew(strips: Sequence[Strip]) -> float:
    """Slope of the text lines (rise over run; positive goes down to the right), the median over the longer strips.

    A form has few long strips, so shorter ones have their say where there are not three of the others.
    """
    for lengths in (6, 3):
        slopes = [
            float((s.quad[1, 1] - s.quad[0, 1]) / max(1.0, s.quad[1, 0] - s.quad[0, 0]))
            for s in strips
            if s.length > lengths * s.height
        ]
        if len(slopes) >= 3:
            return float(median(slopes))
    return 0.0


def in_reading_order(strips: Sequence[Strip]) -> list[Strip]:
    """Top to bottom, and left to right within a row; a skewed scan's rows are levelled first.

    A row is built around its first strip: another one joins when their centres lie close for both heights and it does
    not stand above or below a strip of the row, so a tall cell does not swallow the rows beside it.
    """
    slope = skew(strips)

    def level(strip: Strip) -> float:
        x, y = strip.quad.mean(axis=0)
        return float(y - slope * x)

    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: (level(s), float(s.quad[0, 0]))):
        for row in reversed(rows[-3:]):
            if all(not _stacked(strip, other) for other in row) and any(
                abs(level(strip) - level(other)) < _SAME_ROW * min(_thickness(strip), _thickness(other))
                for other in row
            ):
                row.append(strip)
                break
        else:
            rows.append([strip])
    rows.sort(key=lambda row: median(level(s) for s in row))
    return [strip for row in rows for strip in sorted(row, key=lambda s: float(s.quad[:, 0].min()))]


def _thickness(strip: Strip) -> float:
    return min(strip.height, strip.length) if strip.tall else strip.height


def _stacked(one: Strip, other: Strip) -> bool:
    """Whether two strips share so much of their width that they can only stand one above the other."""
    left = max(float(one.quad[:, 0].min()), float(other.quad[:, 0].min()))
    right = min(float(one.quad[:, 0].max()), float(other.quad[:, 0].max()))
    return right - left > 0.5 * min(one.length, other.length)


def as_lines(strips: Sequence[Strip], image: Image) -> tuple[Line, ...]:
    """Turn strips into lines in reading order; those in which nothing was read are left out."""
    height, width = image.shape[:2]
    return tuple(
        Line(
            strip.text,
            strip.box(width, height),
            round(strip.score, 4),
            strip.second,
            None if strip.second_score is None else round(strip.second_score, 4),
            None if strip.hand is None else round(strip.hand, 3),
        )
        for strip in in_reading_order([s for s in strips if s.text.strip()])
    )
