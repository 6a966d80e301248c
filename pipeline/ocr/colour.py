"""The colour of ink: where a page is stamped red, and what it looks like without that red.

Red ink is nearly as bright as paper in the red channel, black and blue ink are dark in it; so the red channel shows
what was written before the seal came down on it.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image

Mask = npt.NDArray[np.uint8]
"""Height x width, 0 or 255."""

_RED = 28
"""By how many of 255 steps red must outshine green and blue, on white-balanced paper; faded seals have about 40."""
_BLUE = 24
_FRINGE = np.ones((7, 7), np.uint8)
"""Around red ink its blurred fringe is treated like it."""


def white_balanced(image: Image) -> Image:
    """Make the paper of an image white: yellow paper and bluish lamps must not count as ink colours."""
    step = max(1, max(image.shape[:2]) // 500)
    sample = image[::step, ::step].reshape(-1, 3)
    brightness = sample.sum(axis=1)
    paper = np.median(sample[brightness >= np.percentile(brightness, 60)], axis=0)
    levels = np.arange(256, dtype=np.float32)[:, None]
    table = np.clip(levels * 255.0 / np.maximum(paper, 64.0), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, table.reshape(1, 256, 3)), np.uint8)


def red_ink(balanced: Image) -> Mask:
    """Find where a white-balanced image is red: seals, fingerprints, red print."""
    red, green, blue = cv2.split(balanced)
    return _clean(cv2.subtract(red, cv2.max(green, blue)), _RED)


def blue_ink(balanced: Image) -> Mask:
    """Find where a white-balanced image is blue: pens, blue stamps."""
    red, green, blue = cv2.split(balanced)
    # violet stamps and pens have some red; green must stay clearly under blue in both
    return _clean(cv2.subtract(blue, cv2.max(red, green)), _BLUE)


def _clean(surplus: npt.NDArray[np.uint8], threshold: int) -> Mask:
    smooth = cv2.GaussianBlur(surplus, (5, 5), 0)
    return np.asarray(cv2.threshold(smooth, threshold, 255, cv2.THRESH_BINARY)[1], np.uint8)


def without_red(balanced: Image, red: Mask) -> Image:
    """Bleach the red ink of an image, which becomes grey there; other places are left as they are.

    Each patch of red is bleached by its own strength: what is as bright in the red channel as the seal becomes paper.
    """
    result = balanced.copy()
    patches = cv2.morphologyEx(cv2.dilate(red, _FRINGE), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(patches, connectivity=8)
    for i in range(1, count):
        x, y, width, height, area = stats[i]
        if area < 150:
            continue
        window = (slice(y, y + height), slice(x, x + width))
        here = (labels[window] == i).astype(np.uint8)
        result[window] = bleached(result[window], cv2.bitwise_and(red[window], here * 255), 45, 0)
    return result


def bleached(balanced: Image, red: Mask, part: float, black: int) -> Image:
    """Bleach the red ink of a small window.

    `part` (0..100): how many percent of the red pixels may stay visible as a shadow; few for a pale seal over strong
    print, many for thin print that would go with it. `black`: the red channel's value that becomes black.
    """
    result = balanced.copy()
    if not red.any():
        return result
    channel = balanced[..., 0].astype(np.float32)
    level = max(90.0 + black, float(np.percentile(channel[red > 0], part)))
    spot = cv2.dilate(red, _FRINGE) > 0
    result[spot] = np.clip((channel - black) * (255.0 / (level - black)), 0, 255).astype(np.uint8)[spot][:, None]
    return result
