"""The colour of ink: where a page is stamped red, and what it looks like without that red.

Red ink is nearly as bright as paper in the red channel, black and blue ink are dark in it; so the red channel shows
what was written before the seal came down on it.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image
from pipeline.ocr.levels import histogram, percentile
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


def white_balanced(image: Image) -> Image:
    """Make the paper of an image white: yellow paper and bluish lamps must not count as ink colours."""
    step = max(1, max(image.shape[:2]) // 300)
    channels = cv2.split(np.ascontiguousarray(image[::step, ::step]))
    brightness = channels[0].astype(np.uint16) + channels[1] + channels[2]
    sums = np.cumsum(np.bincount(brightness.ravel()))
    least = int(np.searchsorted(sums, 0.6 * sums[-1]))
    bright = (brightness >= least).astype(np.uint8)
    paper = [max(64, percentile(histogram(np.asarray(channel, np.uint8), bright), 50)) for channel in channels]
    result = np.empty_like(image)
    # channel by channel it is a scaling, which is done in blocks as a table of three columns is not; and in bands
    # that stay in the processor's cache
    for top in range(0, len(image), _BAND):
        scaled = [
            cv2.convertScaleAbs(channel, alpha=255.0 / white)
            for channel, white in zip(cv2.split(image[top : top + _BAND]), paper, strict=True)
        ]
        cv2.merge(scaled, result[top : top + _BAND])
    return result


def red_ink(balanced: Image) -> Mask:
    """Find where a white-balanced image is red: seals, fingerprints, red print."""
    return inks(balanced)[0]


def blue_ink(balanced: Image) -> Mask:
    """Find where a white-balanced image is blue: pens, blue stamps. The mask has half the image's size."""
    return inks(balanced)[1]


def inks(balanced: Image) -> tuple[Mask, Mask]:
    """Find where a white-balanced image is red and where it is blue (see `red_ink`, `blue_ink`)."""
    half = halved(balanced)
    red = np.zeros(balanced.shape[:2], np.uint8)
    hints = cv2.threshold(_surplus(half, 0), 0.6 * _RED, 255, cv2.THRESH_BINARY)[1]
    left, top, across, down = (2 * v for v in cv2.boundingRect(hints))
    left, right = max(0, left - 8), left + across + 8
    # only the part of the image that has some red is looked at closely
    for start in range(max(0, top - 8), top + down + 8 if across else 0, _BAND):
        # two rows above and below take part in the smoothing
        above = min(2, start)
        rows = balanced[start - above : start + _BAND + 2, left:right]
        smooth = cv2.GaussianBlur(_surplus(rows, 0), (5, 5), 0)[above : above + _BAND]
        red[start : start + len(smooth), left:right] = cv2.threshold(smooth, _RED, 255, cv2.THRESH_BINARY)[1]
    # violet stamps and pens have some red; green must stay clearly under blue in both
    smooth = cv2.GaussianBlur(_surplus(half, 2), (3, 3), 0)
    return red, np.asarray(cv2.threshold(smooth, _BLUE, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _surplus(image: Image, own: int) -> npt.NDArray[np.uint8]:
    channels = list(cv2.split(image))
    channel = channels.pop(own)
    return np.asarray(cv2.subtract(channel, cv2.max(*channels)), np.uint8)


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
