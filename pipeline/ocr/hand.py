"""Whether a line's ink looks handwritten, by the directions of its strokes.

Printed characters stand on strictly upright stems and level bars; a hand slants, bends and turns them. The four
measures and the weights below were fitted on lines drawn from fonts, printed ones against the same bent and shaken by
chance (models/training/handwriting.py); no scanned page took part. Lines of one character say too little and get none.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image
from pipeline.ocr.lines import Strip, cut

_HEIGHT = 48
_BINS = 90
"""Directions of gradients over half a turn, two degrees each; bin 0 is the edge of an upright stem."""
_LEAST_INK = 60
_LEAST_CHARACTERS = 2
_MEANS = np.array([0.1294, 0.0967, 4.3067, 0.1941])
_SPREADS = np.array([0.0591, 0.0627, 0.1658, 0.0306])
_WEIGHTS = np.array([-4.400, -2.118, 0.340, -1.637])
_BIAS = -1.597


def hand_score(image: Image, strip: Strip) -> float | None:
    """Tell from 0 (printed) to 1 (handwritten) what a strip looks like; None where there is too little to tell."""
    if len(strip.text.strip()) < _LEAST_CHARACTERS or strip.tall:
        return None
    found = measures(np.asarray(cv2.cvtColor(cut(image, strip.quad), cv2.COLOR_RGB2GRAY), np.uint8))
    if found is None:
        return None
    score = float(((found - _MEANS) / _SPREADS) @ _WEIGHTS) + _BIAS
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def measures(gray: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64] | None:
    """Measure the directions of the edges of a level line of text (grey, dark on light).

    Shares of upright edges, of level ones, entropy over all directions, share of oblique ones; None for a line with
    hardly any ink.
    """
    height, width = gray.shape
    scale = _HEIGHT / height
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    ink = 255 - cv2.resize(gray, (max(8, round(width * scale)), _HEIGHT), interpolation=way).astype(np.float32)
    ink = np.clip(ink - np.percentile(ink, 30), 0, None)
    ink /= max(1.0, float(np.percentile(ink, 98)))
    if int((ink > 0.45).sum()) < _LEAST_INK:
        return None
    across, down = cv2.Sobel(ink, cv2.CV_32F, 1, 0), cv2.Sobel(ink, cv2.CV_32F, 0, 1)
    strength = np.hypot(across, down)
    edge = strength > np.percentile(strength, 80)
    directions = np.degrees(np.arctan2(down[edge], across[edge])) % 180
    share = np.histogram(directions, _BINS, (0, 180), weights=strength[edge])[0]
    share = share / max(1e-9, float(share.sum()))

    def around(centre: int, reach: int) -> float:
        return float(np.take(share, range(centre - reach, centre + reach), mode="wrap").sum())

    # a little skew must not look like a hand: the best direction within six degrees counts
    upright = max(around(shift, 2) for shift in range(-3, 4))
    level = max(around(_BINS // 2 + shift, 2) for shift in range(-3, 4))
    entropy = float(-(share * np.log(share + 1e-9)).sum())
    oblique = around(_BINS // 4, 6) + around(3 * _BINS // 4, 6)
    return np.array([upright, level, entropy, oblique])
