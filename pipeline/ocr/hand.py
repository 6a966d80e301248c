"""Whether a line's ink looks handwritten, by the directions of its strokes.

Printed characters stand on strictly upright stems and level bars; a hand slants, bends and turns them. The four
measures and the weights below were fitted on lines drawn from fonts, printed ones against the same bent and shaken by
chance (models/training/handwriting.py); no scanned page took part. Lines of one character say too little and get none.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.levels import histogram, percentile
from pipeline.ocr.lines import Strip

_HEIGHT = 48
_BINS = 90
"""Directions of gradients over half a turn, two degrees each; bin 0 is the edge of an upright stem."""
_UPRIGHT = (np.arange(-3, 4)[:, None] + np.arange(-2, 2)) % _BINS
"""Bins of four directions around the upright one; a little skew must not look like a hand, so also of those beside."""
_LEVEL = (_UPRIGHT + _BINS // 2) % _BINS
_OBLIQUE = np.r_[_BINS // 4 - 6 : _BINS // 4 + 6, 3 * _BINS // 4 - 6 : 3 * _BINS // 4 + 6]
_LEVEL_ENOUGH = 1.0
"""Pixels of slant, over the length of a strip and over its height, that need no turning."""
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
    gray = _grey(image, strip.quad)
    found = measures(gray) if gray.size else None
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
    return _directions(cv2.resize(gray, (max(8, round(width * scale)), _HEIGHT), interpolation=way))


def _grey(image: Image, quad: Quad) -> npt.NDArray[np.uint8]:
    """Cut out a strip in grey and level; empty where it lies off the image."""
    left, top = np.maximum(np.floor(quad.min(axis=0)).astype(int) - 2, 0)
    right, bottom = np.maximum(np.ceil(quad.max(axis=0)).astype(int) + 3, 0)
    window = image[top:bottom, left:right]
    if not window.size:
        return np.zeros((0, 0), np.uint8)
    gray = np.asarray(cv2.cvtColor(window, cv2.COLOR_RGB2GRAY), np.uint8)
    corners = quad[:3].astype(np.float32) - np.array([left, top], np.float32)
    width = max(1, round(float(np.linalg.norm(corners[1] - corners[0]))))
    height = max(1, round(float(np.linalg.norm(corners[2] - corners[1]))))
    slant = abs(corners[1, 1] - corners[0, 1]) + abs(corners[2, 0] - corners[1, 0])
    if slant <= _LEVEL_ENOUGH and corners[1, 0] > corners[0, 0] and corners[2, 1] > corners[1, 1]:
        across, down = np.maximum(np.rint(corners[0]).astype(int), 0)
        return gray[down : down + height, across : across + width]
    place = np.array([[0, 0], [width, 0], [width, height]], np.float32)
    matrix = cv2.getAffineTransform(corners, place)
    line = cv2.warpAffine(gray, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(line, np.uint8)


def _directions(line: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64] | None:
    dark = np.asarray(cv2.bitwise_not(line), np.uint8)
    counts = histogram(dark)
    paper = percentile(counts, 30)
    full = max(1, percentile(counts, 98) - paper)
    if int(counts[paper + int(0.45 * full) + 1 :].sum()) < _LEAST_INK:
        return None
    ink = cv2.max(dark, paper)
    across, down = cv2.Sobel(ink, cv2.CV_32F, 1, 0), cv2.Sobel(ink, cv2.CV_32F, 0, 1)
    strength, angle = cv2.cartToPolar(across, down, angleInDegrees=True)
    # the strongest fifth; steps of a sixtieth of full ink are fine enough to find it
    steps = np.asarray(cv2.convertScaleAbs(strength, alpha=60 / full), np.uint8)
    edge = np.flatnonzero(steps.ravel() > percentile(histogram(steps), 80))
    bins = (angle.ravel()[edge] * (_BINS / 180)).astype(np.intp) % _BINS
    sums = np.bincount(bins, strength.ravel()[edge], _BINS)
    share = sums / max(1e-9, float(sums.sum()))

    upright, level = (float(share[bins].sum(axis=1).max()) for bins in (_UPRIGHT, _LEVEL))
    entropy = float(-(share * np.log(share + 1e-9)).sum())
    return np.array([upright, level, entropy, float(share[_OBLIQUE].sum())])
