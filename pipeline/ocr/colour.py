"""The colour of ink: where a page is stamped red, and what it looks like without that red.

Red ink is nearly as bright as paper in the red channel, black and blue ink are dark in it; so the red channel shows
what was written before the seal came down on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image
from pipeline.ocr.levels import Gray, histogram, percentile
from pipeline.ocr.shrink import halved

Mask = npt.NDArray[np.uint8]
"""Height x width, 0 or 255."""

_RED = 28
"""By how many of 255 steps red must outshine green and blue, on white-balanced paper; faded seals have about 40."""
_BLUE = 24
_BAND = 128
"""Rows of an image that are worked on at a time."""
_FRINGE = np.ones((7, 7), np.uint8)
"""Around red ink its blurred fringe is treated like it."""
_PATCH = 4
"""By how much smaller patches of red are told apart."""
_LEAST_PATCH = 6
"""Squares of that many pixels a side that a patch must touch to be bleached; less is dust."""


@dataclass(frozen=True, slots=True, eq=False)
class Colours:
    """An image whose paper is made white, and its coloured ink: red at the image's size, blue at half of it."""

    balanced: Image
    red: Mask
    blue: Mask


def colours(image: Image) -> Colours:
    """Make the paper of an image white and find its red ink (seals, fingerprints, print) and blue ink (pens, stamps).

    Yellow paper and bluish lamps must not count as ink colours. All is done in one walk over the image, in bands that
    stay in the processor's cache, and channel by channel, which it does in blocks.
    """
    height, width = image.shape[:2]
    gains = [255.0 / white for white in _paper(image)]
    balanced = np.empty_like(image)
    surplus = np.zeros((height, width), np.uint8)
    blues = []
    reddish = []
    for top in range(0, height, _BAND):
        band = slice(top, top + _BAND)
        channels = cv2.split(image[band])
        red, green, blue = (cv2.convertScaleAbs(c, alpha=gain) for c, gain in zip(channels, gains, strict=True))
        cv2.merge([red, green, blue], balanced[band])
        here = cv2.subtract(red, cv2.max(green, blue))
        if cv2.countNonZero(cv2.compare(here, _RED, cv2.CMP_GT)):
            surplus[band] = here
            reddish.append(top)
        # violet stamps and pens have some red; green must stay clearly under blue in both
        blues.append(halved(np.asarray(cv2.subtract(blue, cv2.max(red, green)), np.uint8)))
    return Colours(balanced, _red(surplus, reddish), _over(cv2.GaussianBlur(np.concatenate(blues), (3, 3), 0), _BLUE))


def _paper(image: Image) -> list[int]:
    """Colour of the paper: the median of the brighter part of the image; at least a dark grey."""
    step = max(1, max(image.shape[:2]) // 300)
    channels = cv2.split(np.ascontiguousarray(image[::step, ::step]))
    brightness = channels[0].astype(np.uint16) + channels[1] + channels[2]
    sums = np.cumsum(np.bincount(brightness.ravel()))
    bright = (brightness >= int(np.searchsorted(sums, 0.6 * sums[-1]))).astype(np.uint8)
    return [max(64, percentile(histogram(np.asarray(channel, np.uint8), bright), 50)) for channel in channels]


def _red(surplus: Gray, bands: Sequence[int]) -> Mask:
    """Red ink by how much red outshines the rest; only some bands (their first rows) have any."""
    mask = np.zeros(surplus.shape, np.uint8)
    for top in bands:
        # two rows above and below take part in the smoothing, and get their share of it
        first, last = max(0, top - 2), min(len(surplus), top + _BAND + 2)
        start, end = max(0, first - 2), min(len(surplus), last + 2)
        smooth = cv2.GaussianBlur(surplus[start:end], (5, 5), 0)
        mask[first:last] = _over(np.asarray(smooth[first - start : last - start], np.uint8), _RED)
    return mask


def _over(levels: npt.NDArray[np.uint8], threshold: int) -> Mask:
    return np.asarray(cv2.threshold(levels, threshold, 255, cv2.THRESH_BINARY)[1], np.uint8)


def without_red(balanced: Image, red: Mask) -> Image:
    """Bleach the red ink of an image, which becomes grey there; other places are left as they are.

    Each patch of red is bleached by its own strength: what is as bright in the red channel as the seal becomes paper.
    """
    result = balanced.copy()
    touched = cv2.threshold(halved(halved(red)), 0, 255, cv2.THRESH_BINARY)[1]
    patches = cv2.morphologyEx(touched, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(patches, connectivity=8)
    for i in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[i])
        if area < _LEAST_PATCH:
            continue
        # with a margin for the fringe
        rows, columns = slice(max(0, y - 1), y + height + 1), slice(max(0, x - 1), x + width + 1)
        own = (labels[rows, columns] == i).astype(np.uint8) * 255
        own = cv2.resize(own, None, fx=_PATCH, fy=_PATCH, interpolation=cv2.INTER_NEAREST)
        top, left = _PATCH * rows.start, _PATCH * columns.start
        window = (slice(top, top + own.shape[0]), slice(left, left + own.shape[1]))
        _bleach(result[window], cv2.bitwise_and(red[window], own), 45, 0)
    return result


def bleached(balanced: Image, red: Mask, part: float, black: int) -> Image:
    """Bleach the red ink of a small window.

    `part` (0..100): how many percent of the red pixels may stay visible as a shadow; few for a pale seal over strong
    print, many for thin print that would go with it. `black`: the red channel's value that becomes black.
    """
    result = balanced.copy()
    _bleach(result, red, part, black)
    return result


def _bleach(window: Image, red: Mask, part: float, black: int) -> None:
    channel = np.ascontiguousarray(window[..., 0])
    counts = histogram(channel, red)
    if not counts.any():
        return
    level = max(90 + black, percentile(counts, part))
    table = np.clip((np.arange(256) - black) * (255.0 / (level - black)), 0, 255).astype(np.uint8)
    shadow = cv2.cvtColor(cv2.LUT(channel, table), cv2.COLOR_GRAY2RGB)
    window[:] = cv2.copyTo(shadow, cv2.dilate(red, _FRINGE), window)
