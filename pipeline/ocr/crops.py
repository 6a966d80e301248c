"""Crops for second readings: margins around a strip, level paper, black ink."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.ocr.colour import Mask
from pipeline.ocr.engine import Image, Quad
from pipeline.ocr.lines import cut

STAMPED = 0.01
"""Share of a seal's or fingerprint's pixels in a strip from which on the strip counts as touched by it."""


def ink_share(mask: Mask, quad: Quad) -> float:
    """Share of the upright rectangle around a strip that a mask (0 or not) marks."""
    left, top = np.maximum(quad.min(axis=0), 0).astype(int)
    right, bottom = quad.max(axis=0).astype(int) + 1
    part = mask[top:bottom, left:right]
    return cv2.countNonZero(part) / part.size if part.size else 0.0


def grown(quad: Quad, along: float, across: float) -> Quad:
    """A strip with a margin, in parts of its height, at both ends and at both sides."""
    right, down = quad[1] - quad[0], quad[3] - quad[0]
    height = float(np.linalg.norm(down))
    step = right / max(1.0, float(np.linalg.norm(right))) * along * height
    drop = down * across
    return np.asarray(quad + np.array([-step - drop, step - drop, step + drop, drop - step]), np.float32)


def cleaned(image: Image, quad: Quad) -> Image:
    """Cut a strip, grey and enlarged, its paper made level and its ink black."""
    crop = cut(image, quad)
    height = crop.shape[0]
    gray = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    kernel = max(3, round(height / 2) * 2 + 1)
    paper = cv2.GaussianBlur(cv2.dilate(gray, np.ones((9, 9), np.uint8)), (kernel, kernel), 0)
    level = np.clip(gray.astype(np.float32) / np.maximum(paper, 1), 0, 1)
    ink = float(np.percentile(level, 3))
    stretched = np.clip((level - ink) / max(0.3, 0.97 - ink), 0, 1) * 255
    scale = 64 / max(1, gray.shape[0])
    if scale > 1:
        stretched = cv2.resize(stretched, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.repeat(np.clip(stretched, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
