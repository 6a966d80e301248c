"""A small network that sees what is written by pen and what is stamped: the marks of a page as boxes, pens as a map.

It looks at the page much reduced (about 0.36 mm a pixel): how dark each place is, how red and how blue. It was trained
on drawn pages only (models/training/marks.py); no scanned page took part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.colour import Mask
from pipeline.ocr.engine import Image
from pipeline.ocr.ink import Contrast
from pipeline.ocr.network import Network, OnnxNetwork, OpenVinoNetwork, Scaling
from pipeline.ocr.rapid import choose_backend
from pipeline.ocr.rectangles import Rectangle, overlap
from pipeline.ocr.shrink import shrunk
from pipeline.problems import EngineError

SeenKind = Literal["signature", "writing", "seal", "fingerprint", "name_seal", "receipt_stamp"]
KINDS: tuple[SeenKind, ...] = ("signature", "writing", "seal", "fingerprint", "name_seal", "receipt_stamp")
SIDE = 832
"""Long side, in pixels, at which a page is looked at."""
CELL = 8
"""Pixels a side of the squares for which the network answers: chance of each kind's middle, distances to its sides."""
PEN_CELL = 4
"""Pixels a side of the squares of the pen's map."""
_STEP = 64
"""Sides are filled up to multiples of this: every new shape costs the engine a preparation."""
WEIGHTS = Path(__file__).parents[2] / "models" / "marks" / "marks.onnx"
_LEAST = 0.15
"""Chance (0..1) under which nothing is told."""
_SAME = 0.45
"""Overlap (intersection over union) from which two boxes of kinds that exclude each other are one mark."""
PENS: tuple[SeenKind, ...] = ("signature", "writing")
_FARTHEST = 6.0
"""Logarithm of the largest distance to a side, in cells."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark as the network saw it: rectangle (left, top, right, bottom) in pixels of the page's contrast, chance 0..1.

    `signature`: short pen writing that stands for a person (name, initials, flourish); `writing`: other pen writing.
    """

    kind: SeenKind
    box: Rectangle
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What the network sees on a page: marks by falling chance, and how likely each place is a pen's (0..255).

    `pen` covers the page at a quarter of the network's size, as does `stamped`, what seals and fingers left there;
    `scale` is their pixels for one of contrast's.
    """

    marks: tuple[Seen, ...]
    pen: npt.NDArray[np.uint8]
    stamped: npt.NDArray[np.uint8]
    scale: float


def look(red: Mask, blue: Mask, contrast: Contrast) -> Sight:
    """Look at a page. Takes about 10 ms.

    `red` and `blue`: coloured ink (0 or 255) at any size; `contrast`: of the same page.
    """
    image, scale = as_input(red, blue, contrast)
    answer = np.asarray(network().run(image)[0], np.float32)
    height, width = (max(1, round(side * scale)) for side in contrast.value.shape)
    rows, columns = -(-height // PEN_CELL), -(-width // PEN_CELL)
    first = len(KINDS) + 4
    maps = [_unfolded(answer[start : start + 4])[:rows, :columns] for start in (first, first + 4)]
    return Sight(
        marks=tuple(marks_in(answer, _LEAST, scale, (width, height))),
        pen=maps[0],
        stamped=maps[1],
        scale=scale / PEN_CELL,
    )


@cache
def network() -> Network:
    """The network, loaded once for the life of a process, on one thread. Raises `EngineError` where it is missing."""
    if not WEIGHTS.is_file():
        raise EngineError("缺少印章、指印和签名的模型 models/marks/marks.onnx", "请重新安装 prescreen")
    scaling = Scaling((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    if choose_backend("auto") == "openvino":
        return OpenVinoNetwork(WEIGHTS, scaling, 1)
    return OnnxNetwork(WEIGHTS, scaling, 1)


def as_input(red: Mask, blue: Mask, contrast: Contrast) -> tuple[Image, float]:
    """Lay a page out for the network: darkness, red and blue as three channels; and its pixels for one of contrast's.

    `red` and `blue`: coloured ink (0 or 255) at any size; what is added at the right and below is empty.
    """
    height, width = contrast.value.shape
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    rows, columns = (-(-side // _STEP) * _STEP for side in size[::-1])
    image = np.zeros((rows, columns, 3), np.uint8)
    image[: size[1], : size[0], 0] = cv2.resize(contrast.value, size, interpolation=cv2.INTER_LINEAR)
    for channel, mask in ((1, red), (2, blue)):
        if cv2.countNonZero(mask):
            image[: size[1], : size[0], channel] = shrunk(mask, size)
    return image, scale


def marks_in(answer: npt.NDArray[np.float32], least: float, scale: float, size: tuple[int, int]) -> list[Seen]:
    """Boxes where a kind's chance peaks, each place and mark once. `size`: width and height of the page looked at."""
    floor = float(np.log(least / (1 - least)))
    found = []
    for kind, chances in zip(KINDS, answer, strict=False):
        peaks = (chances >= floor) & (chances >= cv2.dilate(chances, np.ones((3, 3), np.uint8)))
        for row, column in np.argwhere(peaks).tolist():
            left, top, right, bottom = np.exp(np.minimum(answer[len(KINDS) : len(KINDS) + 4, row, column], _FARTHEST))
            box = (
                max(0.0, CELL * (column + 0.5 - left)),
                max(0.0, CELL * (row + 0.5 - top)),
                min(float(size[0]), CELL * (column + 0.5 + right)),
                min(float(size[1]), CELL * (row + 0.5 + bottom)),
            )
            if box[2] - box[0] >= 2 and box[3] - box[1] >= 2:
                score = 1 / (1 + float(np.exp(-chances[row, column])))
                left, top, right, bottom = (float(v) / scale for v in box)
                found.append(Seen(kind, (left, top, right, bottom), score))
    kept: list[Seen] = []
    for one in sorted(found, key=lambda seen: -seen.score):
        rivals = [k for k in kept if (k.kind in PENS) == (one.kind in PENS)]
        if all(overlap(one.box, k.box) < _SAME for k in rivals):
            kept.append(one)
    return kept


def _unfolded(parts: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Put the four quarters of each cell side by side; chances as 0..255."""
    _, height, width = parts.shape
    flat = parts.reshape(2, 2, height, width).transpose(2, 0, 3, 1).reshape(2 * height, 2 * width)
    return np.asarray(255 / (1 + np.exp(-np.clip(flat, -30, 30))), np.uint8)
