"""Levels of grey (0..255), counted: quantiles of an image come from its histogram, which needs no sorting."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]


def histogram(values: Gray, mask: Gray | None = None) -> npt.NDArray[np.float64]:
    """Count how often each of the 256 levels occurs where `mask` (of the same size) is not 0; everywhere without."""
    return np.asarray(cv2.calcHist([values], [0], mask, [256], [0, 256]), np.float64).ravel()


def percentile(counts: npt.NDArray[np.float64], part: float) -> int:
    """Give the level up to which `part` percent (0..100) of what a histogram counts lies; 0 for an empty one."""
    sums = np.cumsum(counts)
    return int(np.searchsorted(sums, part / 100 * sums[-1])) if sums[-1] else 0
