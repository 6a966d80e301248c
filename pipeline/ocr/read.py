"""One page image to what stands on it: the whole way on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.casefile import Box, Mark, PageText, Quality
from pipeline.config import OcrSettings
from pipeline.ocr import (
    blank,
    catalogue_page,
    colour,
    faint,
    hand,
    ink,
    lift,
    mark_net,
    marks,
    ones,
    orientation,
    quality,
    seal_text,
    second,
    strays,
    textlayer,
)
from pipeline.ocr.engine import Engine, Image
from pipeline.ocr.ink_grid import ink_grid
from pipeline.ocr.lines import Strip, as_lines, read_quads, read_strips
from pipeline.problems import problem

if TYPE_CHECKING:
    from pipeline.intake.page import PageImage

READING_VERSION = 15
"""Bumped whenever a page may read differently: it is part of a page result's key."""

_LINE_SCORE = 0.5
"""Lines under this score say more about the paper than about the text; they count for quality only."""
_RED_MATTERS = 0.0003
"""Share of a page that must be red before it is read without its red ink (a fingerprint covers about 0.3 %)."""
_RETRY_BELOW = 0.85
"""Mean score under which a page is searched once more at the larger size."""
_SMALL_TEXT = 0.011
"""Median height of strips, as a part of the page's, under which the text may be too small for the first search."""
_FEW_READ, _LITTLE_INK = 40, 0.005
"""Fewer sure characters and less clear ink than that: the page may be empty, or its writing too faint to be found."""
_PEN_IS_TEXT = 0.85
"""Score from which ink that the search had passed over is a line of text after all."""


def read_page(image: PageImage, engine: Engine, settings: OcrSettings) -> PageText:
    """Read one page. Never raises: what breaks becomes a page of kind "failed" with problem P205."""
    try:
        return _read(image, engine, settings)
    except Exception as error:  # whatever an engine throws at one page must not cost the other pages
        detail = "内存不足" if isinstance(error, MemoryError) else f"{type(error).__name__}: {error}"[:200]
        height, width = image.pixels.shape[:2]
        return PageText(
            "failed",
            quality=Quality("unreadable", 0.0, ("识别引擎出错",)),
            width=width,
            height=height,
            problems=(*image.problems, problem("P205", detail=detail)),
        )


def _read(image: PageImage, engine: Engine, settings: OcrSettings) -> PageText:
    pixels, problems, side = image.pixels, image.problems, settings.detection_side
    quads = engine.detect(pixels, side)
    rotation = orientation.lies_on_its_side(engine, pixels, quads, settings.rotation_gain)
    if rotation:
        pixels = orientation.turned(pixels, rotation)
        quads = engine.detect(pixels, side)
    layer = "scan"
    if image.digital and quads and not rotation:
        layer = textlayer.judge_layer(engine, pixels, quads, image.digital)
        if layer == "digital":
            return _digital(image, ink.contrast(pixels), engine)
    page = _Look(pixels, side, read_quads(engine, pixels, quads))
    if not rotation and orientation.stands_on_its_head(engine, pixels, page.strips, settings.rotation_gain):
        rotation = 180
        page = _look(engine, orientation.turned(pixels, rotation), side)
    elif layer == "garbage":
        problems = (*problems, problem("P206"))
    page = _closer(engine, page, settings)
    height, width = page.pixels.shape[:2]
    contrast = ink.contrast(page.pixels)
    stains = ink.measure(contrast)
    page, strong = _strengthened(engine, page, contrast, stains, settings)
    if blank.is_blank(stains, page.strips, height, lambda: strong.mirrored(engine)):
        return PageText("blank", width=width, height=height, problems=problems)
    grade = quality.judge(stains, page.strips, contrast=contrast)
    strips, found = _deepen(engine, page, contrast)
    told = quality.problem_of(grade)
    if told is not None:
        problems = (*problems, told)
    lines, grid = as_lines(strips, page.pixels), ink_grid(contrast)
    return PageText("scanned", rotation, lines, found, grade, width, height, problems, grid)


def _digital(image: PageImage, contrast: ink.Contrast, engine: Engine) -> PageText:
    """A page drawn from text that can be trusted: its own lines, and the marks that stand on its image."""
    height, width = image.pixels.shape[:2]
    size = np.array([width, height], np.float32)
    strips = []
    for line in image.digital:
        b = line.box
        corners = np.array([[b.x0, b.y0], [b.x1, b.y0], [b.x1, b.y1], [b.x0, b.y1]], np.float32) * size
        strips.append(Strip(corners, line.text, 1.0))
    seen = colour.colours(image.pixels)
    sight = mark_net.look(seen.red, seen.blue, contrast)
    spots = [s for s in marks.find_marks(sight, seen.red, seen.blue, contrast, strips) if s.kind != "ink"]
    read = seal_text.read_spots(engine, spots, seen.balanced)
    found = tuple(_mark(spot, text, image.pixels) for spot, (text, _) in zip(spots, read, strict=True))
    good = Quality("good", 1.0)
    return PageText("digital", 0, image.digital, found, good, width, height, image.problems, ink_grid(contrast))


