"""Smaller pictures of a page, made the quick way: halved as often as it goes, then the rest.

Halving by area runs at the speed of memory; a reduction by area to any other size costs ten times as much.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def halved(image: Pixels) -> Pixels:
    """Halve an image of one or three channels by area; an odd last row or column is left out."""
    height, width = (max(2, side // 2 * 2) for side in image.shape[:2])
    even = image[:height, :width]
    return np.asarray(cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)


def shrunk(image: Pixels, size: tuple[int, int]) -> Pixels:
    """Bring an image to `size` (width, height), in most cases a smaller one."""
    while image.shape[1] >= 2 * size[0] and image.shape[0] >= 2 * size[1] and min(image.shape[:2]) > 1:
        image = halved(image)
    if image.shape[1::-1] == size:
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), np.uint8)