def _deepen(engine: Engine, page: _Look, contrast: ink.Contrast) -> tuple[list[Strip], tuple[Mark, ...]]:
    """Second readings and marks of a page that is not blank; strips that are none of its text are left out."""
    seen = colour.colours(page.pixels)
    balanced, red = seen.balanced, seen.red
    scale = page.pixels.shape[1] / contrast.value.shape[1]
    strips = strays.without_ghosts([s for s in page.strips if s.score >= _LINE_SCORE], contrast, scale)
    clean = balanced
    if cv2.countNonZero(red) >= _RED_MATTERS * red.size:
        clean = colour.without_red(balanced, red)
        strips = second.read_under_red(engine, strips, clean, red, page.side)
    spots = marks.find_marks(mark_net.look(red, seen.blue, contrast), red, seen.blue, contrast, strips)
    lifted = lift.without_black_seals(balanced, spots)
    if lifted is not None:
        strips = second.read_under_red(engine, strips, lifted.mild, lifted.where, page.side)
    strips = second.read_dates_by_vote(engine, strips, balanced, red, lifted)
    strips = [ones.doubt_lone_ones(s, clean) for s in second.read_numbers_again(engine, strips, balanced)]
    strips = strays.without_arcs(strips, spots, balanced, clean)
    strips, found = catalogue_page.look_closer(engine, page.pixels, clean, red, strips, spots)
    for spot, (text, score) in zip(spots, seal_text.read_spots(engine, spots, balanced), strict=True):
        if spot.kind == "ink" and score >= _PEN_IS_TEXT and len(text) > 1:
            left, top, right, bottom = spot.rectangle
            corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
            strips.append(Strip(corners, text, score))
        else:
            found.append(_mark(spot, text, page.pixels))
    kept = [replace(s, hand=hand.hand_score(clean, s)) for s in strips if s.score >= _LINE_SCORE]
    return kept, tuple(found)


def _mark(spot: marks.Spot, text: str, pixels: Image) -> Mark:
    height, width = pixels.shape[:2]
    left, top, right, bottom = spot.rectangle
    box = Box(round(left / width, 5), round(top / height, 5), round(right / width, 5), round(bottom / height, 5))
    return Mark(spot.kind, box, spot.colour, text, round(spot.score, 4))


@dataclass(frozen=True, slots=True)
class _Look:
    """A page image as it was searched and read at one size."""

    pixels: Image
    side: int
    strips: Sequence[Strip]

    def mirrored(self, engine: Engine) -> Sequence[Strip]:
        """Read the mirror images across and, where that says little, upside down; the one that says more."""
        across = read_strips(engine, np.ascontiguousarray(self.pixels[:, ::-1]), self.side)
        if quality.confidence(across) >= _RETRY_BELOW:
            return across
        over = read_strips(engine, np.ascontiguousarray(self.pixels[::-1]), self.side)
        return max(across, over, key=blank.sure_characters)


def _look(engine: Engine, pixels: Image, side: int) -> _Look:
    return _Look(pixels, side, read_strips(engine, pixels, side))


def _strengthened(
    engine: Engine, first: _Look, contrast: ink.Contrast, stains: ink.Ink, settings: OcrSettings
) -> tuple[_Look, _Look]:
    """Look once more at a page on which nearly nothing stands, with its contrast stretched.

    First: the page with what was read of it; second: how it looks strengthened, for telling show-through by its mirror
    image. Both are `first` where the page needs no such look.
    """
    if blank.sure_characters(first.strips) >= _FEW_READ or stains.clear > _LITTLE_INK:
        return first, first
    pixels = faint.strengthened(first.pixels, contrast)
    if pixels is None:
        return first, first
    again = _look(engine, pixels, settings.detection_side)
    return (replace(first, strips=again.strips) if faint.shows_more(first.strips, again.strips) else first), again


def _closer(engine: Engine, first: _Look, settings: OcrSettings) -> _Look:
    """Search once more at the larger size where the usual one read badly or the text is small; the better look."""
    heights = [min(s.height, s.length) for s in first.strips]
    small = bool(heights) and float(np.median(heights)) < _SMALL_TEXT * max(first.pixels.shape[:2])
    if settings.detection_side_retry <= settings.detection_side:
        return first
    if not small and quality.confidence(first.strips) >= _RETRY_BELOW:
        return first
    again = _look(engine, first.pixels, settings.detection_side_retry)
    return again if _worth(again.strips) > _worth(first.strips) else first


def _worth(strips: Sequence[Strip]) -> float:
    """Characters read, each worth what its line's score is above a guess."""
    return sum(len(s.text) * max(0.0, s.score - 0.5) for s in strips)
